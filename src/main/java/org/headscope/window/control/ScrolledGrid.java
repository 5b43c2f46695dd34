package org.headscope.window.control;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Cell;
import org.headscope.figure.TokenGrid;
import org.headscope.window.theme.Appearance;

/** A {@link TokenGrid} of which as many columns are drawn as can be read; the others are scrolled to. */
public final class ScrolledGrid extends VBox {

    /** More columns would make a picture that nobody can open. */
    private static final int MOST_TAKEN = 128;

    private final ChartView view;
    private final ScrollBar bar = new ScrollBar();
    private final ObjectProperty<Optional<Cell>> hovered = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Cell>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private BiFunction<Integer, Integer, TokenGrid> make;
    private int columns;
    private int count;
    private boolean showing;

    /** @param name what it is called, for screen readers */
    public ScrolledGrid(Appearance appearance, String name, String id) {
        view = new ChartView(appearance, name);
        view.setId(id);
        ScrollPane rows = new ScrollPane(view);
        rows.getStyleClass().add("plain-scroll");
        rows.setFitToWidth(true);
        rows.setFitToHeight(true);
        rows.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        rows.setFocusTraversable(false);
        VBox.setVgrow(rows, Priority.ALWAYS);
        bar.setUnitIncrement(1);
        bar.setMinHeight(USE_PREF_SIZE);
        Parts.hideWhile(bar, bar.maxProperty().map(max -> max.intValue() == 0));
        getChildren().addAll(rows, bar);
        setMinHeight(0);
        widthProperty().addListener((observed, before, now) -> draw());
        bar.valueProperty().addListener((observed, before, now) -> draw());
        view.hoveredProperty().addListener((observed, before, now) -> hovered.set(now.map(this::absolute)));
        view.chosenProperty().addListener((observed, before, now) -> {
            if (!showing) {
                chosen.set(now.map(this::absolute));
            }
        });
        chosen.addListener((observed, before, now) -> showChosen());
        view.addEventFilter(KeyEvent.KEY_PRESSED, this::scrollAhead);
        view.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaX() != 0) {
                scrollTo(first() - (int) Math.signum(event.getDeltaX()));
            }
        });
    }

    /** The control that takes the keys. */
    public ChartView view() {
        return view;
    }

    /** The cell under the pointer, its column counted from the first one. */
    public ObjectProperty<Optional<Cell>> hoveredProperty() {
        return hovered;
    }

    /** The cell that was chosen, its column counted from the first one. */
    public ObjectProperty<Optional<Cell>> chosenProperty() {
        return chosen;
    }

    /** What is said of a cell to screen readers. */
    public void setWords(Function<Cell, String> words) {
        view.setWords(cell -> words.apply(absolute(cell)));
    }

    /**
     * Shows another grid.
     *
     * @param columnCount of all of it
     * @param part makes a part of it: from a column on so many
     * @param end whether its last columns matter most
     */
    public void show(int columnCount, BiFunction<Integer, Integer, TokenGrid> part, boolean end) {
        boolean other = columnCount != columns;
        columns = columnCount;
        make = part;
        draw();
        if (other && end) {
            scrollTo(columns - count);
        }
    }

    /** The first column that is drawn. */
    public int first() {
        return (int) Math.round(bar.getValue());
    }

    /** The first column of what is taken away: all of them, or what is seen of very many. */
    public int firstTaken() {
        return columns <= MOST_TAKEN ? 0 : first();
    }

    /** How many columns are taken away. */
    public int countTaken() {
        return columns <= MOST_TAKEN ? columns : count;
    }

    private void scrollTo(int column) {
        bar.setValue(Math.max(0, Math.min(bar.getMax(), column)));
    }

    private Cell absolute(Cell cell) {
        return new Cell(cell.row(), cell.column() + first());
    }

    private void draw() {
        if (make == null || columns == 0 || getWidth() <= 0) {
            return;
        }
        count = Math.min(columns, make.apply(0, 1).columnsWithin(getWidth()));
        bar.setMax(columns - count);
        bar.setVisibleAmount(columns == count ? 0 : bar.getMax() * count / columns);
        bar.setBlockIncrement(count);
        scrollTo(first());
        view.chartProperty().set(Optional.of(make.apply(first(), count)));
        showChosen();
    }

    private void showChosen() {
        showing = true;
        view.chosenProperty().set(chosen.get().filter(cell -> cell.column() >= first()
            && cell.column() < first() + count).map(cell -> new Cell(cell.row(), cell.column() - first())));
        showing = false;
    }

    /** Makes room for the cell that an arrow is about to move to. */
    private void scrollAhead(KeyEvent event) {
        int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
        chosen.get().filter(cell -> step != 0).ifPresent(cell -> {
            int next = cell.column() + step;
            if (next < first() || next >= first() + count) {
                scrollTo(step < 0 ? next : next - count + 1);
            }
        });
    }
}
