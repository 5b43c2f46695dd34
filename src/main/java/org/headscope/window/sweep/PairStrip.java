package org.headscope.window.sweep;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.headscope.window.control.Painter;
import org.headscope.window.sweep.ShownSweep.PairValue;
import org.headscope.window.theme.Appearance;

/** What every pair gave in one cell: a ring each on the map's own scale, their mean as a line with its error. */
final class PairStrip extends Region {

    private static final double WIDEST = 280;
    private static final double HEIGHT = 26;
    private static final double INSET = 34;
    private static final double MIDDLE = HEIGHT / 2;
    private static final double RADIUS = 3.5;

    private final Appearance appearance;
    private final Canvas canvas = new Canvas(WIDEST, HEIGHT);
    private double width = WIDEST;

    PairStrip(Appearance appearance) {
        this.appearance = appearance;
        setId("sweep-strip");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        setMinSize(0, HEIGHT);
        setMaxSize(WIDEST, HEIGHT);
    }

    /**
     * @param room across
     * @param line of the pair that is chosen, which stands out
     */
    void show(ShownSweep sweep, List<PairValue> values, Scale scale, OptionalInt line, double room) {
        width = Math.min(WIDEST, room);
        canvas.setWidth(width);
        setMaxWidth(width);
        setAccessibleText(values.isEmpty() ? "Each pair's value, of the cell that is pointed at" : values.stream()
            .map(one -> "line %d: %s".formatted(one.line(), sweep.text(one.value())))
            .collect(Collectors.joining(", ")));
        Theme theme = appearance.themeProperty().get();
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, width, HEIGHT);
        Painter.line(g, INSET, MIDDLE, width - INSET, MIDDLE, theme.axis(), 1);
        Painter.line(g, x(0, scale), MIDDLE - 8, x(0, scale), MIDDLE + 8, theme.axis(), 1);
        label(g, sweep, -scale.max(), INSET - 6, TextAlignment.RIGHT, theme);
        label(g, sweep, scale.max(), width - INSET + 6, TextAlignment.LEFT, theme);
        if (values.isEmpty()) {
            return;
        }
        for (PairValue one : values) {
            boolean isChosen = line.isPresent() && line.getAsInt() == one.line();
            g.setStroke(Painter.color(isChosen ? theme.accent() : theme.ink()));
            g.setLineWidth(isChosen ? 2.5 : 1);
            g.strokeOval(x(one.value(), scale) - RADIUS, MIDDLE - RADIUS, 2 * RADIUS, 2 * RADIUS);
        }
        double mean = values.stream().mapToDouble(PairValue::value).average().orElseThrow();
        double error = ShownSweep.standardError(values);
        Painter.line(g, x(mean, scale), 1, x(mean, scale), HEIGHT - 1, theme.accent(), 2);
        if (!Double.isNaN(error)) {
            Painter.line(g, x(mean - error, scale), 3, x(mean + error, scale), 3, theme.accent(), 2);
        }
    }

    private static void label(GraphicsContext g, ShownSweep sweep, double value, double x, TextAlignment side,
                              Theme theme) {
        String text = sweep.text(value).replace(".0 %", " %").replace(" %", "%");
        Painter.text(g, text, x, MIDDLE, side, Painter.font(10, 0), theme.muted());
    }

    /** Values beyond the scale stand at its end. */
    private double x(double value, Scale scale) {
        double share = Math.max(-1, Math.min(1, value / scale.max()));
        return width / 2 + share * (width / 2 - INSET);
    }
}
