package org.headscope.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Mark.Point;

/**
 * Writes a {@link Drawing} as a PDF of one page of its size. Texts are texts in Inter, of which the letters that occur
 * are embedded; cells are rectangles, or embedded pixels where there are too many of them.
 */
public final class Pdf {

    /** Units of 1/96 inch become points of 1/72 inch. */
    private static final float POINTS = 72 / 96f;
    /** How far a cell reaches under its neighbours, in units: without it viewers show seams between them. */
    private static final double OVERLAP = 0.15;
    /** Of embedded pixels to a unit, 600 to the inch: viewers would blur larger ones. */
    private static final double FINENESS = 600 / 96.0;
    /** Instead of one made of the time, so that the same drawing is the same file. */
    private static final long IDENTITY = 1;

    private final PDDocument document;
    private final PDPageContentStream content;
    private final boolean embedding;
    private final Map<Mark.Weight, PDFont> fonts = new EnumMap<>(Mark.Weight.class);
    private int alpha = 255;

    private Pdf(PDDocument document, PDPageContentStream content, boolean embedding) {
        this.document = document;
        this.content = content;
        this.embedding = embedding;
    }

    /**
     * Writes the drawing; the stream stays open.
     *
     * @throws IOException if the stream cannot be written
     */
    public static void write(Drawing drawing, OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            document.setDocumentId(IDENTITY);
            document.getDocumentInformation().setTitle(drawing.title());
            document.getDocumentInformation().setCreator("Headscope");
            float height = (float) drawing.height() * POINTS;
            PDPage page = new PDPage(new PDRectangle((float) drawing.width() * POINTS, height));
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, true)) {
                content.transform(new Matrix(POINTS, 0, 0, -POINTS, 0, height));
                new Pdf(document, content, drawing.cells() > Svg.MOST_RECTANGLES).draw(drawing);
            }
            document.save(bytes);
        }
        bytes.writeTo(out);
    }

    private void draw(Drawing drawing) throws IOException {
        fill(new Rectangle2D.Double(0, 0, drawing.width(), drawing.height()), drawing.background());
        for (Mark mark : drawing.marks()) {
            draw(mark);
        }
    }

    private void draw(Mark mark) throws IOException {
        if (mark instanceof Mark.Box box) {
            Area area = box.area();
            paint(new RoundRectangle2D.Double(area.x(), area.y(), area.width(), area.height(), 2 * box.radius(),
                2 * box.radius()), box.fill(), box.stroke(), box.strokeWidth());
        } else if (mark instanceof Mark.Cells cells) {
            draw(cells);
        } else if (mark instanceof Mark.Path path) {
            paint(shape(path), path.fill(), path.stroke(), path.strokeWidth());
        } else if (mark instanceof Mark.Pattern pattern) {
            draw(pattern);
        } else if (mark instanceof Mark.Text text) {
            draw(text);
        }
    }

    private static Shape shape(Mark.Path path) {
        Path2D shape = new Path2D.Double();
        Point first = path.points().get(0);
        shape.moveTo(first.x(), first.y());
        path.points().forEach(point -> shape.lineTo(point.x(), point.y()));
        return shape;
    }

    // ---- cells ----

    private void draw(Mark.Cells cells) throws IOException {
        Area area = cells.area();
        Raster raster = cells.raster();
        if (embedding) {
            content.drawImage(LosslessFactory.createFromImage(document, enlarged(cells)), new Matrix(
                (float) area.width(), 0, 0, (float) -area.height(), (float) area.x(),
                (float) (area.y() + area.height())));
            return;
        }
        double width = area.width() / raster.width();
        double height = area.height() / raster.height();
        for (int row = 0; row < raster.height(); row++) {
            for (Raster.Stretch stretch : raster.stretches(row)) {
                fill(new Rectangle2D.Double(area.x() + stretch.from() * width, area.y() + row * height,
                    (stretch.to() - stretch.from()) * width + OVERLAP, height + OVERLAP), stretch.argb());
            }
        }
    }

    private static BufferedImage enlarged(Mark.Cells cells) {
        Raster raster = cells.raster();
        int across = (int) Math.ceil(FINENESS * cells.area().width() / raster.width());
        int down = (int) Math.ceil(FINENESS * cells.area().height() / raster.height());
        return Resampling.of(raster, across * raster.width(), down * raster.height(), cells.zero());
    }

    // ---- patterns ----

    private void draw(Mark.Pattern pattern) throws IOException {
        color(pattern.color());
        content.saveGraphicsState();
        if (pattern.kind() != Mark.Pattern.Kind.CROSS) {
            for (Area area : pattern.areas()) {
                content.addRect((float) area.x(), (float) area.y(), (float) area.width(), (float) area.height());
            }
            content.clip();
        }
        for (Patterns.Stroke line : Patterns.strokes(pattern)) {
            content.moveTo((float) line.from().x(), (float) line.from().y());
            content.lineTo((float) line.to().x(), (float) line.to().y());
            stroke(pattern.color(), Patterns.LINE_WIDTH);
        }
        if (pattern.kind() == Mark.Pattern.Kind.DOTS) {
            double size = 2 * Patterns.DOT_RADIUS;
            for (Point dot : Patterns.dots(pattern)) {
                fill(new Ellipse2D.Double(dot.x() - size / 2, dot.y() - size / 2, size, size), pattern.color());
            }
        }
        content.restoreGraphicsState();
    }

    // ---- texts ----

    private void draw(Mark.Text text) throws IOException {
        double width = Typeface.width(text.content(), text.font());
        double start = switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        float cos = (float) Math.cos(Math.toRadians(text.rise()));
        float sin = (float) Math.sin(Math.toRadians(text.rise()));
        for (Typeface.Piece piece : Typeface.pieces(text.content(), text.font())) {
            float along = (float) (start + piece.x());
            float x = (float) text.x() + along * cos;
            float y = (float) text.y() - along * sin;
            if (piece.known()) {
                content.beginText();
                content.setFont(font(text.font().weight()), (float) text.font().size());
                color(text.color());
                content.setTextMatrix(new Matrix(cos, -sin, -sin, -cos, x, y));
                content.showText(piece.text());
                content.endText();
            } else {
                Path2D outline = new Path2D.Double();
                FallbackGlyphs.append(piece.text(), text.font().size(), 0, outline);
                color(text.color());
                content.saveGraphicsState();
                content.transform(new Matrix(cos, -sin, sin, cos, x, y));
                fill(outline, text.color());
                content.restoreGraphicsState();
            }
        }
    }

    private PDFont font(Mark.Weight weight) throws IOException {
        PDFont font = fonts.get(weight);
        if (font == null) {
            byte[] program = Typeface.program(weight);
            font = PDType0Font.load(document, new TTFParser().parse(new RandomAccessReadBuffer(program)), true);
            fonts.put(weight, font);
        }
        return font;
    }

    // ---- shapes ----

    private void paint(Shape shape, int fill, int stroke, double strokeWidth) throws IOException {
        if (fill != Rgb.TRANSPARENT) {
            fill(shape, fill);
        }
        if (stroke != Rgb.TRANSPARENT) {
            trace(shape);
            stroke(stroke, strokeWidth);
        }
    }

    private void fill(Shape shape, int color) throws IOException {
        color(color);
        trace(shape);
        content.fill();
    }

    private void stroke(int color, double width) throws IOException {
        content.setLineWidth((float) width);
        color(color);
        content.stroke();
    }

    private void color(int argb) throws IOException {
        Color color = new Color(argb, true);
        if (color.getAlpha() != alpha) {
            alpha = color.getAlpha();
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setNonStrokingAlphaConstant(alpha / 255f);
            state.setStrokingAlphaConstant(alpha / 255f);
            content.setGraphicsStateParameters(state);
        }
        content.setNonStrokingColor(color);
        content.setStrokingColor(color);
    }

    /** Appends a shape to the path, its curves as cubic ones. */
    private void trace(Shape shape) throws IOException {
        float[] p = new float[6];
        float x = 0;
        float y = 0;
        for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
            switch (path.currentSegment(p)) {
                case PathIterator.SEG_MOVETO -> content.moveTo(p[0], p[1]);
                case PathIterator.SEG_LINETO -> content.lineTo(p[0], p[1]);
                case PathIterator.SEG_QUADTO -> content.curveTo(x + 2 * (p[0] - x) / 3, y + 2 * (p[1] - y) / 3,
                    p[2] + 2 * (p[0] - p[2]) / 3, p[3] + 2 * (p[1] - p[3]) / 3, p[2], p[3]);
                case PathIterator.SEG_CUBICTO -> content.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
                default -> content.closePath();
            }
            int end = switch (path.currentSegment(p)) {
                case PathIterator.SEG_QUADTO -> 2;
                case PathIterator.SEG_CUBICTO -> 4;
                default -> 0;
            };
            x = p[end];
            y = p[end + 1];
        }
    }
}
