package org.headscope.window.headmap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.headscope.figure.Raster;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.control.Painter;
import org.headscope.window.headmap.HeadMapViewModel.Thumbnails;
import org.headscope.window.theme.Appearance;

/**
 * All heads as one control: layers down, heads across. The pointer previews after a moment, a click locks, arrows move
 * the focus, Enter or Space locks and unlocks.
 */
final class HeadGridCanvas extends Region {

    private static final Font LABEL = Painter.font(11, 0);
    private static final Duration PREVIEW_PAUSE = Duration.millis(80);
    private static final double LEFT = 28;
    private static final double TOP = 20;
    private static final double SMALLEST = 14;
    /** Below this, labels of neighbouring heads would touch. */
    private static final double ROOM_FOR_LABELS = 24;
    private static final double LARGEST = 72;
    private static final int FEW_HEADS = 8;
    private static final double HATCH = 6;

    private final Appearance appearance;
    private final Canvas canvas = new Canvas();
    private final PauseTransition pause = new PauseTransition(PREVIEW_PAUSE);
    private final IntegerProperty cellPixels = new SimpleIntegerProperty((int) LARGEST);
    private final Map<Raster, Image> images = new HashMap<>();
    private Optional<Thumbnails> thumbnails = Optional.empty();
    private Document document = Document.notebook();
    private Optional<Head> hovered = Optional.empty();
    private Consumer<Optional<Head>> onHover = head -> { };
    private Consumer<Head> onChoose = head -> { };
    private Consumer<Head> onMove = head -> { };

    HeadGridCanvas(Appearance appearance) {
        this.appearance = appearance;
        setId("head-grid");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        // Its size follows this control's, so this must not take its own from it.
        canvas.setManaged(false);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(at(event.getX(), event.getY())));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hover(Optional.empty()));
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            requestFocus();
            at(event.getX(), event.getY()).ifPresent(onChoose);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        focusedProperty().addListener((observed, before, now) -> paint());
        appearance.themeProperty().addListener((observed, before, now) -> paint());
    }

    /** Told after the pointer has rested a moment, and at once when it leaves. */
    void setOnHover(Consumer<Optional<Head>> action) {
        onHover = action;
    }

    /** Told of a click, Enter or Space on a head. */
    void setOnChoose(Consumer<Head> action) {
        onChoose = action;
    }

    /** Told when a key moves the focus. */
    void setOnMove(Consumer<Head> action) {
        onMove = action;
    }

    /** The side of a thumbnail, whole pixels. */
    IntegerProperty cellPixelsProperty() {
        return cellPixels;
    }

    void show(Optional<Thumbnails> now) {
        thumbnails = now;
        images.keySet().retainAll(now.map(t -> t.rasters().values()).orElse(List.of()));
        requestLayout();
    }

    void show(Document now) {
        document = now;
        paint();
    }

    /** The middle of a head's thumbnail in this control. */
    Point2D middleOf(Head head) {
        return new Point2D(x(head.head()) + cell() / 2, y(head.layer()) + cell() / 2);
    }

    private void hover(Optional<Head> head) {
        if (head.equals(hovered)) {
            return;
        }
        hovered = head;
        paint();
        pause.setOnFinished(event -> onHover.accept(head));
        if (head.isEmpty()) {
            pause.stop();
            onHover.accept(head);
        } else {
            pause.playFromStart();
        }
    }

    private void press(KeyEvent event) {
        Optional<Head> focus = document.focus();
        if (focus.isEmpty() || thumbnails.isEmpty()) {
            return;
        }
        Head from = focus.get();
        int last = thumbnails.get().heads() - 1;
        Optional<Head> to = switch (event.getCode()) {
            case LEFT -> within(from.layer(), from.head() - 1);
            case RIGHT -> within(from.layer(), from.head() + 1);
            case UP, PAGE_UP -> within(from.layer() - 1, from.head());
            case DOWN, PAGE_DOWN -> within(from.layer() + 1, from.head());
            case HOME -> within(from.layer(), 0);
            case END -> within(from.layer(), last);
            default -> Optional.empty();
        };
        switch (event.getCode()) {
            case LEFT, RIGHT, UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END -> {
                to.ifPresent(onMove);
                event.consume();
            }
            case ENTER, SPACE -> {
                onChoose.accept(from);
                event.consume();
            }
            default -> { }
        }
    }

    private Optional<Head> within(int layer, int head) {
        return layer >= 0 && head >= 0 && layer < thumbnails.orElseThrow().layers()
            && head < thumbnails.orElseThrow().heads() ? Optional.of(new Head(layer, head)) : Optional.empty();
    }

    // ---- where things are ----

    private double gap() {
        return thumbnails.orElseThrow().heads() <= FEW_HEADS ? 6 : 3;
    }

    private double cell() {
        int heads = thumbnails.orElseThrow().heads();
        double room = (getWidth() - LEFT - 2 - gap() * (heads - 1)) / heads;
        return Math.floor(Math.max(SMALLEST, Math.min(LARGEST, room)));
    }

    private double x(int head) {
        return LEFT + head * (cell() + gap());
    }

    private double y(int layer) {
        return TOP + layer * (cell() + gap());
    }

    private Optional<Head> at(double x, double y) {
        if (thumbnails.isEmpty() || x < LEFT || y < TOP) {
            return Optional.empty();
        }
        double pitch = cell() + gap();
        boolean between = (x - LEFT) % pitch > cell() || (y - TOP) % pitch > cell();
        return between ? Optional.empty() : within((int) ((y - TOP) / pitch), (int) ((x - LEFT) / pitch));
    }

    @Override
    protected double computePrefHeight(double width) {
        return thumbnails.isEmpty() ? TOP : y(thumbnails.get().layers()) + 2;
    }

    @Override
    protected double computeMinWidth(double height) {
        return thumbnails.map(t -> LEFT + 2 + t.heads() * SMALLEST + (t.heads() - 1) * gap()).orElse(LEFT);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        if (thumbnails.isPresent()) {
            cellPixels.set((int) cell());
        }
        paint();
    }

    // ---- painting ----

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (thumbnails.isEmpty()) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        g.setImageSmoothing(false);
        Thumbnails shown = thumbnails.get();
        for (int head = 0; head < shown.heads(); head += cell() < ROOM_FOR_LABELS ? 2 : 1) {
            Painter.text(g, "H" + head, x(head) + cell() / 2, TOP / 2 - 1, TextAlignment.CENTER, LABEL, theme.muted());
        }
        for (int layer = 0; layer < shown.layers(); layer++) {
            Painter.text(g, "L" + layer, LEFT - 8, y(layer) + cell() / 2, TextAlignment.RIGHT, LABEL, theme.muted());
            for (int head = 0; head < shown.heads(); head++) {
                paint(g, theme, new Head(layer, head));
            }
        }
        hovered.ifPresent(head -> Painter.box(g, x(head.head()) - 1.5, y(head.layer()) - 1.5, cell() + 3, cell() + 3,
            theme.ink(), 1));
        document.focus().filter(head -> within(head.layer(), head.head()).isPresent())
            .ifPresent(head -> paintFocus(g, theme, head));
    }

    private void paint(GraphicsContext g, Theme theme, Head head) {
        double x = x(head.head());
        double y = y(head.layer());
        Raster raster = thumbnails.orElseThrow().rasters().get(head);
        if (raster == null) {
            paintHatch(g, theme, x, y);
        } else {
            g.drawImage(images.computeIfAbsent(raster, Painter::image), x, y, cell(), cell());
        }
        Painter.box(g, x - 0.5, y - 0.5, cell() + 1, cell() + 1, theme.axis(), 0.5);
        if (document.patches().stream().anyMatch(patch -> patch.head().filter(head::equals).isPresent())) {
            paintStaged(g, theme, x, y);
        }
    }

    private void paintHatch(GraphicsContext g, Theme theme, double x, double y) {
        double cell = cell();
        for (double sum = HATCH; sum < 2 * cell; sum += HATCH) {
            double fromX = Math.max(0, sum - cell);
            double toX = Math.min(cell, sum);
            Painter.line(g, x + fromX, y + sum - fromX, x + toX, y + sum - toX, theme.pattern(), 0.5);
        }
    }

    /** The diamond of the patched run, in the corner above the diagonal, where nothing can be attended to. */
    private void paintStaged(GraphicsContext g, Theme theme, double left, double top) {
        double radius = cell() < ROOM_FOR_LABELS ? 3 : 4;
        double x = left + cell() - radius - 2;
        double y = top + radius + 2;
        g.setFill(Painter.color(theme.patched()));
        g.fillPolygon(new double[] {x, x + radius, x, x - radius}, new double[] {y - radius, y, y + radius, y}, 4);
    }

    private void paintFocus(GraphicsContext g, Theme theme, Head head) {
        double x = x(head.head());
        double y = y(head.layer());
        Painter.box(g, x - 2, y - 2, cell() + 4, cell() + 4, theme.accent(), 2);
        if (isFocused() || document.locked()) {
            Painter.box(g, x - 0.5, y - 0.5, cell() + 1, cell() + 1, theme.background(), 1);
        }
        setAccessibleText("Layer %d head %d%s".formatted(head.layer(), head.head(),
            document.locked() ? ", locked" : ""));
    }
}
