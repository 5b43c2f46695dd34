package org.headscope.window.control;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.headscope.figure.Cell;
import org.headscope.figure.Chart;
import org.headscope.figure.Drawing;
import org.headscope.figure.Mark;
import org.headscope.figure.Theme;
import org.headscope.window.theme.Appearance;

/**
 * Shows a {@link Chart}, as exports draw it, in whatever room there is. The pointer previews a cell, a click chooses
 * it, another click on it lets it go, arrows move it.
 */
public final class ChartView extends Region {

    private static final double LEAST_WIDTH = 160;

    private final Appearance appearance;
    private final String name;
    private final Canvas drawn = new Canvas();
    private final Canvas over = new Canvas();
    private final ObjectProperty<Optional<Chart>> chart = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> hovered = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private Function<Cell, String> words = cell -> "";

    /** @param name what it is called, for screen readers */
    public ChartView(Appearance appearance, String name) {
        this.appearance = appearance;
        this.name = name;
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().addAll(drawn, over);
        over.setMouseTransparent(true);
        drawn.setManaged(false);
        over.setManaged(false);
        drawn.addEventHandler(MouseEvent.MOUSE_MOVED, event -> hovered.set(at(event)));
        drawn.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hovered.set(Optional.empty()));
        drawn.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        chart.addListener((observed, before, now) -> {
            hovered.set(Optional.empty());
            setMinHeight(now.map(Chart::leastHeight).orElse(0.0));
            requestLayout();
        });
        appearance.themeProperty().addListener((observed, before, now) -> requestLayout());
        hovered.addListener((observed, before, now) -> paintOver());
        chosen.addListener((observed, before, now) -> paintOver());
        focusedProperty().addListener((observed, before, now) -> paintOver());
        setMinWidth(LEAST_WIDTH);
    }

    /** Empty where there is nothing to show. */
    public ObjectProperty<Optional<Chart>> chartProperty() {
        return chart;
    }

    /** The cell under the pointer. */
    public ObjectProperty<Optional<Cell>> hoveredProperty() {
        return hovered;
    }

    /** The cell that was chosen. */
    public ObjectProperty<Optional<Cell>> chosenProperty() {
        return chosen;
    }

    /** What is said of a cell to screen readers. */
    public void setWords(Function<Cell, String> words) {
        this.words = words;
        paintOver();
    }

    /** Where the middle of a cell lies in this control, for what wants to point at it. */
    public Point2D middleOf(Cell cell) {
        Mark.Area area = chart.get().orElseThrow().area(cell, getWidth(), getHeight());
        return new Point2D(area.x() + area.width() / 2, area.y() + area.height() / 2);
    }

    private Optional<Cell> at(MouseEvent event) {
        return chart.get().flatMap(now -> now.at(event.getX(), event.getY(), getWidth(), getHeight()));
    }

    private void click(MouseEvent event) {
        requestFocus();
        Optional<Cell> cell = at(event);
        chosen.set(cell.equals(chosen.get()) ? Optional.empty() : cell);
    }

    private void press(KeyEvent event) {
        if (chart.get().isEmpty() || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        int rows = chart.get().get().rows();
        int columns = chart.get().get().columns();
        // The first key begins where the eye looks for the answer.
        Cell from = chosen.get().orElse(new Cell(columns == 1 ? -1 : rows, columns - 1));
        Cell to = switch (event.getCode()) {
            case LEFT -> new Cell(from.row(), from.column() - 1);
            case RIGHT -> new Cell(from.row(), from.column() + 1);
            case UP -> new Cell(from.row() - 1, from.column());
            case DOWN -> new Cell(from.row() + 1, from.column());
            default -> null;
        };
        if (to != null) {
            chosen.set(Optional.of(new Cell(Math.max(0, Math.min(rows - 1, to.row())),
                Math.max(0, Math.min(columns - 1, to.column())))));
            event.consume();
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return getMinHeight();
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEAST_WIDTH;
    }

    @Override
    protected void layoutChildren() {
        for (Canvas canvas : new Canvas[] {drawn, over}) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
        }
        GraphicsContext g = drawn.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        Theme theme = appearance.themeProperty().get();
        chart.get().ifPresent(now -> {
            Drawing drawing = now.draw(theme, getWidth(), getHeight());
            drawing.marks().forEach(mark -> Marks.paint(g, mark));
        });
        paintOver();
    }

    private void paintOver() {
        GraphicsContext g = over.getGraphicsContext2D();
        g.clearRect(0, 0, over.getWidth(), over.getHeight());
        Theme theme = appearance.themeProperty().get();
        hovered.get().filter(this::isThere).ifPresent(cell -> ring(g, cell, theme.ink(), 1, theme.background()));
        chosen.get().filter(this::isThere).ifPresent(cell -> ring(g, cell, theme.accent(), 2, theme.background()));
        if (isFocused()) {
            Painter.box(g, 1, 1, Math.max(0, getWidth() - 2), Math.max(0, getHeight() - 2), theme.accent(), 2);
        }
        setAccessibleText(chosen.get().or(hovered::get).filter(this::isThere)
            .map(cell -> name + ", " + words.apply(cell)).orElse(name));
    }

    private boolean isThere(Cell cell) {
        return chart.get().filter(now -> cell.row() < now.rows() && cell.column() < now.columns()).isPresent();
    }

    /** Between two lines of the background, so that it can be told from cells of any colour. */
    private void ring(GraphicsContext g, Cell cell, int color, double width, int contrast) {
        Mark.Area area = chart.get().orElseThrow().area(cell, getWidth(), getHeight());
        Painter.box(g, area.x() + 1.5, area.y() + 1.5, area.width() - 3, area.height() - 3, contrast, 3);
        Painter.box(g, area.x() + width / 2, area.y() + width / 2, area.width() - width, area.height() - width, color,
            width);
    }
}
