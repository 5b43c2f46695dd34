package org.headscope.window.control;

import java.util.Locale;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.figure.Matrix;
import org.headscope.figure.Patterns;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;

/** Paints the cells of a map and the frame around them, of the part that is seen. */
record HeatCellsPainter(GraphicsContext g, Theme theme, HeatLayout layout, HeatPicture picture, Zoom zoom) {

    private static final Font VALUE = Painter.font(11, 0);
    private static final double LEAST_WRITTEN = 0.005;
    private static final double SMALLEST_STEP = 4;

    /** @param image of the whole map, in whichever size */
    void paint(Image image) {
        g.save();
        g.beginPath();
        g.rect(layout.left(), layout.top(), layout.width(), layout.height());
        g.clip();
        paintImage(image);
        paintStates();
        paintClipped();
        paintValues();
        g.restore();
        paintFrame();
    }

    /** Where cells are smaller than pixels, a pixel takes the strongest cell under it. */
    private void paintImage(Image image) {
        g.setImageSmoothing(false);
        g.drawImage(image, zoom.left() * image.getWidth(), zoom.top() * image.getHeight(),
            zoom.side() * image.getWidth(), zoom.side() * image.getHeight(), layout.left(), layout.top(),
            layout.width(), layout.height());
    }

    /** Hatching where nothing is computed yet, dots where both runs are the same by causality, crosses for NaN. */
    private void paintStates() {
        Matrix matrix = picture.matrix();
        for (CellState state : matrix.states()) {
            Patterns.of(matrix, state, layout.whole(), theme.pattern()).ifPresent(pattern -> Marks.paint(g, pattern));
        }
    }

    /** A line within cells whose colour does not tell their size, since they lie beyond the scale. */
    private void paintClipped() {
        Matrix matrix = picture.matrix();
        if (layout.cell() < SMALLEST_STEP) {
            return;
        }
        for (int row = layout.fromRow(); row < layout.toRow(); row++) {
            for (int column = layout.fromColumn(); column < layout.toColumn(); column++) {
                if (matrix.hasValue(row, column)
                    && picture.shading().scale().clips(matrix.value(row, column))) {
                    Painter.box(g, layout.x(column) + 1, layout.y(row) + 1, layout.cellWidth() - 2,
                        layout.cellHeight() - 2, theme.ink(), 1.5);
                }
            }
        }
    }

    private void paintFrame() {
        double left = layout.left() - 0.5;
        double right = layout.left() + layout.width() + 0.5;
        double top = layout.top() - 0.5;
        double bottom = layout.top() + layout.height() + 0.5;
        g.setStroke(Painter.color(theme.axis()));
        g.setLineWidth(1);
        boolean open = picture.matrix().isCausal() && zoom.isWhole();
        g.beginPath();
        g.moveTo(left, top);
        if (!open) {
            g.lineTo(right, top);
        } else if (layout.cell() >= SMALLEST_STEP) {
            paintSteps();
        }
        g.lineTo(right, bottom);
        g.lineTo(left, bottom);
        g.closePath();
        g.stroke();
        if (!open && picture.matrix().isCausal()) {
            paintEdgeOfTheFuture();
        }
    }

    private void paintSteps() {
        for (int step = layout.fromRow(); step < layout.toRow(); step++) {
            g.lineTo(layout.x(step + 1) + 0.5, layout.y(step) - 0.5);
            g.lineTo(layout.x(step + 1) + 0.5, layout.y(step + 1) - 0.5);
        }
    }

    /** The staircase where the part that is seen is cut from the rest. */
    private void paintEdgeOfTheFuture() {
        g.save();
        g.beginPath();
        g.rect(layout.left(), layout.top(), layout.width(), layout.height());
        g.clip();
        g.beginPath();
        g.moveTo(layout.x(layout.fromRow()), layout.y(layout.fromRow()) - 0.5);
        if (layout.cell() >= SMALLEST_STEP) {
            paintSteps();
        } else {
            g.lineTo(layout.x(layout.toRow()), layout.y(layout.toRow()));
        }
        g.stroke();
        g.restore();
    }

    private void paintValues() {
        Matrix matrix = picture.matrix();
        if (!layout.isWritten()) {
            return;
        }
        for (int row = layout.fromRow(); row < layout.toRow(); row++) {
            float rowMax = matrix.rowMax(row);
            for (int column = layout.fromColumn(); column < layout.toColumn(); column++) {
                if (layout.isSeen(new Cell(row, column)) && matrix.hasValue(row, column)
                    && Math.abs(matrix.value(row, column)) >= LEAST_WRITTEN) {
                    float value = matrix.value(row, column);
                    int ink = Rgb.inkOn(picture.shading().argb(value, rowMax));
                    Painter.text(g, brief(value), layout.middleX(column), layout.middleY(row), TextAlignment.CENTER,
                        VALUE, ink);
                }
            }
        }
    }

    /** Two digits, without the zero before the point: cells are narrow. */
    private static String brief(float value) {
        return String.format(Locale.ROOT, "%.2f", value).replace("0.", ".").replace('-', '−');
    }
}
