package org.headscope.window.workspace;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.figure.Theme;
import org.headscope.window.control.Painter;
import org.headscope.window.theme.Appearance;

/**
 * Queries on the left, keys on the right, and a line for the attention between them, the stronger the darker. Pointing
 * at a token, or choosing one with the arrows, leaves the lines of that token only. Up to three heads lie over one
 * another, told apart by colour, dashes and name.
 */
final class LinesView extends Region {

    private static final Font TOKEN = Painter.font(12, 0);
    private static final Font STRONG = Painter.font(12, 2);
    private static final Font HEADING = Painter.font(12, 1);
    private static final double TOP = 28;
    private static final double PITCH = 24;
    private static final double WIDEST = 640;
    private static final double LABELS = 112;
    private static final double GAP = 8;
    /** Fainter lines are not worth their ink. */
    private static final double FAINTEST = 0.02;
    private static final double[][] DASHES = {{}, {7, 4}, {2, 4}};

    /** A column and a place in it. */
    record Side(boolean isQuery, int position) {
    }

    /** Attention that is drawn in one colour. */
    record Layer(String name, Matrix matrix) {
    }

    private final Appearance appearance;
    private final Canvas canvas = new Canvas();
    private final ObjectProperty<Optional<Side>> hovered = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Side>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private List<Layer> layers = List.of();
    private List<String> tokens = List.of();
    private Scale scale = Scale.absolute();

    LinesView(Appearance appearance) {
        this.appearance = appearance;
        setId("lines");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        canvas.setManaged(false);
        getChildren().add(canvas);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> hovered.set(at(event)));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hovered.set(Optional.empty()));
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            requestFocus();
            chosen.set(at(event).equals(chosen.get()) ? Optional.empty() : at(event));
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        hovered.addListener((observed, before, now) -> paint());
        chosen.addListener((observed, before, now) -> paint());
        focusedProperty().addListener((observed, before, now) -> paint());
        appearance.themeProperty().addListener((observed, before, now) -> paint());
    }

    void show(List<Layer> now, List<String> labels, Scale how) {
        layers = List.copyOf(now);
        tokens = List.copyOf(labels);
        scale = how;
        chosen.set(chosen.get().filter(side -> side.position() < tokens.size()));
        hovered.set(hovered.get().filter(side -> side.position() < tokens.size()));
        requestLayout();
        paint();
    }

    /** Lets go of the chosen token; false where there is none. */
    boolean letGo() {
        boolean held = chosen.get().isPresent();
        chosen.set(Optional.empty());
        return held;
    }

    // ---- where things are ----

    private double width() {
        return Math.min(WIDEST, getWidth());
    }

    private double left() {
        return (getWidth() - width()) / 2;
    }

    private double queryX() {
        return left() + LABELS;
    }

    private double keyX() {
        return left() + width() - LABELS;
    }

    private static double y(int position) {
        return TOP + position * PITCH + PITCH / 2;
    }

    private Optional<Side> at(MouseEvent event) {
        int position = (int) Math.floor((event.getY() - TOP) / PITCH);
        boolean outside = position < 0 || position >= tokens.size();
        boolean query = event.getX() <= queryX();
        return outside || !query && event.getX() < keyX() ? Optional.empty() : Optional.of(new Side(query, position));
    }

    private void press(KeyEvent event) {
        Side from = chosen.get().orElse(new Side(true, tokens.size() - 1));
        int step = event.getCode() == KeyCode.UP ? -1 : event.getCode() == KeyCode.DOWN ? 1 : 0;
        boolean across = event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT;
        if (tokens.isEmpty() || step == 0 && !across) {
            return;
        }
        int to = chosen.get().isEmpty() ? from.position()
            : Math.max(0, Math.min(tokens.size() - 1, from.position() + step));
        chosen.set(Optional.of(new Side(across ? event.getCode() == KeyCode.LEFT : from.isQuery(), to)));
        event.consume();
    }

    @Override
    protected double computePrefHeight(double width) {
        return TOP + tokens.size() * PITCH + 4;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    // ---- painting ----

    private Optional<Side> shown() {
        return hovered.get().or(chosen::get);
    }

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Theme theme = appearance.themeProperty().get();
        setAccessibleText("Attention as lines" + shown().map(side -> ", " + words(side)).orElse(""));
        if (tokens.isEmpty()) {
            return;
        }
        Painter.text(g, "Query", queryX() - GAP, TOP / 2, TextAlignment.RIGHT, HEADING, theme.muted());
        Painter.text(g, "Key", keyX() + GAP, TOP / 2, TextAlignment.LEFT, HEADING, theme.muted());
        for (int layer = 0; layer < layers.size(); layer++) {
            paintLines(g, layer);
        }
        g.setLineDashes();
        g.setGlobalAlpha(1);
        for (int position = 0; position < tokens.size(); position++) {
            paintToken(g, theme, new Side(true, position));
            paintToken(g, theme, new Side(false, position));
        }
        if (isFocused()) {
            Painter.box(g, 1, 1, canvas.getWidth() - 2, canvas.getHeight() - 2, theme.accent(), 1);
        }
    }

    private void paintLines(GraphicsContext g, int layer) {
        Matrix matrix = layers.get(layer).matrix();
        g.setStroke(Painter.color(color(layer)));
        g.setLineWidth(2);
        g.setLineDashes(dashes(layer));
        for (int query = 0; query < matrix.rows(); query++) {
            for (int key = 0; key <= query; key++) {
                double strength = matrix.hasValue(query, key) && isShown(query, key) ? strength(matrix, query, key) : 0;
                if (strength >= FAINTEST) {
                    g.setGlobalAlpha(Math.min(1, strength));
                    g.strokeLine(queryX(), y(query), keyX(), y(key));
                }
            }
        }
    }

    /** Signed values, such as scores, show by their upper half. */
    private double strength(Matrix matrix, int query, int key) {
        double position = scale.position(matrix.value(query, key), matrix.rowMax(query));
        return scale.isSigned() ? 2 * position - 1 : position;
    }

    private boolean isShown(int query, int key) {
        return shown().map(side -> (side.isQuery() ? query : key) == side.position()).orElse(true);
    }

    /** Told apart from the colours of runs, which mean something else. */
    int color(int layer) {
        boolean dark = appearance.isDark();
        return switch (layer) {
            case 0 -> appearance.themeProperty().get().accent();
            case 1 -> dark ? 0xffff8fb8 : 0xffc2185b;
            default -> dark ? 0xffb8d34a : 0xff5c6f00;
        };
    }

    static double[] dashes(int layer) {
        return DASHES[layer].clone();
    }

    private void paintToken(GraphicsContext g, Theme theme, Side side) {
        boolean strong = shown().filter(side::equals).isPresent();
        String text = Painter.fitted(tokens.get(side.position()), strong ? STRONG : TOKEN, LABELS - GAP);
        Painter.text(g, text, side.isQuery() ? queryX() - GAP : keyX() + GAP, y(side.position()),
            side.isQuery() ? TextAlignment.RIGHT : TextAlignment.LEFT, strong ? STRONG : TOKEN,
            strong ? theme.accent() : theme.ink());
    }

    // ---- words ----

    /** The strongest line of a token in each layer. */
    private String words(Side side) {
        StringBuilder words = new StringBuilder("%s (%d)".formatted(tokens.get(side.position()), side.position()));
        for (Layer layer : layers) {
            Matrix matrix = layer.matrix();
            int best = -1;
            for (int other = 0; other < tokens.size(); other++) {
                if (value(matrix, side, other) > (best < 0 ? Float.NEGATIVE_INFINITY : value(matrix, side, best))) {
                    best = other;
                }
            }
            if (best >= 0) {
                words.append("; %s %s %s (%d), %.3f".formatted(layer.name(), side.isQuery() ? "attends most to"
                    : "is most attended by", tokens.get(best), best, value(matrix, side, best)));
            }
        }
        return words.toString();
    }

    private static float value(Matrix matrix, Side side, int other) {
        int query = side.isQuery() ? side.position() : other;
        int key = side.isQuery() ? other : side.position();
        return key <= query && matrix.hasValue(query, key) ? matrix.value(query, key) : Float.NEGATIVE_INFINITY;
    }
}
