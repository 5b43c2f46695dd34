package org.headscope.window.headmap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Document;
import org.headscope.window.control.Painter;
import org.headscope.window.headmap.HeadMapViewModel.Thumbnails;
import org.headscope.window.theme.Appearance;

/**
 * All heads as one control: layers down, heads across. The pointer previews after a moment, a click locks, arrows move
 * the focus, Enter or Space locks and unlocks, with Ctrl takes into the set. Heads stand by layer or by rank.
 */
final class HeadGridCanvas extends Region {

    private static final Duration PREVIEW_PAUSE = Duration.millis(80);

    private final Appearance appearance;
    private final Canvas canvas = new Canvas();
    /** What follows the pointer and the keys, so that the heads below need not be painted again. */
    private final Canvas over = new Canvas();
    private final PauseTransition pause = new PauseTransition(PREVIEW_PAUSE);
    private final IntegerProperty cellPixels = new SimpleIntegerProperty((int) HeadPlaces.LARGEST);
    private final HeadPlaces places = new HeadPlaces();
    private final HeadPainter painter = new HeadPainter(places);
    private final HeadTip tip = new HeadTip(canvas, this::belowHovered);
    private Optional<Thumbnails> thumbnails = Optional.empty();
    private boolean painted;
    private HeadOverlay overlay;
    private List<Head> set = List.of();
    private Optional<PathArrow> arrow = Optional.empty();
    /** What keys move instead of the focus. */
    private Optional<Head> aim = Optional.empty();
    private Document document = Document.notebook();
    private Optional<Head> hovered = Optional.empty();
    private Consumer<Optional<Head>> onHover = head -> { };
    private Consumer<Head> onChoose = head -> { };
    private Consumer<Head> onMove = head -> { };
    private Consumer<Head> onGather = head -> { };
    private Consumer<List<Head>> onGatherAll = heads -> { };
    private Function<Head, String> words = Head::toString;

    HeadGridCanvas(Appearance appearance) {
        this.appearance = appearance;
        setId("head-grid");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().addAll(canvas, over);
        over.setManaged(false);
        over.setMouseTransparent(true);
        // Its size follows this control's, so this must not take its own from it.
        canvas.setManaged(false);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(at(event.getX(), event.getY())));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hover(Optional.empty()));
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            requestFocus();
            at(event.getX(), event.getY()).ifPresentOrElse(
                event.isShortcutDown() || event.isShiftDown() ? onGather : onChoose,
                () -> places.labelled(event.getX(), event.getY()).ifPresent(onGatherAll));
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        focusedProperty().addListener((observed, before, now) -> paintOver());
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

    /** Told of a click on the label of a layer or of a column, of all its heads. */
    void setOnGatherAll(Consumer<List<Head>> action) {
        onGatherAll = action;
    }

    /** Told of a click or Space on a head with Ctrl, or a click with Shift. */
    void setOnGather(Consumer<Head> action) {
        onGather = action;
    }

    /** What is said of a head that is pointed at. */
    void setWords(Function<Head, String> now) {
        words = now;
    }

    /** The side of a thumbnail, whole pixels. */
    IntegerProperty cellPixelsProperty() {
        return cellPixels;
    }

    /** Whether the attention of all heads has been painted. */
    boolean isPainted() {
        return painted;
    }

    void show(Optional<Thumbnails> now) {
        change(() -> {
            thumbnails = now;
            places.show(now);
        });
    }

    /** Paints anew, and asks everything around it for room only where that takes more or less of it. */
    private void change(Runnable change) {
        double height = places.height();
        double least = places.leastWidth();
        change.run();
        if (places.height() == height && places.leastWidth() == least) {
            setNeedsLayout(true);
        } else {
            requestLayout();
        }
    }

    /**
     * How much of it can be seen.
     *
     * @param across with the scroll bar that there may be
     */
    void setRoom(double across, double height) {
        if (places.setRoom(across, height)) {
            requestLayout();
        }
    }

    void show(HeadOverlay now) {
        change(() -> {
            overlay = now;
            places.show(now);
        });
    }

    /** The heads that are looked at together. */
    void showSet(List<Head> now) {
        set = List.copyOf(now);
        paintOver();
    }

    void show(Document now) {
        Document before = document;
        document = now;
        if (!now.patches().equals(before.patches())) {
            paint();
        } else if (!now.focus().equals(before.focus()) || now.locked() != before.locked()) {
            paintOver();
        }
    }

    /** An arrow over the heads; empty for none. */
    void showArrow(Optional<PathArrow> now) {
        arrow = now;
        paintOver();
    }

    /** Lets keys start from this head instead of from the focus; empty for the focus again. */
    void aimAt(Optional<Head> now) {
        aim = now;
    }

    /** The head in the same column of the next layer; empty where there is none. */
    Optional<Head> below(Head head) {
        return places.below(head);
    }

    /** The middle of a head's thumbnail in this control. */
    Point2D middleOf(Head head) {
        return places.middleOf(head);
    }

    /** Where a head lies, for scrolling to it. */
    Bounds boundsOf(Head head) {
        return places.boundsOf(head);
    }

    /** The head at a point of this control. */
    Optional<Head> at(double x, double y) {
        return places.at(x, y);
    }

    private void hover(Optional<Head> head) {
        if (head.equals(hovered)) {
            return;
        }
        hovered = head;
        paintOver();
        pause.setOnFinished(event -> onHover.accept(head));
        tip.say(head.map(words));
        if (head.isEmpty()) {
            pause.stop();
            onHover.accept(head);
        } else {
            pause.playFromStart();
        }
    }

    /** Where what is said of the head that is pointed at begins on the screen. */
    private Optional<Point2D> belowHovered() {
        return hovered.filter(places::isThere).map(places::boundsOf)
            .map(bounds -> localToScreen(bounds.getMinX(), bounds.getMaxY()));
    }

    private void press(KeyEvent event) {
        Optional<Head> focus = aim.or(document::focus);
        if (focus.isEmpty() || thumbnails.isEmpty()) {
            return;
        }
        Head from = focus.get();
        Optional<Head> to = places.beside(from, event.getCode());
        switch (event.getCode()) {
            case LEFT, RIGHT, UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END -> {
                to.ifPresent(onMove);
                event.consume();
            }
            case ENTER, SPACE -> {
                (event.isShortcutDown() ? onGather : onChoose).accept(from);
                event.consume();
            }
            default -> { }
        }
    }

    // ---- layout ----

    @Override
    protected double computePrefHeight(double width) {
        return places.height();
    }

    @Override
    protected double computeMinWidth(double height) {
        return places.leastWidth();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        over.setWidth(getWidth());
        over.setHeight(getHeight());
        if (thumbnails.isPresent()) {
            cellPixels.set((int) places.cell());
        }
        paint();
    }

    // ---- painting ----

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        paintOver();
        painted = thumbnails.filter(now -> now.rasters().size() == now.layers() * now.heads()).isPresent();
        if (thumbnails.isEmpty()) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        painter.paint(g, theme, canvas.getWidth(), canvas.getHeight(), new HeadPainter.Shown(thumbnails.get(), overlay,
            document));
    }

    private void paintOver() {
        GraphicsContext g = over.getGraphicsContext2D();
        g.clearRect(0, 0, over.getWidth(), over.getHeight());
        if (thumbnails.isEmpty()) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        set.stream().filter(places::isThere).forEach(head -> paintGathered(g, theme, head));
        hovered.filter(places::isThere).ifPresent(head -> frame(g, head, 1.5, theme.ink(), 1));
        document.focus().filter(places::isThere).ifPresent(head -> paintFocus(g, theme, head));
        arrow.filter(now -> places.isThere(now.sender()) && now.receiver().stream().allMatch(places::isThere))
            .ifPresent(now -> now.paint(g, theme, this::boundsOf, over.getWidth()));
    }

    /** A second frame, dashed, since a colour alone would say too little. */
    private void paintGathered(GraphicsContext g, Theme theme, Head head) {
        g.setLineDashes(3, 2);
        frame(g, head, 2, theme.accent(), 1.5);
        g.setLineDashes();
    }

    /** @param out how far it lies outside of the head */
    private void frame(GraphicsContext g, Head head, double out, int color, double lineWidth) {
        double side = places.cell() + 2 * out;
        Painter.box(g, places.x(head) - out, places.y(head) - out, side, side, color, lineWidth);
    }

    private void paintFocus(GraphicsContext g, Theme theme, Head head) {
        frame(g, head, 2, theme.accent(), 2);
        if (isFocused() || document.locked()) {
            frame(g, head, 0.5, theme.background(), 1);
        }
        setAccessibleText(aim.map(end -> "Path to %s, %s".formatted(end, words.apply(end))).orElseGet(() ->
            "Layer %d head %d%s%s, %s".formatted(head.layer(), head.head(), document.locked() ? ", locked" : "",
                set.contains(head) ? ", in the set" : "", words.apply(head))));
    }
}
