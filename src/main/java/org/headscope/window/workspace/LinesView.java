package org.headscope.window.workspace;

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
import org.headscope.figure.AttentionLines;
import org.headscope.figure.AttentionLines.Side;
import org.headscope.figure.Theme;
import org.headscope.window.control.Marks;
import org.headscope.window.control.Painter;
import org.headscope.window.theme.Appearance;

/**
 * Shows {@link AttentionLines}. Pointing at a token, or choosing one with the arrows, leaves the lines of that token
 * only.
 */
final class LinesView extends Region {

    private final Appearance appearance;
    private final ObjectProperty<Optional<Side>> chosen;
    private final Canvas canvas = new Canvas();
    private final ObjectProperty<Optional<Side>> hovered = new SimpleObjectProperty<>(Optional.empty());
    private Optional<AttentionLines> lines = Optional.empty();

    /** @param chosen the token that was chosen, which this view changes and follows */
    LinesView(Appearance appearance, ObjectProperty<Optional<Side>> chosen) {
        this.appearance = appearance;
        this.chosen = chosen;
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

    void show(AttentionLines now) {
        lines = Optional.of(now);
        requestLayout();
        paint();
    }

    /** Lets go of the chosen token; false where there is none. */
    boolean letGo() {
        boolean held = chosen.get().isPresent();
        chosen.set(Optional.empty());
        return held;
    }

    private Optional<Side> at(MouseEvent event) {
        return lines.flatMap(now -> now.at(event.getX(), event.getY(), getWidth()));
    }

    private void press(KeyEvent event) {
        int step = event.getCode() == KeyCode.UP ? -1 : event.getCode() == KeyCode.DOWN ? 1 : 0;
        boolean across = event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT;
        if (lines.isEmpty() || step == 0 && !across) {
            return;
        }
        int last = lines.get().tokens().size() - 1;
        Side from = chosen.get().orElse(new Side(true, last));
        int to = chosen.get().isEmpty() ? last : Math.max(0, Math.min(last, from.position() + step));
        chosen.set(Optional.of(new Side(across ? event.getCode() == KeyCode.LEFT : from.isQuery(), to)));
        event.consume();
    }

    @Override
    protected double computePrefHeight(double width) {
        return lines.map(AttentionLines::height).orElse(0.0);
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

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lines.map(now -> now.of(hovered.get().or(chosen::get))).ifPresent(now -> paint(g, now));
    }

    private void paint(GraphicsContext g, AttentionLines now) {
        Theme theme = appearance.themeProperty().get();
        setAccessibleText("Attention as lines" + now.only().map(side -> ", " + now.words(side)).orElse(""));
        if (getWidth() > 0) {
            now.marks(theme, getWidth()).forEach(mark -> Marks.paint(g, mark));
        }
        if (isFocused()) {
            Painter.box(g, 1, 1, canvas.getWidth() - 2, canvas.getHeight() - 2, theme.accent(), 1);
        }
    }
}
