package org.headscope.figure;

import java.awt.Font;
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
    private static final double BOX_LINE = 1 / 16.0;

    /** The machine's font at size 1, or null where it has none. */
    private static final Font FONT = load();

    private FallbackGlyphs() {
    }

    /** How far a run reaches, in units. */
    static double width(String run, double size) {
        return size * (isDrawable(run) ? layout(run).getAdvance() : boxes(run) * (BOX_WIDTH + BOX_GAP));
    }

    /** Appends the outline of a run from {@code x} on the baseline 0, in units. */
    static void append(String run, double size, double x, Path2D outline) {
        AffineTransform place = new AffineTransform(size, 0, 0, size, x, 0);
        if (isDrawable(run)) {
            outline.append(layout(run).getOutline(place), false);
        } else {
            for (int i = 0; i < boxes(run); i++) {
                double left = i * (BOX_WIDTH + BOX_GAP) + BOX_GAP / 2;
                Path2D box = frame(left, -Typeface.CAP_HEIGHT, BOX_WIDTH, Typeface.CAP_HEIGHT, BOX_LINE);
                outline.append(place.createTransformedShape(box), false);
            }
        }
    }

    private static boolean isDrawable(String run) {
        return FONT != null && FONT.canDisplayUpTo(run) < 0;
    }

    private static TextLayout layout(String run) {
        return new TextLayout(run, FONT, PRECISE);
    }

    /** One box a character that can be seen; marks lie on the one before. */
    private static long boxes(String run) {
        return run.codePoints().filter(point -> !isInvisible(point)).count();
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
            LOG.debug("No fonts on this machine; what Inter lacks is drawn as boxes: {}", e.toString());
            return null;
        }
    }
}
