package org.headscope.window.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.figure.CellState;
import org.headscope.figure.Mark;
import org.headscope.figure.Matrix;
import org.headscope.figure.Theme;
import org.headscope.window.theme.Appearance;

/**
 * One head's attention as a large map: labelled on both sides, with a cross hair under the pointer and a ring on the
 * chosen cell. A click chooses a cell, another click on it lets it go, arrows move it. The map is one control; its
 * cells are pixels of an image, painted without smoothing, and the pointer repaints only a layer above.
 */
public final class HeatCanvas extends Region {

    private static final double LARGE = 10_000;
    private static final double STEP_OF_ZOOM = 1.5;
    private static final int FEWEST_CELLS = 4;

    private final Appearance appearance;
    private final HeatLayout.Density usual;
    private HeatLayout.Density density;
    private final Canvas map = new Canvas();
    private final Canvas over = new Canvas();
    private final ObjectProperty<HeatPicture> picture = new SimpleObjectProperty<>();
    private final ObjectProperty<Optional<Cell>> hovered = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> locked = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<List<HeatMark>> marks = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<Optional<CellRange>> range = new SimpleObjectProperty<>(Optional.empty());
    private UnaryOperator<CellRange> reach = UnaryOperator.identity();
    private String name = "Attention map";
    private boolean tips = true;
    private final ObjectProperty<Zoom> zoom = new SimpleObjectProperty<>(Zoom.WHOLE);
    private final ObjectProperty<Found> found = new SimpleObjectProperty<>(Found.NOTHING);
    private final Map<Integer, Image> images = new HashMap<>();
    private Optional<Mark.Area> band = Optional.empty();
    private HeatPicture labelledLike;
    private RowLabels rowLabels = RowLabels.OWN;
    private HeatLayout layout;

    /** @param compact whether it must do with little room, beside others */
    public HeatCanvas(Appearance appearance, boolean compact) {
        this(appearance, compact ? HeatLayout.Density.COMPACT : HeatLayout.Density.ROOMY);
    }

    /** A small one among many, whose labels say by themselves what its axes are. */
    public static HeatCanvas dense(Appearance appearance) {
        HeatCanvas canvas = new HeatCanvas(appearance, HeatLayout.Density.DENSE);
        canvas.setMinSize(64, 64);
        return canvas;
    }

    private HeatCanvas(Appearance appearance, HeatLayout.Density density) {
        this.appearance = appearance;
        this.usual = density;
        this.density = density;
        getStyleClass().add("heat-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().addAll(map, over);
        over.setMouseTransparent(true);
        // Their size follows this control's, so it must not take its own from theirs.
        map.setManaged(false);
        over.setManaged(false);
        map.addEventHandler(MouseEvent.MOUSE_MOVED, event -> hovered.set(cellAt(event)));
        map.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hovered.set(Optional.empty()));
        map.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        HeatCursor.on(this);
        picture.addListener((observed, before, now) -> {
            images.clear();
            layoutFor(before, now);
        });
        hovered.addListener((observed, before, now) -> paintOver());
        locked.addListener((observed, before, now) -> paintOver());
        marks.addListener((observed, before, now) -> paintOver());
        range.addListener((observed, before, now) -> paintOver());
        focusedProperty().addListener((observed, before, now) -> paintOver());
        zoom.addListener((observed, before, now) -> requestLayout());
        found.addListener((observed, before, now) -> requestLayout());
        setMinSize(120, 120);
    }

    public ObjectProperty<HeatPicture> pictureProperty() {
        return picture;
    }

    /** Asks everything around it for room only where another picture takes more or less of it. */
    private void layoutFor(HeatPicture before, HeatPicture now) {
        if (before != null && now != null && now.isLaidOutLike(before)) {
            setNeedsLayout(true);
            return;
        }
        requestLayout();
        if (getParent() != null) {
            getParent().requestLayout();
        }
    }

    /** What it is called, for screen readers. */
    public void setName(String name) {
        this.name = name;
        paintOver();
    }

    /** Whether it does with the least labels, in very little room. */
    public void setDense(boolean dense) {
        HeatLayout.Density now = dense ? HeatLayout.Density.DENSE : usual;
        if (now != density) {
            density = now;
            requestLayout();
        }
    }

    /** Leaves out what is said of the pointed-at cell, where that stands elsewhere. */
    public void withoutTips() {
        tips = false;
    }

    /** Keeps room for another picture's labels too, so that maps side by side are of one size. */
    public void labelLike(HeatPicture other) {
        HeatPicture before = labelledLike;
        labelledLike = other;
        if (before == null || other == null || !other.isLaidOutLike(before)) {
            requestLayout();
        }
    }

    /** Where the labels of its rows stand. */
    public void setRowLabels(RowLabels now) {
        if (now != rowLabels) {
            rowLabels = now;
            requestLayout();
        }
    }

    /** What labels that several maps share take beside the first. */
    public double roomOfSharedLabels() {
        return picture.get() == null ? 0 : HeatLayout.roomOfRows(List.of(picture.get(), like()), density);
    }

    private HeatPicture like() {
        return labelledLike == null ? picture.get() : labelledLike;
    }

    private HeatLayout layout(double width, double height) {
        return HeatLayout.of(picture.get(), like(), rowLabels, width, height, density, zoom.get());
    }

    private HeatLabelPainter labels(GraphicsContext g, Theme theme) {
        return new HeatLabelPainter(g, theme, layout, picture.get(), like(), rowLabels, density);
    }

    // ---- the part that is seen ----

    /** Lets a person come nearer to it and move about in it. */
    public void withZoom() {
        MapNavigation.on(this);
    }

    /** The part of it that is seen. */
    public ObjectProperty<Zoom> zoomProperty() {
        return zoom;
    }

    /** Nearer by one step, about the chosen cell where it is seen. */
    public void zoomIn() {
        zoomBy(STEP_OF_ZOOM);
    }

    /** Farther away by one step. */
    public void zoomOut() {
        zoomBy(1 / STEP_OF_ZOOM);
    }

    private void zoomBy(double factor) {
        if (layout == null) {
            return;
        }
        Zoom now = zoom.get();
        Optional<Cell> about = locked.get().filter(layout::isSeen);
        double x = about.map(cell -> (cell.column() + 0.5) / layout.columns()).orElse(now.left() + now.side() / 2);
        double y = about.map(cell -> (cell.row() + 0.5) / layout.rows()).orElse(now.top() + now.side() / 2);
        zoom.set(now.by(factor, x, y, nearest()));
    }

    /** The least share of the map that is seen: a few cells. */
    double nearest() {
        return Math.min(1, (double) FEWEST_CELLS / Math.max(layout.rows(), layout.columns()));
    }

    /** The tokens of its axes that are looked for. */
    public ObjectProperty<Found> foundProperty() {
        return found;
    }

    Optional<HeatLayout> layoutNow() {
        return Optional.ofNullable(layout);
    }

    /** The part that is being drawn, to be seen next. */
    void showBand(Optional<Mark.Area> now) {
        band = now;
        paintOver();
    }

    /** The cell under the pointer. */
    public ObjectProperty<Optional<Cell>> hoveredProperty() {
        return hovered;
    }

    /** The cell that was chosen. */
    public ObjectProperty<Optional<Cell>> lockedProperty() {
        return locked;
    }

    /** What is done to cells of it. */
    public ObjectProperty<List<HeatMark>> marksProperty() {
        return marks;
    }

    /** The cells that are being taken together. */
    public ObjectProperty<Optional<CellRange>> rangeProperty() {
        return range;
    }

    /** Says how far cells that are taken together reach, such as over whole rows. */
    public void setReach(UnaryOperator<CellRange> reach) {
        this.reach = reach;
    }

    /** Where the middle of a cell lies in this control, for what wants to point at it. */
    public Point2D middleOf(Cell cell) {
        return new Point2D(layout.middleX(cell.column()), layout.middleY(cell.row()));
    }

    private Optional<Cell> cellAt(MouseEvent event) {
        return placeAt(event).filter(this::isPast);
    }

    /** The same, in the future too. */
    Optional<Cell> placeAt(MouseEvent event) {
        return layout == null ? Optional.empty() : layout.at(event.getX(), event.getY());
    }

    boolean isPast(Cell cell) {
        return picture.get().matrix().state(cell.row(), cell.column()) != CellState.FUTURE;
    }

    private void click(MouseEvent event) {
        requestFocus();
        Optional<Cell> cell = cellAt(event);
        locked.set(cell.equals(locked.get()) ? Optional.empty() : cell);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    /** As high as the map can use at this width. */
    @Override
    protected double computePrefHeight(double width) {
        return picture.get() == null ? 0
            : layout(Math.max(1, width), LARGE).totalHeight();
    }

    @Override
    protected void layoutChildren() {
        map.setWidth(getWidth());
        map.setHeight(getHeight());
        over.setWidth(getWidth());
        over.setHeight(getHeight());
        layout = picture.get() == null ? null : layout(getWidth(), getHeight());
        paintMap();
        paintOver();
    }

    // ---- the map ----

    private void paintMap() {
        GraphicsContext g = map.getGraphicsContext2D();
        g.clearRect(0, 0, map.getWidth(), map.getHeight());
        if (layout == null || picture.get() == null) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        // Where cells are smaller than pixels, a pixel takes the strongest cell under it.
        new HeatCellsPainter(g, theme, layout, picture.get(), zoom.get())
            .paint(image(picture.get().level(layout.cell())));
        Minimap.of(layout, zoom.get()).ifPresent(minimap -> minimap.paint(g, theme,
            image(picture.get().level(minimap.area().width() / layout.columns())), zoom.get()));
        HeatLabelPainter labels = labels(g, theme);
        labels.paintLabels(found.get());
        labels.paintTitles(getWidth());
    }

    private Image image(int level) {
        return images.computeIfAbsent(level, missing -> Painter.image(picture.get().levels().get(missing)));
    }

    // ---- what lies over it ----

    private void paintOver() {
        setAccessibleText(layout == null || picture.get() == null ? name
            : Stream.of(hovered.get(), locked.get()).flatMap(Optional::stream).filter(this::isInside).findFirst()
                .map(cell -> name + ", " + spoken(cell)).orElse(name));
        GraphicsContext g = over.getGraphicsContext2D();
        g.clearRect(0, 0, over.getWidth(), over.getHeight());
        if (layout == null || picture.get() == null) {
            return;
        }
        Theme theme = appearance.themeProperty().get();
        if (isFocused()) {
            Painter.box(g, layout.left() - 3, layout.top() - 1, layout.width() + 6, layout.height() + 4,
                theme.accent(), 2);
        }
        List<Cell> cells = Stream.of(locked.get(), hovered.get()).flatMap(Optional::stream).filter(this::isInside)
            .toList();
        labels(g, theme).paintPointedAt(cells);
        MarkPainter painter = new MarkPainter(g, theme, layout, picture.get().matrix());
        painter.marks(marks.get());
        range.get().map(reach).ifPresent(painter::range);
        band.ifPresent(area -> Painter.box(g, area.x(), area.y(), area.width(), area.height(), theme.accent(), 1.5));
        HeatPointerPainter pointer = new HeatPointerPainter(g, theme, layout);
        cells.forEach(pointer::paintCrossHair);
        locked.get().filter(this::isInside).ifPresent(pointer::paintRing);
        hovered.get().filter(this::isInside).ifPresent(cell -> {
            Painter.box(g, layout.x(cell.column()), layout.y(cell.row()), layout.cellWidth(),
                layout.cellHeight(), theme.ink(), 1);
            if (tips) {
                pointer.paintWords(words(cell), cell, over.getWidth());
            }
        });
    }

    /** What the cell says, and what is done to it. */
    private String words(Cell cell) {
        return withMarks(picture.get().words().apply(cell), cell);
    }

    private String spoken(Cell cell) {
        return withMarks(picture.get().spoken().apply(cell), cell);
    }

    private String withMarks(String words, Cell cell) {
        return Stream.concat(Stream.of(words), marks.get().stream()
            .filter(mark -> mark.cells().contains(cell)).map(HeatMark::words)).collect(Collectors.joining(", "));
    }

    /** The picture may have changed since it was last laid out. */
    private boolean isInside(Cell cell) {
        Matrix matrix = picture.get().matrix();
        return layout.isSeen(cell) && cell.row() < matrix.rows() && cell.column() < matrix.columns();
    }
}
