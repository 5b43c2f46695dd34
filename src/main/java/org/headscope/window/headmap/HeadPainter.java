package org.headscope.window.headmap;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Raster;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.control.Painter;
import org.headscope.window.headmap.HeadMapViewModel.Thumbnails;

/** Paints the heads themselves: their thumbnails or scores, their names, and what is staged of them. */
final class HeadPainter {

    private static final Font LABEL = Painter.font(11, 0);
    /** Below this, labels of neighbouring heads would touch. */
    private static final double ROOM_FOR_LABELS = 24;
    /** From one label above the heads to the next, and from one beside them to the next. */
    private static final double LABEL_PITCH_ACROSS = 30;
    private static final double LABEL_PITCH_DOWN = 13;
    /** How wide the line around a head is. */
    private static final double FRAME = 0.5;
    private static final Font LABEL_SMALL = Painter.font(10, 0);
    private static final Font CHIP = Painter.font(10, 1);
    private static final Font SCORE = Painter.font(11, 1);
    /** A letter in a smaller head's corner would hide what is in it. */
    private static final double ROOM_FOR_LETTERS = 14;
    private static final double ROOM_FOR_SCORES = 26;

    private final HeadPlaces places;
    private final HeadSheet sheet = new HeadSheet();

    /**
     * What there is to paint.
     *
     * @param overlay null before there is one
     */
    record Shown(Thumbnails thumbnails, HeadOverlay overlay, Document document) {

        boolean isScored(Head head) {
            return overlay != null && overlay.scores().containsKey(head);
        }

        int scoreColor(Head head) {
            return overlay.shading().argb(overlay.scores().get(head).floatValue(), 1);
        }

        boolean isStaged(Head head) {
            return document.patches().stream().anyMatch(patch -> patch.head().filter(head::equals).isPresent());
        }
    }

    HeadPainter(HeadPlaces places) {
        this.places = places;
    }

    void paint(GraphicsContext g, Theme theme, double width, double height, Shown shown) {
        g.setImageSmoothing(false);
        if (!places.isRanked()) {
            paintAxes(g, theme, shown.thumbnails());
        }
        paintSheet(g, theme, width, height, shown);
        for (int layer = 0; layer < shown.thumbnails().layers(); layer++) {
            for (int head = 0; head < shown.thumbnails().heads(); head++) {
                paint(g, theme, shown, new Head(layer, head));
            }
        }
    }

    /** What needs no lines and no words. */
    private void paintSheet(GraphicsContext g, Theme theme, double width, double height, Shown shown) {
        int side = (int) places.cell();
        sheet.clear((int) Math.ceil(Math.max(1, width)), (int) Math.ceil(Math.max(1, height)));
        for (int layer = 0; layer < shown.thumbnails().layers(); layer++) {
            for (int number = 0; number < shown.thumbnails().heads(); number++) {
                Head head = new Head(layer, number);
                Raster raster = shown.thumbnails().rasters().get(head);
                int left = (int) places.x(head);
                int top = (int) places.y(head);
                if (shown.isScored(head)) {
                    sheet.fill(shown.scoreColor(head), left, top, side);
                } else if (raster == null) {
                    sheet.hatch(theme.pattern(), left, top, side);
                } else {
                    sheet.put(raster, left, top, side);
                }
            }
        }
        g.drawImage(sheet.image(), 0, 0);
    }

    private void paintAxes(GraphicsContext g, Theme theme, Thumbnails shown) {
        int everyHead = places.cell() >= ROOM_FOR_LABELS ? 1
            : Math.max(2, (int) Math.ceil(LABEL_PITCH_ACROSS / (places.cell() + places.gap())));
        for (int head = 0; head < shown.heads(); head += everyHead) {
            Painter.text(g, "H" + head, places.columnX(head) + places.cell() / 2, HeadPlaces.TOP / 2 - 1,
                TextAlignment.CENTER, LABEL, theme.muted());
        }
        for (int layer = 0; layer < shown.layers(); layer += places.pitchY() < LABEL_PITCH_DOWN ? 2 : 1) {
            Painter.text(g, "L" + layer, HeadPlaces.LEFT - 8, places.rowY(layer) + places.cell() / 2,
                TextAlignment.RIGHT, LABEL, theme.muted());
        }
    }

    private void paint(GraphicsContext g, Theme theme, Shown shown, Head head) {
        double x = places.x(head);
        double y = places.y(head);
        if (shown.isScored(head)) {
            paintScore(g, shown, head, x, y);
        }
        paintFrame(g, theme, x, y);
        boolean staged = shown.isStaged(head);
        if (shown.overlay() != null) {
            paintChip(g, theme, shown.overlay(), head, x, y, staged);
        }
        if (staged) {
            paintStaged(g, theme, x, y);
        }
    }

    private void paintScore(GraphicsContext g, Shown shown, Head head, double x, double y) {
        if (places.cell() >= ROOM_FOR_SCORES && !places.isRanked()) {
            Painter.text(g, HeadOverlay.number(shown.overlay().scores().get(head)), x + places.cell() / 2,
                y + places.cell() / 2, TextAlignment.CENTER, SCORE, Rgb.inkOn(shown.scoreColor(head)));
        }
    }

    /** Of four bars, which the toolkit fills faster than it strokes a rectangle. */
    private void paintFrame(GraphicsContext g, Theme theme, double x, double y) {
        double side = places.cell() + 1 + FRAME;
        double left = x - 0.5 - FRAME / 2;
        double top = y - 0.5 - FRAME / 2;
        g.setFill(Painter.color(theme.axis()));
        g.fillRect(left, top, side, FRAME);
        g.fillRect(left, top + side - FRAME, side, FRAME);
        g.fillRect(left, top + FRAME, FRAME, side - 2 * FRAME);
        g.fillRect(left + side - FRAME, top + FRAME, FRAME, side - 2 * FRAME);
    }

    /** Under the head; where there is no room, a letter in the corner above the diagonal, which is empty. */
    private void paintChip(GraphicsContext g, Theme theme, HeadOverlay overlay, Head head, double x, double y,
                           boolean staged) {
        String chip = overlay.chips().getOrDefault(head, "");
        double under = y + places.cell() + HeadPlaces.CHIP_ROOM / 2 + 1;
        if (places.isRanked()) {
            Painter.text(g, head.toString(), x, under, TextAlignment.LEFT, CHIP, theme.ink());
            double room = places.cell() - Painter.width(head.toString(), CHIP) - 4;
            Painter.text(g, Painter.width(chip, LABEL_SMALL) <= room ? chip : chip.replaceAll("[a-z]+ ", ""),
                x + places.cell(), under, TextAlignment.RIGHT, LABEL_SMALL, theme.muted());
        } else if (places.hasRoomForChips()) {
            boolean said = overlay.scores().containsKey(head) && overlay.letters().isEmpty();
            Painter.text(g, said ? "" : chip, x + places.cell() / 2, under, TextAlignment.CENTER, CHIP, theme.ink());
        } else if (!staged && places.cell() >= ROOM_FOR_LETTERS && overlay.scores().isEmpty()
            && overlay.letters().containsKey(head)) {
            Painter.text(g, overlay.letters().get(head), x + places.cell() - 2, y + 6, TextAlignment.RIGHT, CHIP,
                theme.ink());
        }
    }

    /** The diamond of the patched run, in the corner above the diagonal, where nothing can be attended to. */
    private void paintStaged(GraphicsContext g, Theme theme, double left, double top) {
        double radius = places.cell() < ROOM_FOR_LABELS ? 3 : 4;
        double x = left + places.cell() - radius - 2;
        double y = top + radius + 2;
        g.setFill(Painter.color(theme.patched()));
        g.fillPolygon(new double[] {x, x + radius, x, x - radius}, new double[] {y - radius, y, y + radius, y}, 4);
    }
}
