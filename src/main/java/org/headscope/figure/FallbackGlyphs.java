package org.headscope.figure;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Text in scripts that Inter lacks: from the machine's own fonts where it has any, else small boxes. */
final class FallbackGlyphs {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackGlyphs.class);
    private static final FontRenderContext PRECISE = new FontRenderContext(null, true, true);
    private static final double BOX_WIDTH = 0.5;
    private static final double BOX_GAP = 0.1;

    /** The machine's font at size 1, or null where it has none. */
    private static final Font FONT = load();

    private FallbackGlyphs() {
    }

    /** Appends a run from {@code x} on the baseline 0 and gives its width, all in units. */
    static double append(String run, double size, double x, Path2D outline) {
        return FONT == null || FONT.canDisplayUpTo(run) >= 0
                ? appendBoxes(run, size, x, outline)
                : appendLayout(run, size, x, outline);
    }

    private static double appendLayout(String run, double size, double x, Path2D outline) {
        TextLayout layout = new TextLayout(run, FONT, PRECISE);
        AffineTransform place = new AffineTransform(size, 0, 0, size, x, 0);
        Shape shape = layout.getOutline(place);
        outline.append(shape, false);
        return layout.getAdvance() * size;
    }

    private static double appendBoxes(String run, double size, double start, Path2D outline) {
        double x = start;
        double height = Typeface.CAP_HEIGHT * size;
        double line = size / 16;
        for (int point : run.codePoints().toArray()) {
            if (!isInvisible(point)) {
                double left = x + BOX_GAP / 2 * size;
                outline.append(frame(left, -height, BOX_WIDTH * size, height, line), false);
                x += (BOX_WIDTH + BOX_GAP) * size;
            }
        }
        return x - start;
    }

    private static Path2D frame(double x, double y, double width, double height, double line) {
        Path2D frame = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        frame.append(new Rectangle2D.Double(x, y, width, height), false);
        // The other way around, so that it is a hole under either winding rule.
        frame.moveTo(x + line, y + line);
        frame.lineTo(x + line, y + height - line);
        frame.lineTo(x + width - line, y + height - line);
        frame.lineTo(x + width - line, y + line);
        frame.closePath();
        return frame;
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.FORMAT || point == ' ';
    }

    private static Font load() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
            new TextLayout("a", font, PRECISE);
            return font;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Without fontconfig or its libraries the JDK throws any of these, by its version.
            LOG.debug("No fonts on this machine; what Inter lacks is drawn as boxes", e);
            return null;
        }
    }
}
