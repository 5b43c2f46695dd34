package org.headscope.window.headmap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.animation.PauseTransition;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.headscope.figure.Raster;
import org.headscope.figure.Rgb;
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

    private static final Font LABEL = Painter.font(11, 0);
    private static final Duration PREVIEW_PAUSE = Duration.millis(80);
    private static final double LEFT = 28;
    private static final double TOP = 20;
    /** All heads are seen at once down to this; smaller ones would show nothing, so that the rest is scrolled to. */
    private static final double SMALLEST = 8;
    /** Below this, labels of neighbouring heads would touch. */
    private static final double ROOM_FOR_LABELS = 24;
    /** From one label above the heads to the next, and from one beside them to the next. */
    private static final double LABEL_PITCH_ACROSS = 30;
    private static final double LABEL_PITCH_DOWN = 13;
    private static final double LARGEST = 72;
    private static final double LARGEST_RANKED = 88;
    private static final int FEW_HEADS = 8;
    /** How wide the line around a head is. */
    private static final double FRAME = 0.5;
    private static final double SCROLL_BAR = 12;
    private static final Font LABEL_SMALL = Painter.font(10, 0);
    private static final Font CHIP = Painter.font(10, 1);
    private static final Font SCORE = Painter.font(11, 1);
    /** Under a head, for its chip. */
    private static final double CHIP_ROOM = 14;
    private static final double ROOM_FOR_CHIPS = 40;
    /** A letter in a smaller head's corner would hide what is in it. */
    private static final double ROOM_FOR_LETTERS = 14;
    private static final double ROOM_FOR_SCORES = 26;
    /** A ranked head's name and score stand under it, side by side. */
    private static final double LEAST_RANKED = 76;

    private final Appearance appearance;
    private final Canvas canvas = new Canvas();
    /** What follows the pointer and the keys, so that the heads below need not be painted again. */
    private final Canvas over = new Canvas();
    private final PauseTransition pause = new PauseTransition(PREVIEW_PAUSE);
    private final IntegerProperty cellPixels = new SimpleIntegerProperty((int) LARGEST);
    private final HeadSheet sheet = new HeadSheet();
    private final Tooltip tooltip = new Tooltip();
    private Optional<Thumbnails> thumbnails = Optional.empty();
    private HeadOverlay overlay;
    private List<Head> set = List.of();
    private Optional<PathArrow> arrow = Optional.empty();
    /** What keys move instead of the focus. */
    private Optional<Head> aim = Optional.empty();
    private double width = 256;
    private double room = 1000;
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
                () -> labelled(event.getX(), event.getY()).ifPresent(onGatherAll));
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        tooltip.setShowDelay(Duration.millis(600));
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

    void show(Optional<Thumbnails> now) {
        thumbnails = now;
        requestLayout();
    }

    /**
     * How much of it can be seen.
     *
     * @param across with the scroll bar that there may be
     */
    void setRoom(double across, double height) {
        if (across != width || height != room) {
            width = across;
            room = height;
            requestLayout();
        }
    }

    void show(HeadOverlay now) {
        overlay = now;
        requestLayout();
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
        return thumbnails.flatMap(there -> within(head.layer() + 1, head.head()));
    }

    /** The middle of a head's thumbnail in this control. */
    Point2D middleOf(Head head) {
        return new Point2D(x(head) + cell() / 2, y(head) + cell() / 2);
    }

    /** Where a head lies, for scrolling to it. */
    Bounds boundsOf(Head head) {
        return new BoundingBox(x(head), y(head), cell(), pitchY());
    }

    private void hover(Optional<Head> head) {
        if (head.equals(hovered)) {
            return;
        }
        hovered = head;
        paintOver();
        pause.setOnFinished(event -> onHover.accept(head));
        tooltip.setText(head.map(words).orElse(""));
        if (head.isPresent()) {
            Tooltip.install(canvas, tooltip);
        } else {
            Tooltip.uninstall(canvas, tooltip);
        }
        if (head.isEmpty()) {
            pause.stop();
            onHover.accept(head);
        } else {
            pause.playFromStart();
        }
    }

    private void press(KeyEvent event) {
        Optional<Head> focus = aim.or(document::focus);
        if (focus.isEmpty() || thumbnails.isEmpty()) {
            return;
        }
        Head from = focus.get();
        int column = column(from);
        int row = row(from);
        Optional<Head> to = switch (event.getCode()) {
            case LEFT -> isRanked() ? ranked(place(from) - 1) : in(row, column - 1);
            case RIGHT -> isRanked() ? ranked(place(from) + 1) : in(row, column + 1);
            case UP, PAGE_UP -> in(row - 1, column);
            case DOWN, PAGE_DOWN -> in(row + 1, column);
            case HOME -> in(row, 0);
            case END -> isRanked() ? ranked(Math.min(overlay.ranked().size(), (row + 1) * columns()) - 1)
                : in(row, columns() - 1);
            default -> Optional.empty();
        };
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

    // ---- where heads are ----

    private boolean isRanked() {
        return overlay != null && !overlay.ranked().isEmpty();
    }

    private Optional<Head> ranked(int place) {
        return place >= 0 && place < overlay.ranked().size() ? Optional.of(overlay.ranked().get(place))
            : Optional.empty();
    }

    private int place(Head head) {
        return Math.max(0, overlay.ranked().indexOf(head));
    }

    private int columns() {
        return isRanked() ? Math.max(1, (int) ((roomAcross() - 4 + gap()) / (LEAST_RANKED + gap())))
            : thumbnails.orElseThrow().heads();
    }

    private int rows() {
        return isRanked() ? (overlay.ranked().size() + columns() - 1) / columns() : thumbnails.orElseThrow().layers();
    }

    private int column(Head head) {
        return isRanked() ? place(head) % columns() : head.head();
    }

    private int row(Head head) {
        return isRanked() ? place(head) / columns() : head.layer();
    }

    private Optional<Head> in(int row, int column) {
        if (row < 0 || column < 0 || column >= columns()) {
            return Optional.empty();
        }
        return isRanked() ? ranked(row * columns() + column) : within(row, column);
    }

    private Optional<Head> within(int layer, int head) {
        return layer >= 0 && head >= 0 && layer < thumbnails.orElseThrow().layers()
            && head < thumbnails.orElseThrow().heads() ? Optional.of(new Head(layer, head)) : Optional.empty();
    }

    // ---- where things are ----

    private double gap() {
        return thumbnails.orElseThrow().heads() <= FEW_HEADS || isRanked() ? 6 : 3;
    }

    private double left() {
        return isRanked() ? 2 : LEFT;
    }

    private double top() {
        return isRanked() ? 4 : TOP;
    }

    private double cell() {
        double across = cellThatFitsAcross();
        double largest = isRanked() ? LARGEST_RANKED
            : Math.min(LARGEST, cellThatFits(hasRoomForChips() ? CHIP_ROOM : 0));
        return Math.floor(Math.max(SMALLEST, Math.min(largest, across)));
    }

    private double cellThatFitsAcross() {
        return (roomAcross() - left() - 2 - gap() * (columns() - 1)) / columns();
    }

    /** Whether or not there is a scroll bar, since that must not depend on what it makes room for. */
    private double roomAcross() {
        return width - SCROLL_BAR;
    }

    /** The side with which all layers can be seen at once, with so much under each. */
    private double cellThatFits(double under) {
        return (room - TOP - 4) / thumbnails.orElseThrow().layers() - gap() - under;
    }

    private double pitchY() {
        boolean under = isRanked() || overlay != null && !overlay.chips().isEmpty() && hasRoomForChips();
        return cell() + gap() + (under ? CHIP_ROOM : 0);
    }

    /** Chips are left out before a head is. */
    private boolean hasRoomForChips() {
        return Math.min(cellThatFits(CHIP_ROOM), cellThatFitsAcross()) >= ROOM_FOR_CHIPS;
    }

    private double columnX(int column) {
        return left() + column * (cell() + gap());
    }

    private double rowY(int row) {
        return top() + row * pitchY();
    }

    private double x(Head head) {
        return columnX(column(head));
    }

    private double y(Head head) {
        return rowY(row(head));
    }

    /** The head at a point of this control. */
    Optional<Head> at(double x, double y) {
        if (thumbnails.isEmpty() || x < left() || y < top()) {
            return Optional.empty();
        }
        boolean between = (x - left()) % (cell() + gap()) > cell() || (y - top()) % pitchY() > pitchY() - gap();
        return between ? Optional.empty()
            : in((int) ((y - top()) / pitchY()), (int) ((x - left()) / (cell() + gap())));
    }

    /** The heads of the layer or column whose label is there. */
    private Optional<List<Head>> labelled(double x, double y) {
        if (thumbnails.isEmpty() || isRanked() || x < left() == y < top()) {
            return Optional.empty();
        }
        boolean isLayer = x < left();
        int place = (int) (isLayer ? (y - top()) / pitchY() : (x - left()) / (cell() + gap()));
        List<Head> heads = IntStream.range(0, isLayer ? columns() : rows())
            .mapToObj(i -> isLayer ? within(place, i) : within(i, place)).flatMap(Optional::stream).toList();
        return Optional.of(heads).filter(some -> !some.isEmpty());
    }

    @Override
    protected double computePrefHeight(double width) {
        return thumbnails.isEmpty() ? TOP : rowY(rows()) + 2;
    }

    @Override
    protected double computeMinWidth(double height) {
        return isRanked() ? LEAST_RANKED + 4 : thumbnails.map(t -> LEFT + 2 + t.heads() * SMALLEST + (t.heads() - 1) * gap()).orElse(LEFT);
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
            cellPixels.set((int) cell());
        }
        paint();
    }

    // ---- painting ----

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        paintOver();
        if (thumbnails.isEmpty()) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        g.setImageSmoothing(false);
        Thumbnails shown = thumbnails.get();
        if (!isRanked()) {
            paintAxes(g, theme, shown);
        }
        paintSheet(g, theme, shown);
        for (int layer = 0; layer < shown.layers(); layer++) {
            for (int head = 0; head < shown.heads(); head++) {
                paint(g, theme, new Head(layer, head));
            }
        }
    }

    /** What needs no lines and no words. */
    private void paintSheet(GraphicsContext g, Theme theme, Thumbnails shown) {
        int side = (int) cell();
        sheet.clear((int) Math.ceil(Math.max(1, canvas.getWidth())), (int) Math.ceil(Math.max(1, canvas.getHeight())));
        for (int layer = 0; layer < shown.layers(); layer++) {
            for (int number = 0; number < shown.heads(); number++) {
                Head head = new Head(layer, number);
                Raster raster = shown.rasters().get(head);
                int left = (int) x(head);
                int top = (int) y(head);
                if (isScored(head)) {
                    sheet.fill(scoreColor(head), left, top, side);
                } else if (raster == null) {
                    sheet.hatch(theme.pattern(), left, top, side);
                } else {
                    sheet.put(raster, left, top, side);
                }
            }
        }
        g.drawImage(sheet.image(), 0, 0);
    }

    private boolean isScored(Head head) {
        return overlay != null && overlay.scores().containsKey(head);
    }

    private int scoreColor(Head head) {
        return overlay.shading().argb(overlay.scores().get(head).floatValue(), 1);
    }

    private void paintOver() {
        GraphicsContext g = over.getGraphicsContext2D();
        g.clearRect(0, 0, over.getWidth(), over.getHeight());
        if (thumbnails.isEmpty()) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        set.stream().filter(this::isThere).forEach(head -> paintGathered(g, theme, head));
        hovered.filter(this::isThere).ifPresent(head -> Painter.box(g, x(head) - 1.5, y(head) - 1.5, cell() + 3,
            cell() + 3, theme.ink(), 1));
        document.focus().filter(this::isThere).ifPresent(head -> paintFocus(g, theme, head));
        arrow.filter(now -> isThere(now.sender()) && now.receiver().filter(head -> !isThere(head)).isEmpty())
            .ifPresent(now -> now.paint(g, theme, this::boundsOf, over.getWidth()));
    }

    private boolean isThere(Head head) {
        return within(head.layer(), head.head()).isPresent();
    }

    private void paintAxes(GraphicsContext g, Theme theme, Thumbnails shown) {
        int everyHead = cell() >= ROOM_FOR_LABELS ? 1
            : Math.max(2, (int) Math.ceil(LABEL_PITCH_ACROSS / (cell() + gap())));
        for (int head = 0; head < shown.heads(); head += everyHead) {
            Painter.text(g, "H" + head, columnX(head) + cell() / 2, TOP / 2 - 1, TextAlignment.CENTER, LABEL,
                theme.muted());
        }
        for (int layer = 0; layer < shown.layers(); layer += pitchY() < LABEL_PITCH_DOWN ? 2 : 1) {
            Painter.text(g, "L" + layer, LEFT - 8, rowY(layer) + cell() / 2, TextAlignment.RIGHT, LABEL,
                theme.muted());
        }
    }

    private void paint(GraphicsContext g, Theme theme, Head head) {
        double x = x(head);
        double y = y(head);
        if (isScored(head)) {
            paintScore(g, head, x, y);
        }
        paintFrame(g, theme, x, y);
        boolean staged = document.patches().stream().anyMatch(patch -> patch.head().filter(head::equals).isPresent());
        if (overlay != null) {
            paintChip(g, theme, head, x, y, staged);
        }
        if (staged) {
            paintStaged(g, theme, x, y);
        }
    }

    private void paintScore(GraphicsContext g, Head head, double x, double y) {
        if (cell() >= ROOM_FOR_SCORES && !isRanked()) {
            Painter.text(g, HeadOverlay.number(overlay.scores().get(head)), x + cell() / 2, y + cell() / 2,
                TextAlignment.CENTER, SCORE, Rgb.inkOn(scoreColor(head)));
        }
    }

    /** Of four bars, which the toolkit fills faster than it strokes a rectangle. */
    private void paintFrame(GraphicsContext g, Theme theme, double x, double y) {
        double side = cell() + 1 + FRAME;
        double left = x - 0.5 - FRAME / 2;
        double top = y - 0.5 - FRAME / 2;
        g.setFill(Painter.color(theme.axis()));
        g.fillRect(left, top, side, FRAME);
        g.fillRect(left, top + side - FRAME, side, FRAME);
        g.fillRect(left, top + FRAME, FRAME, side - 2 * FRAME);
        g.fillRect(left + side - FRAME, top + FRAME, FRAME, side - 2 * FRAME);
    }

    /** Under the head; where there is no room, a letter in the corner above the diagonal, which is empty. */
    private void paintChip(GraphicsContext g, Theme theme, Head head, double x, double y, boolean staged) {
        String chip = overlay.chips().getOrDefault(head, "");
        double under = y + cell() + CHIP_ROOM / 2 + 1;
        if (isRanked()) {
            Painter.text(g, head.toString(), x, under, TextAlignment.LEFT, CHIP, theme.ink());
            double room = cell() - Painter.width(head.toString(), CHIP) - 4;
            Painter.text(g, Painter.width(chip, LABEL_SMALL) <= room ? chip : chip.replaceAll("[a-z]+ ", ""),
                x + cell(), under, TextAlignment.RIGHT, LABEL_SMALL, theme.muted());
        } else if (hasRoomForChips()) {
            boolean said = overlay.scores().containsKey(head) && overlay.letters().isEmpty();
            Painter.text(g, said ? "" : chip, x + cell() / 2, under, TextAlignment.CENTER, CHIP, theme.ink());
        } else if (!staged && cell() >= ROOM_FOR_LETTERS && overlay.scores().isEmpty()
            && overlay.letters().containsKey(head)) {
            Painter.text(g, overlay.letters().get(head), x + cell() - 2, y + 6, TextAlignment.RIGHT, CHIP,
                theme.ink());
        }
    }

    /** A second frame, dashed, since a colour alone would say too little. */
    private void paintGathered(GraphicsContext g, Theme theme, Head head) {
        g.setLineDashes(3, 2);
        Painter.box(g, x(head) - 2, y(head) - 2, cell() + 4, cell() + 4, theme.accent(), 1.5);
        g.setLineDashes();
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
        double x = x(head);
        double y = y(head);
        Painter.box(g, x - 2, y - 2, cell() + 4, cell() + 4, theme.accent(), 2);
        if (isFocused() || document.locked()) {
            Painter.box(g, x - 0.5, y - 0.5, cell() + 1, cell() + 1, theme.background(), 1);
        }
        setAccessibleText(aim.map(end -> "Path to %s, %s".formatted(end, words.apply(end))).orElseGet(() ->
            "Layer %d head %d%s%s, %s".formatted(head.layer(), head.head(), document.locked() ? ", locked" : "",
                set.contains(head) ? ", in the set" : "", words.apply(head))));
    }
}
