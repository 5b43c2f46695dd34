package org.headscope.window.control;

import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Raster;

/** Drawing on a canvas with the packed colours of figures. */
public final class Painter {

    private static final String[] FAMILIES = {"Inter", "Inter Medium", "Inter SemiBold"};
    /** Enough for the tokens of a long prompt in several sizes. */
    private static final int KEPT_WIDTHS = 8192;
    private static final Map<Measured, Double> WIDTHS = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Measured, Double> eldest) {
            return size() > KEPT_WIDTHS;
        }
    });

    private record Measured(String text, Font font) {
    }

    private Painter() {
    }

    public static Color color(int argb) {
        return Color.rgb(argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, (argb >>> 24) / 255.0);
    }

    /** @param weight 0 regular, 1 medium, 2 semi-bold */
    public static Font font(double size, int weight) {
        return Font.font(FAMILIES[weight], size);
    }

    /** Measured once: that takes longer than painting, and the tokens of a prompt are laid out again and again. */
    public static double width(String text, Font font) {
        return WIDTHS.computeIfAbsent(new Measured(text, font), missing -> measured(text, font));
    }

    private static double measured(String text, Font font) {
        Text measured = new Text(text);
        measured.setFont(font);
        return measured.getLayoutBounds().getWidth();
    }

    /** The text, or as much of it as fits with an ellipsis behind. */
    public static String fitted(String text, Font font, double room) {
        if (width(text, font) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end) + "…", font) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    public static Image image(Raster raster) {
        WritableImage image = new WritableImage(raster.width(), raster.height());
        image.getPixelWriter().setPixels(0, 0, raster.width(), raster.height(), PixelFormat.getIntArgbInstance(),
            raster.argb(), 0, raster.width());
        return image;
    }

    /** The same pixels for the toolkit. */
    public static Image image(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        WritableImage image = new WritableImage(width, height);
        image.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(),
            picture.getRGB(0, 0, width, height, null, 0, width), 0, width);
        return image;
    }

    public static void text(GraphicsContext g, String text, double x, double y, TextAlignment alignment, Font font,
                     int argb) {
        g.setFont(font);
        g.setFill(color(argb));
        g.setTextAlign(alignment);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(text, x, y);
    }

    /** Reading upwards, its end or middle at the point. */
    public static void textUpwards(GraphicsContext g, String text, double x, double y, TextAlignment alignment, Font font,
                            int argb) {
        g.save();
        g.translate(x, y);
        g.rotate(-90);
        text(g, text, 0, 0, alignment, font, argb);
        g.restore();
    }

    public static void box(GraphicsContext g, double x, double y, double width, double height, int argb, double stroke) {
        g.setStroke(color(argb));
        g.setLineWidth(stroke);
        g.strokeRect(x, y, width, height);
    }

    public static void line(GraphicsContext g, double x1, double y1, double x2, double y2, int argb, double stroke) {
        g.setStroke(color(argb));
        g.setLineWidth(stroke);
        g.strokeLine(x1, y1, x2, y2);
    }
}
