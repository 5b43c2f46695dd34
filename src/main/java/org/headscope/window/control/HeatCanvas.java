package org.headscope.window.control;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.CellRange;
import org.headscope.figure.CellState;
import org.headscope.figure.Mark;
import org.headscope.figure.Matrix;
import org.headscope.figure.Patterns;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;
import org.headscope.window.theme.Appearance;

/**
 * One head's attention as a large map: labelled on both sides, with a cross hair under the pointer and a ring on the
 * chosen cell. A click chooses a cell, another click on it lets it go, arrows move it. The map is one control; its
 * cells are pixels of an image, painted without smoothing, and the pointer repaints only a layer above.
 */
public final class HeatCanvas extends Region {

    private static final Font TIP = Painter.font(12, 0);
    private static final Font AXIS = Painter.font(12, 1);
    private static final Font VALUE = Painter.font(11, 0);
    private static final double NARROWEST_WRITTEN = 32;
    private static final double LOWEST_WRITTEN = 18;
    private static final double LEAST_WRITTEN = 0.005;
    private static final double SMALLEST_STEP = 4;
    private static final double LARGE = 10_000;
    /** By which an axis's title may be longer than the map. */
    private static final double LABEL_ROOM = 24;
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
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        picture.addListener((observed, before, now) -> {
            images.clear();
            requestLayout();
            if (getParent() != null) {
                getParent().requestLayout();
            }
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

    /** What it is called, for screen readers. */
    public void setName(String name) {
        this.name = name;
        paintOver();
    }

    /** Whether it does with the least labels, in very little room. */
    public void setDense(boolean dense) {
        density = dense ? HeatLayout.Density.DENSE : usual;
        requestLayout();
    }

    /** Leaves out what is said of the pointed-at cell, where that stands elsewhere. */
    public void withoutTips() {
        tips = false;
    }

    /** Keeps room for another picture's labels too, so that maps side by side are of one size. */
    public void labelLike(HeatPicture other) {
        labelledLike = other;
        requestLayout();
    }

    private HeatLayout layout(double width, double height) {
        return HeatLayout.of(picture.get(), labelledLike == null ? picture.get() : labelledLike, width, height,
            density, zoom.get());
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

    private void press(KeyEvent event) {
        if (picture.get() == null) {
            return;
        }
        Cell from = locked.get().orElse(new Cell(picture.get().matrix().rows() - 1, 0));
        Optional<Cell> to = switch (event.getCode()) {
            case LEFT -> moved(from, 0, -1);
            case RIGHT -> moved(from, 0, 1);
            case UP -> moved(from, -1, 0);
            case DOWN -> moved(from, 1, 0);
            default -> Optional.empty();
        };
        to.ifPresent(cell -> {
            locked.set(to);
            reveal(cell);
            event.consume();
        });
    }

    /** The neighbouring cell, in the future too. */
    Optional<Cell> neighbour(Cell from, int down, int right) {
        return Optional.ofNullable(picture.get()).map(HeatPicture::matrix).map(matrix -> new Cell(
            Math.max(0, Math.min(matrix.rows() - 1, from.row() + down)),
            Math.max(0, Math.min(matrix.columns() - 1, from.column() + right))));
    }

    /** The neighbouring cell; along the edge of the future the cursor slides down the diagonal. */
    private Optional<Cell> moved(Cell from, int down, int right) {
        Matrix matrix = picture.get().matrix();
        int row = Math.max(0, Math.min(matrix.rows() - 1, from.row() + down));
        int column = Math.max(0, Math.min(matrix.columns() - 1, from.column() + right));
        return Optional.of(matrix.isCausal() && column > row ? new Cell(row, row) : new Cell(row, column));
    }

    /** What keys have moved to must not stay outside of what is seen. */
    private void reveal(Cell cell) {
        if (!layout.isSeen(cell)) {
            double side = zoom.get().side();
            double x = (cell.column() + 0.5) / layout.columns();
            double y = (cell.row() + 0.5) / layout.rows();
            double left = zoom.get().left();
            double top = zoom.get().top();
            zoom.set(new Zoom(x < left || x > left + side ? x - side / 2 : left,
                y < top || y > top + side ? y - side / 2 : top, side));
        }
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
        g.save();
        g.beginPath();
        g.rect(layout.left(), layout.top(), layout.width(), layout.height());
        g.clip();
        paintImage(g);
        paintStates(g, theme);
        paintClipped(g, theme);
        paintValues(g);
        g.restore();
        paintFrame(g, theme);
        Minimap.of(layout, zoom.get()).ifPresent(minimap -> minimap.paint(g, theme,
            image(picture.get().level(minimap.area().width() / layout.columns())), zoom.get()));
        paintLabels(g, theme);
        paintAxisTitles(g, theme);
    }

    /** Where cells are smaller than pixels, a pixel takes the strongest cell under it. */
    private void paintImage(GraphicsContext g) {
        Image image = image(picture.get().level(layout.cell()));
        Zoom seen = zoom.get();
        g.setImageSmoothing(false);
        g.drawImage(image, seen.left() * image.getWidth(), seen.top() * image.getHeight(),
            seen.side() * image.getWidth(), seen.side() * image.getHeight(), layout.left(), layout.top(),
            layout.width(), layout.height());
    }

    private Image image(int level) {
        return images.computeIfAbsent(level, missing -> Painter.image(picture.get().levels().get(missing)));
    }

    /** Hatching where nothing is computed yet, dots where both runs are the same by causality, crosses for NaN. */
    private void paintStates(GraphicsContext g, Theme theme) {
        Matrix matrix = picture.get().matrix();
        for (CellState state : matrix.states()) {
            Patterns.of(matrix, state, layout.whole(), theme.pattern()).ifPresent(pattern -> Marks.paint(g, pattern));
        }
    }

    /** A line within cells whose colour does not tell their size, since they lie beyond the scale. */
    private void paintClipped(GraphicsContext g, Theme theme) {
        Matrix matrix = picture.get().matrix();
        if (layout.cell() < SMALLEST_STEP) {
            return;
        }
        for (int row = layout.fromRow(); row < layout.toRow(); row++) {
            for (int column = layout.fromColumn(); column < layout.toColumn(); column++) {
                if (matrix.hasValue(row, column)
                    && picture.get().shading().scale().clips(matrix.value(row, column))) {
                    Painter.box(g, layout.x(column) + 1, layout.y(row) + 1, layout.cellWidth() - 2,
                        layout.cellHeight() - 2, theme.ink(), 1.5);
                }
            }
        }
    }

    private void paintFrame(GraphicsContext g, Theme theme) {
        double left = layout.left() - 0.5;
        double right = layout.left() + layout.width() + 0.5;
        double top = layout.top() - 0.5;
        double bottom = layout.top() + layout.height() + 0.5;
        g.setStroke(Painter.color(theme.axis()));
        g.setLineWidth(1);
        boolean open = picture.get().matrix().isCausal() && zoom.get().isWhole();
        g.beginPath();
        g.moveTo(left, top);
        if (!open) {
            g.lineTo(right, top);
        } else if (layout.cell() >= SMALLEST_STEP) {
            paintSteps(g);
        }
        g.lineTo(right, bottom);
        g.lineTo(left, bottom);
        g.closePath();
        g.stroke();
        if (!open && picture.get().matrix().isCausal()) {
            paintEdgeOfTheFuture(g);
        }
    }

    private void paintSteps(GraphicsContext g) {
        for (int step = layout.fromRow(); step < layout.toRow(); step++) {
            g.lineTo(layout.x(step + 1) + 0.5, layout.y(step) - 0.5);
            g.lineTo(layout.x(step + 1) + 0.5, layout.y(step + 1) - 0.5);
        }
    }

    /** The staircase where the part that is seen is cut from the rest. */
    private void paintEdgeOfTheFuture(GraphicsContext g) {
        g.save();
        g.beginPath();
        g.rect(layout.left(), layout.top(), layout.width(), layout.height());
        g.clip();
        g.beginPath();
        g.moveTo(layout.x(layout.fromRow()), layout.y(layout.fromRow()) - 0.5);
        if (layout.cell() >= SMALLEST_STEP) {
            paintSteps(g);
        } else {
            g.lineTo(layout.x(layout.toRow()), layout.y(layout.toRow()));
        }
        g.stroke();
        g.restore();
    }

    private void paintValues(GraphicsContext g) {
        Matrix matrix = picture.get().matrix();
        if (!isWritten()) {
            return;
        }
        for (int row = layout.fromRow(); row < layout.toRow(); row++) {
            float rowMax = matrix.rowMax(row);
            for (int column = layout.fromColumn(); column < layout.toColumn(); column++) {
                if (layout.isSeen(new Cell(row, column)) && matrix.hasValue(row, column)
                    && Math.abs(matrix.value(row, column)) >= LEAST_WRITTEN) {
                    float value = matrix.value(row, column);
                    int ink = Rgb.inkOn(picture.get().shading().argb(value, rowMax));
                    Painter.text(g, brief(value), layout.middleX(column), layout.middleY(row), TextAlignment.CENTER,
                        VALUE, ink);
                }
            }
        }
    }

    private boolean isWritten() {
        return layout.cellWidth() >= NARROWEST_WRITTEN && layout.cellHeight() >= LOWEST_WRITTEN;
    }

    /** Two digits, without the zero before the point: cells are narrow. */
    private static String brief(float value) {
        return String.format(Locale.ROOT, "%.2f", value).replace("0.", ".").replace('-', '−');
    }

    /** An axis's title without what stands in brackets. */
    private static String brief(Axis axis) {
        return axis.title().replaceAll(" \\(.*", "");
    }

    private void paintAxisTitles(GraphicsContext g, Theme theme) {
        if (!density.isTitled()) {
            return;
        }
        double below = layout.top() + layout.height() + layout.columnLabels() + HeatLayout.LABEL_GAP
            + HeatLayout.AXIS_TITLE / 2;
        double middle = layout.left() + layout.width() / 2;
        if (layout.axisTitle() == 0) {
            String both = "%s ↓  %s →".formatted(brief(picture.get().rowAxis()), brief(picture.get().columnAxis()));
            double half = Painter.width(both, AXIS) / 2;
            Painter.text(g, both, Math.max(half, Math.min(getWidth() - half, middle)), below, TextAlignment.CENTER,
                AXIS, theme.muted());
            return;
        }
        Painter.text(g, titled(picture.get().columnAxis(), layout.everyColumn(), layout.width()), middle, below,
            TextAlignment.CENTER, AXIS, theme.muted());
        Painter.textUpwards(g, titled(picture.get().rowAxis(), layout.everyRow(), layout.height()),
            layout.left() - layout.rowLabels() - HeatLayout.LABEL_GAP - HeatLayout.AXIS_TITLE / 2,
            layout.top() + layout.height() / 2, TextAlignment.CENTER, AXIS, theme.muted());
    }

    /** As much as there is room for along the map. */
    private static String titled(Axis axis, int every, double room) {
        String few = every == 1 ? "" : ", 1 in %d labelled".formatted(every);
        return Stream.of(axis.title() + few, brief(axis) + few)
            .filter(title -> Painter.width(title, AXIS) <= room + LABEL_ROOM).findFirst().orElse(brief(axis));
    }

    private void paintRowLabel(GraphicsContext g, int row, Font font, int argb) {
        String text = Painter.fitted(picture.get().rows().get(row), font, layout.rowLabels());
        Painter.text(g, text, layout.left() - HeatLayout.LABEL_GAP, layout.middleY(row),
            TextAlignment.RIGHT, font, argb);
    }

    private void paintColumnLabel(GraphicsContext g, int column, Font font, int argb) {
        double x = layout.middleX(column);
        double y = layout.top() + layout.height() + HeatLayout.LABEL_GAP;
        String text = picture.get().columns().get(column);
        if (layout.turned()) {
            Painter.textUpwards(g, Painter.fitted(text, font, layout.columnLabels()), x, y, TextAlignment.RIGHT, font, argb);
        } else {
            Painter.text(g, text, x, y + 7, TextAlignment.CENTER, font, argb);
        }
    }

    // ---- what lies over it ----

    private void paintOver() {
        setAccessibleText(layout == null || picture.get() == null ? name : Stream.of(hovered.get(), locked.get()).flatMap(Optional::stream)
            .filter(this::isInside).findFirst().map(this::spoken).map(words -> name + ", " + words)
            .orElse(name));
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
        paintLabels(g, theme, cells);
        MarkPainter painter = new MarkPainter(g, theme, layout, picture.get().matrix());
        painter.marks(marks.get());
        range.get().map(reach).ifPresent(painter::range);
        band.ifPresent(area -> Painter.box(g, area.x(), area.y(), area.width(), area.height(), theme.accent(), 1.5));
        if (picture.get().matrix().isCausal() || !isWritten()) {
            // It would strike the values out, which stand everywhere else.
            cells.forEach(cell -> paintCrossHair(g, theme, cell));
        }
        locked.get().filter(this::isInside).ifPresent(cell -> paintRing(g, theme, cell));
        hovered.get().filter(this::isInside).ifPresent(cell -> {
            Painter.box(g, layout.x(cell.column()), layout.y(cell.row()), layout.cellWidth(),
                layout.cellHeight(), theme.ink(), 1);
            if (tips) {
                paintValue(g, theme, cell);
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

    private boolean isInside(Cell cell) {
        return layout.isSeen(cell);
    }

    /** As many tokens as there is room for, and those that are looked for. */
    private void paintLabels(GraphicsContext g, Theme theme) {
        Set<Integer> marked = found.get().positions();
        int every = layout.everyRow();
        for (int row = firstOf(layout.fromRow(), every); row < layout.toRow(); row += every) {
            if (layout.seesRow(row) && isFree(marked, row, every)) {
                paintRowLabel(g, row, density.font(), theme.ink());
            }
        }
        boolean under = layout.columnLabels() > 0;
        every = layout.everyColumn();
        for (int column = firstOf(layout.fromColumn(), every); under && column < layout.toColumn(); column += every) {
            if (layout.seesColumn(column) && isFree(marked, column, every)) {
                paintColumnLabel(g, column, density.font(), theme.ink());
            }
        }
        paintFound(g, theme, under);
    }

    /** The first place from one on that has a label. */
    private static int firstOf(int from, int every) {
        return (from + every - 1) / every * every;
    }

    private static boolean isFree(Set<Integer> marked, int position, int every) {
        for (int near = position - every + 1; near < position + every; near++) {
            if (marked.contains(near)) {
                return false;
            }
        }
        return true;
    }

    /** A wedge at every token that is looked for, and the word where the one before leaves it room. */
    private void paintFound(GraphicsContext g, Theme theme, boolean under) {
        int lastRow = Integer.MIN_VALUE / 2;
        int lastColumn = Integer.MIN_VALUE / 2;
        for (int position : found.get().positions()) {
            boolean isCurrent = found.get().current().filter(now -> now == position).isPresent();
            Font font = isCurrent ? density.strong() : density.font();
            if (layout.seesRow(position)) {
                paintWedge(g, theme, layout.left(), layout.middleY(position), false);
                if (position - lastRow >= layout.everyRow()) {
                    paintRowLabel(g, position, font, theme.accent());
                    lastRow = position;
                }
            }
            if (layout.seesColumn(position)) {
                paintWedge(g, theme, layout.middleX(position), layout.top() + layout.height(), true);
                if (under && position - lastColumn >= layout.everyColumn()) {
                    paintColumnLabel(g, position, font, theme.accent());
                    lastColumn = position;
                }
            }
        }
    }

    private static void paintWedge(GraphicsContext g, Theme theme, double x, double y, boolean upwards) {
        g.setFill(Painter.color(theme.accent()));
        if (upwards) {
            g.fillPolygon(new double[] {x - 3, x, x + 3}, new double[] {y + 5, y, y + 5}, 3);
        } else {
            g.fillPolygon(new double[] {x - 5, x, x - 5}, new double[] {y - 3, y, y + 3}, 3);
        }
    }

    /** The tokens of the cells that are pointed at stand out; what they cover of their neighbours gives way. */
    private void paintLabels(GraphicsContext g, Theme theme, List<Cell> cells) {
        for (Cell cell : cells) {
            if (layout.seesRow(cell.row())) {
                g.setFill(Painter.color(theme.background()));
                g.fillRect(layout.left() - HeatLayout.LABEL_GAP - layout.rowLabels(), layout.middleY(cell.row()) - 8,
                    layout.rowLabels() + 2, 16);
                paintRowLabel(g, cell.row(), density.strong(), theme.accent());
            }
            if (layout.columnLabels() > 0 && layout.seesColumn(cell.column())) {
                paintPointedColumn(g, theme, cell.column());
            }
        }
    }

    private void paintPointedColumn(GraphicsContext g, Theme theme, int column) {
        double half = layout.turned() ? 8
            : Painter.width(picture.get().columns().get(column), density.strong()) / 2 + 2;
        g.setFill(Painter.color(theme.background()));
        g.fillRect(layout.middleX(column) - half, layout.top() + layout.height() + HeatLayout.LABEL_GAP - 2, 2 * half,
            layout.columnLabels() + 2);
        paintColumnLabel(g, column, density.strong(), theme.accent());
    }

    private void paintCrossHair(GraphicsContext g, Theme theme, Cell cell) {
        double middleX = layout.middleX(cell.column());
        double middleY = layout.middleY(cell.row());
        double edge = layout.y(cell.row() + 1);
        double bottom = layout.top() + layout.height();
        if (layout.x(cell.column()) > layout.left()) {
            Painter.line(g, layout.left(), middleY, layout.x(cell.column()), middleY, theme.accent(), 1);
        }
        if (edge < bottom) {
            Painter.line(g, middleX, edge, middleX, bottom, theme.accent(), 1);
        }
    }

    private void paintRing(GraphicsContext g, Theme theme, Cell cell) {
        double x = layout.x(cell.column());
        double y = layout.y(cell.row());
        Painter.box(g, x - 1.5, y - 1.5, layout.cellWidth() + 3, layout.cellHeight() + 3, theme.background(), 1);
        Painter.box(g, x, y, layout.cellWidth(), layout.cellHeight(), theme.accent(), 2);
    }

    private void paintValue(GraphicsContext g, Theme theme, Cell cell) {
        String text = words(cell);
        double width = Painter.width(text, TIP) + 16;
        double x = Math.max(0, Math.min(over.getWidth() - width, layout.x(cell.column() + 1) + 8));
        double y = layout.y(cell.row()) - 32 < 0 ? layout.y(cell.row() + 1) + 8 : layout.y(cell.row()) - 32;
        g.setFill(Painter.color(theme.background()));
        g.fillRoundRect(x, y, width, 24, 8, 8);
        g.setStroke(Painter.color(theme.axis()));
        g.setLineWidth(1);
        g.strokeRoundRect(x + 0.5, y + 0.5, width - 1, 23, 8, 8);
        Painter.text(g, text, x + 8, y + 12, TextAlignment.LEFT, TIP, theme.ink());
    }
}
