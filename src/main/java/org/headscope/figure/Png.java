package org.headscope.figure;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;
import org.headscope.refusal.Refusal;

/** Draws a {@link Drawing} into pixels. Needs no screen and no fonts. */
public final class Png {

    private static final long MOST_PIXELS = 150_000_000;

    private final Graphics2D graphics;
    private final double scale;

    private Png(Graphics2D graphics, double scale) {
        this.graphics = graphics;
        this.scale = scale;
    }

    /**
     * The drawing as an opaque image.
     *
     * @param scale pixels a unit
     * @throws Refusal if that makes more than 150 million pixels
     */
    public static BufferedImage image(Drawing drawing, double scale) {
        long width = Math.max(1, Math.round(drawing.width() * scale));
        long height = Math.max(1, Math.round(drawing.height() * scale));
        if (width * height > MOST_PIXELS) {
            throw new Refusal("A picture of " + width + " x " + height
                    + " pixels is too large; choose a lower resolution or write SVG.");
        }
        BufferedImage image = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(new Color(drawing.background()));
            graphics.fillRect(0, 0, (int) width, (int) height);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            Png png = new Png(graphics, scale);
            drawing.marks().forEach(png::draw);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Writes the drawing as PNG; the stream stays open.
     *
     * @param texts carried unseen in the file, by keyword (1 to 79 Latin letters), such as a session to open again
     * @throws Refusal     if the picture is too large
     * @throws IOException if the stream cannot be written
     */
    public static void write(Drawing drawing, Resolution resolution, Map<String, String> texts, OutputStream out)
            throws IOException {
        write(image(drawing, resolution.pixelsPerUnit()), resolution, texts, out);
    }

    /** Writes pixels as PNG; the stream stays open. */
    static void write(BufferedImage image, Resolution resolution, Map<String, String> texts, OutputStream out)
            throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        metadata.mergeTree(PngMetadata.FORMAT, PngMetadata.tree(resolution, texts));
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
    }

    /**
     * The texts that a file carries unseen, by keyword. The file may come from anybody.
     *
     * @throws Refusal if it cannot be read, is no PNG, damaged or beyond reason
     */
    public static Map<String, String> texts(Path file) {
        return PngTexts.of(file);
    }

    private void draw(Mark mark) {
        if (mark instanceof Mark.Box box) {
            draw(box);
        } else if (mark instanceof Mark.Cells cells) {
            draw(cells);
        } else if (mark instanceof Mark.Path path) {
            draw(path);
        } else if (mark instanceof Mark.Pattern pattern) {
            draw(pattern);
        } else if (mark instanceof Mark.Text text) {
            draw(text);
        }
    }

    private void draw(Mark.Box box) {
        Area area = box.area();
        Shape shape = new RoundRectangle2D.Double(area.x() * scale, area.y() * scale, area.width() * scale,
                area.height() * scale, 2 * box.radius() * scale, 2 * box.radius() * scale);
        paint(shape, box.fill(), box.stroke(), box.strokeWidth());
    }

    private void draw(Mark.Path path) {
        Path2D shape = new Path2D.Double();
        Point first = path.points().get(0);
        shape.moveTo(first.x() * scale, first.y() * scale);
        path.points().forEach(point -> shape.lineTo(point.x() * scale, point.y() * scale));
        paint(shape, path.fill(), path.stroke(), path.strokeWidth());
    }

    private void paint(Shape shape, int fill, int stroke, double strokeWidth) {
        if (fill != Rgb.TRANSPARENT) {
            graphics.setColor(new Color(fill, true));
            graphics.fill(shape);
        }
        if (stroke != Rgb.TRANSPARENT) {
            graphics.setColor(new Color(stroke, true));
            graphics.setStroke(stroke(strokeWidth));
            graphics.draw(shape);
        }
    }

    private void draw(Mark.Cells cells) {
        Area area = cells.area();
        int left = (int) Math.round(area.x() * scale);
        int top = (int) Math.round(area.y() * scale);
        int width = Math.max(1, (int) Math.round((area.x() + area.width()) * scale) - left);
        int height = Math.max(1, (int) Math.round((area.y() + area.height()) * scale) - top);
        BufferedImage image = Resampling.of(cells.raster(), width, height, cells.zero());
        graphics.setComposite(AlphaComposite.SrcOver);
        graphics.drawImage(image, left, top, null);
    }

    private void draw(Mark.Pattern pattern) {
        Shape before = graphics.getClip();
        if (pattern.kind() != Mark.Pattern.Kind.CROSS) {
            graphics.clip(union(pattern.areas()));
        }
        graphics.setColor(new Color(pattern.color(), true));
        graphics.setStroke(stroke(Patterns.LINE_WIDTH));
        for (Patterns.Stroke line : Patterns.strokes(pattern)) {
            graphics.draw(new Line2D.Double(line.from().x() * scale, line.from().y() * scale,
                    line.to().x() * scale, line.to().y() * scale));
        }
        if (pattern.kind() == Mark.Pattern.Kind.DOTS) {
            double radius = Patterns.DOT_RADIUS * scale;
            for (Point dot : Patterns.dots(pattern)) {
                graphics.fill(new Ellipse2D.Double(dot.x() * scale - radius, dot.y() * scale - radius, 2 * radius,
                        2 * radius));
            }
        }
        graphics.setClip(before);
    }

    private Shape union(List<Area> areas) {
        Path2D union = new Path2D.Double(Path2D.WIND_NON_ZERO);
        areas.forEach(area -> union.append(new Rectangle2D.Double(area.x() * scale, area.y() * scale,
                area.width() * scale, area.height() * scale), false));
        return union;
    }

    private void draw(Mark.Text text) {
        double width = Typeface.width(text.content(), text.font());
        AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
        place.translate(text.x(), text.y());
        place.rotate(-Math.toRadians(text.rise()));
        place.translate(switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        }, 0);
        graphics.setColor(new Color(text.color(), true));
        graphics.fill(place.createTransformedShape(Typeface.outline(text.content(), text.font())));
    }

    private BasicStroke stroke(double width) {
        return new BasicStroke((float) (width * scale), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    }
}
