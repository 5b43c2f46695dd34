package org.headscope.window.headmap;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.headscope.figure.Cell;
import org.headscope.figure.Theme;
import org.headscope.window.control.Painter;
import org.headscope.window.detect.Drawn;
import org.headscope.window.theme.Appearance;

/**
 * The triangle to draw in: pressing the pointer marks a cell or takes its mark away, dragging goes on with the same;
 * arrows move a cursor and Space marks. In long prompts a stroke covers a square of cells.
 */
final class TargetCanvas extends Region {

    private static final Font AXIS = Painter.font(10, 1);
    private static final double SIDE = 120;
    private static final double LEFT = 16;
    private static final double BELOW = 16;
    /** Below this a cell could not be hit. */
    private static final double LEAST_CELL = 4;
    private static final double LARGEST_CELL = 20;

    private final Appearance appearance;
    private final Canvas canvas = new Canvas(LEFT + SIDE + 2, SIDE + BELOW + 2);
    private final ReadOnlyObjectWrapper<Cell> cursor = new ReadOnlyObjectWrapper<>(new Cell(0, 0));
    private Drawn drawn = Drawn.empty(1);
    private List<String> labels = List.of();
    private boolean marking;
    private Consumer<Drawn> onDraw = now -> { };

    TargetCanvas(Appearance appearance) {
        this.appearance = appearance;
        setId("target");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        canvas.setManaged(false);
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            requestFocus();
            marking = !isMarked(at(event));
            stroke(at(event));
        });
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> stroke(at(event)));
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> move(at(event)));
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        focusedProperty().addListener((observed, before, now) -> paint());
        appearance.themeProperty().addListener((observed, before, now) -> paint());
    }

    /** Told of every mark that is set or taken away. */
    void setOnDraw(Consumer<Drawn> action) {
        onDraw = action;
    }

    /** The cell that keys act on, the first of its square. */
    ReadOnlyObjectProperty<Cell> chosenProperty() {
        return cursor.getReadOnlyProperty();
    }

    /** @param names of the tokens; empty while they are not known */
    void show(Drawn now, List<String> names) {
        boolean isOther = now.size() != drawn.size();
        drawn = now;
        labels = List.copyOf(names);
        if (isOther) {
            cursor.set(new Cell(0, 0));
            requestLayout();
        }
        paint();
    }

    /** The cursor's cell in words. */
    String words() {
        Cell cell = cursor.get();
        return labels.isEmpty() ? "" : "%s (%d) → %s (%d): %s".formatted(labels.get(cell.row()), cell.row(),
            labels.get(cell.column()), cell.column(), isMarked(cell) ? "marked" : "not marked");
    }

    // ---- where cells are ----

    private int step() {
        return (int) Math.ceil(drawn.size() * LEAST_CELL / SIDE);
    }

    private double cell() {
        return Math.min(LARGEST_CELL, SIDE / drawn.size());
    }

    private double side() {
        return cell() * drawn.size();
    }

    /** The cell under the pointer, at its nearest in the triangle, and the first of its square. */
    private Cell at(MouseEvent event) {
        return inside((int) Math.floor(event.getY() / cell()), (int) Math.floor((event.getX() - LEFT) / cell()));
    }

    private Cell inside(int query, int key) {
        int row = Math.max(0, Math.min(drawn.size() - 1, query));
        int column = Math.max(0, Math.min(row, key));
        return new Cell(row / step() * step(), column / step() * step());
    }

    private boolean isMarked(Cell cell) {
        return drawn.isMarked(cell.row(), cell.column());
    }

    // ---- what a person does ----

    private void stroke(Cell cell) {
        cursor.set(cell);
        if (isMarked(cell) != marking) {
            onDraw.accept(drawn.with(cell.row(), cell.column(), step(), marking));
        }
        paint();
    }

    private void move(Cell cell) {
        cursor.set(cell);
        paint();
    }

    private void press(KeyEvent event) {
        Cell from = cursor.get();
        switch (event.getCode()) {
            case LEFT -> move(inside(from.row(), from.column() - step()));
            case RIGHT -> move(inside(from.row(), from.column() + step()));
            case UP -> move(inside(from.row() - step(), from.column()));
            case DOWN -> move(inside(from.row() + step(), from.column()));
            case SPACE, ENTER -> {
                marking = !isMarked(from);
                stroke(from);
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    // ---- painting ----

    @Override
    protected double computePrefHeight(double width) {
        return side() + BELOW + 2;
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEFT + SIDE + 2;
    }

    @Override
    protected double computeMinWidth(double height) {
        return computePrefWidth(height);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    private void paint() {
        setAccessibleText("Drawn target, " + words());
        Theme theme = appearance.themeProperty().get();
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        for (int query = 0; query < drawn.size(); query++) {
            for (int key = 0; key <= query; key++) {
                paint(g, theme, query, key);
            }
        }
        Painter.text(g, "Key →", LEFT + side() / 2, side() + BELOW / 2 + 2, TextAlignment.CENTER, AXIS,
            theme.muted());
        Painter.textUpwards(g, "← Query", LEFT / 2 - 2, side() / 2, TextAlignment.CENTER, AXIS, theme.muted());
        double square = cell() * step();
        Painter.box(g, LEFT + cursor.get().column() * cell() + 0.5, cursor.get().row() * cell() + 0.5, square, square,
            isFocused() ? theme.accent() : theme.ink(), isFocused() ? 2 : 1);
    }

    private void paint(GraphicsContext g, Theme theme, int query, int key) {
        double x = LEFT + key * cell();
        double y = query * cell();
        if (drawn.isMarked(query, key)) {
            g.setFill(Painter.color(theme.clean()));
            g.fillRect(x + 0.5, y + 0.5, cell(), cell());
        }
        if (cell() >= LEAST_CELL) {
            Painter.box(g, x + 0.5, y + 0.5, cell(), cell(), theme.axis(), 0.5);
        } else if (key == query) {
            Painter.line(g, x, y, x + cell(), y + cell(), theme.axis(), 1);
        }
    }
}
