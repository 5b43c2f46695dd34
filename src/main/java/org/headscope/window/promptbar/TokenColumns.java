package org.headscope.window.promptbar;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Alignment;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.window.control.Found;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;

/**
 * The tokens of both prompts as chips, one column a position, so that what differs stands one above the other. Arrows
 * move among the chips, Enter or F2 or a double click edits one, Delete takes it out.
 */
final class TokenColumns extends ListView<TokenColumns.Column> {

    private static final double ROW = 24;
    private static final double SCROLL_BAR = 14;
    private static final PseudoClass BOS = PseudoClass.getPseudoClass("bos");
    private static final PseudoClass SAME = PseudoClass.getPseudoClass("same");
    private static final PseudoClass CLEAN = PseudoClass.getPseudoClass("clean");
    private static final PseudoClass CORRUPT = PseudoClass.getPseudoClass("corrupt");
    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
    private static final PseudoClass BEYOND = PseudoClass.getPseudoClass("beyond");
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    /** One position; a token is absent where its prompt has a gap. */
    record Column(Optional<Chip> clean, Optional<Chip> corrupt, boolean hasClean, boolean hasCorrupt) {

        boolean two() {
            return hasClean && hasCorrupt;
        }

        boolean differs() {
            return two() && !clean.map(Chip::id).equals(corrupt.map(Chip::id));
        }

        Optional<Chip> chip(Side side) {
            return side == Side.CLEAN ? clean : corrupt;
        }

        /** Of its tokens in their prompts. */
        Stream<Integer> positions() {
            return Stream.of(clean, corrupt).flatMap(Optional::stream).map(chip -> chip.token().index());
        }

        boolean has(Side side) {
            return side == Side.CLEAN ? hasClean : hasCorrupt;
        }
    }

    /**
     * One token of one prompt.
     *
     * @param beyond whether it is past what the model reads
     */
    record Chip(String label, Token token, boolean bos, boolean beyond) {

        int id() {
            return token.id();
        }

        /** Put together only for chips that are seen, since a prompt may have very many. */
        String tooltip() {
            return "position %d, id %d, bytes %s%s".formatted(token.index(), token.id(),
                HexFormat.ofDelimiter(" ").formatHex(token.bytes()), beyond ? "; past what the model reads" : "");
        }
    }

    /** Where the keys are. */
    private record Place(Side side, int column) {
    }

    private Found found = Found.NOTHING;
    private int rows = 1;
    private boolean scrolls;
    private Place cursor = new Place(Side.CLEAN, 0);
    private BiConsumer<Side, Integer> onEdit = (side, position) -> { };
    private BiConsumer<Side, Integer> onRemove = (side, position) -> { };

    TokenColumns() {
        setId("token-columns");
        getStyleClass().add("token-columns");
        setOrientation(Orientation.HORIZONTAL);
        setAccessibleText("Tokens of both prompts");
        setAccessibleHelp("Arrows move, Enter edits the token, Delete takes it out");
        setCellFactory(list -> new ColumnCell());
        setSelectionModel(null);
        setFixedHeight(1);
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        focusedProperty().addListener((observed, before, now) -> tellCursor());
    }

    /** Told of the position of a token that is to be edited. */
    void setOnEdit(BiConsumer<Side, Integer> action) {
        onEdit = action;
    }

    /** Told of the position of a token that is to be taken out. */
    void setOnRemove(BiConsumer<Side, Integer> action) {
        onRemove = action;
    }

    /** @param limit the most tokens that the model reads */
    void show(Optional<Prompt> clean, Optional<Prompt> corrupt, int limit) {
        List<Column> columns;
        if (clean.isPresent() && corrupt.isPresent()) {
            columns = Alignment.of(clean.get(), corrupt.get()).columns().stream()
                .map(column -> new Column(chip(clean.get(), column.clean(), limit),
                    chip(corrupt.get(), column.corrupt(), limit), true, true)).toList();
        } else {
            int length = Stream.of(clean, corrupt).flatMap(Optional::stream).mapToInt(Prompt::size).max().orElse(0);
            columns = IntStream.range(0, length).mapToObj(position -> new Column(
                clean.flatMap(prompt -> chip(prompt, position, limit)),
                corrupt.flatMap(prompt -> chip(prompt, position, limit)), clean.isPresent(), corrupt.isPresent()))
                .toList();
        }
        if (!columns.equals(getItems())) {
            getItems().setAll(columns);
        }
        setFixedHeight(clean.isPresent() && corrupt.isPresent() ? 2 : 1);
        keepCursorInside();
    }

    /** Marks the tokens that are looked for, and shows the current one. */
    void mark(Found now) {
        boolean moved = !now.current().equals(found.current());
        found = now;
        refresh();
        now.current().filter(position -> moved).map(position -> Math.max(column(Side.CLEAN, position),
            column(Side.CORRUPT, position))).filter(column -> column >= 0).ifPresent(this::scrollTo);
    }

    private boolean isFound(Column column) {
        return column.positions().anyMatch(found.positions()::contains);
    }

    private boolean isCurrent(Column column) {
        return found.current().filter(now -> column.positions().anyMatch(now::equals)).isPresent();
    }

    private static Optional<Chip> chip(Prompt prompt, int position, int limit) {
        if (position == Alignment.GAP) {
            return Optional.empty();
        }
        Token token = prompt.tokens().get(position);
        return Optional.of(new Chip(prompt.label(token), token, prompt.bos() && position == 0, position >= limit));
    }

    // ---- keys ----

    private void press(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown() || getItems().isEmpty()) {
            return;
        }
        switch (event.getCode()) {
            case LEFT -> move(cursor.side(), cursor.column() - 1);
            case RIGHT -> move(cursor.side(), cursor.column() + 1);
            case UP -> move(Side.CLEAN, cursor.column());
            case DOWN -> move(Side.CORRUPT, cursor.column());
            case HOME -> move(cursor.side(), 0);
            case END -> move(cursor.side(), getItems().size() - 1);
            case ENTER, F2 -> chosen().ifPresent(chip -> onEdit.accept(cursor.side(), chip.token().index()));
            case DELETE, BACK_SPACE -> chosen().ifPresent(chip -> onRemove.accept(cursor.side(),
                chip.token().index()));
            default -> {
                return;
            }
        }
        event.consume();
    }

    private Optional<Chip> chosen() {
        return getItems().get(cursor.column()).chip(cursor.side());
    }

    private void move(Side side, int column) {
        cursor = new Place(side, column);
        keepCursorInside();
        if (!isSeen(cursor.column())) {
            scrollTo(Math.max(0, cursor.column() - 2));
        }
    }

    /** Moves to a token, and scrolls where it is not seen. */
    void reveal(Side side, int position) {
        move(side, column(side, position));
        layout();
    }

    private int column(Side side, int position) {
        return IntStream.range(0, getItems().size()).filter(i -> getItems().get(i).chip(side)
            .filter(chip -> chip.token().index() == position).isPresent()).findFirst().orElse(-1);
    }

    private void keepCursorInside() {
        if (!getItems().isEmpty()) {
            int column = Math.max(0, Math.min(cursor.column(), getItems().size() - 1));
            Column at = getItems().get(column);
            cursor = new Place(at.has(cursor.side()) ? cursor.side() : cursor.side().other(), column);
        }
        tellCursor();
    }

    private boolean isSeen(int column) {
        return lookupAll(".token").stream().filter(chip -> chip.getUserData() instanceof Place place
            && place.column() == column && chip.isVisible()).anyMatch(chip -> {
                Bounds bounds = sceneToLocal(chip.localToScene(chip.getLayoutBounds()));
                return bounds.getMinX() >= 0 && bounds.getMaxX() <= getWidth();
            });
    }

    private void tellCursor() {
        setAccessibleText(getItems().isEmpty() || !isFocused() ? "Tokens of both prompts"
            : "%s, %s".formatted(cursor.side().word(), chosen().map(chip -> "token %d, %s".formatted(
                chip.token().index(), chip.label())).orElse("gap")));
        lookupAll(".token").forEach(this::markChosen);
    }

    private void markChosen(Node chip) {
        chip.pseudoClassStateChanged(CHOSEN, isFocused() && Objects.equals(chip.getUserData(), cursor));
    }

    /** The chip of a token; empty while it is not seen. */
    Optional<Node> find(Side side, int position) {
        int column = column(side, position);
        return lookupAll(".token").stream().filter(chip -> new Place(side, column).equals(chip.getUserData()))
            .findFirst();
    }

    // ---- size ----

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        boolean overflows = lookupAll(".scroll-bar").stream().anyMatch(
            bar -> bar instanceof ScrollBar scroll && scroll.getOrientation() == Orientation.HORIZONTAL
                && scroll.isVisible());
        if (overflows != scrolls) {
            scrolls = overflows;
            setFixedHeight(rows);
        }
    }

    private void setFixedHeight(int count) {
        rows = count;
        double height = rows * (ROW + 4) + 4 + (scrolls ? SCROLL_BAR : 0);
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
    }

    private final class ColumnCell extends ListCell<Column> {

        private final Label clean = chip(Side.CLEAN);
        private final Label corrupt = chip(Side.CORRUPT);
        private final VBox column = new VBox(4, clean, corrupt);

        ColumnCell() {
            setText(null);
        }

        private Label chip(Side side) {
            Label chip = Parts.label("", "token");
            chip.setMinHeight(ROW);
            chip.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
                TokenColumns.this.requestFocus();
                move(side, getIndex());
                if (event.getClickCount() == 2) {
                    chosen().ifPresent(found -> onEdit.accept(side, found.token().index()));
                }
            });
            return chip;
        }

        @Override
        protected void updateItem(Column item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(empty || item == null ? null : column);
            pseudoClassStateChanged(FOUND, !empty && item != null && isFound(item));
            pseudoClassStateChanged(CURRENT, !empty && item != null && isCurrent(item));
            if (!empty && item != null) {
                fill(clean, Side.CLEAN, item, CLEAN);
                fill(corrupt, Side.CORRUPT, item, CORRUPT);
            }
        }

        private void fill(Label label, Side side, Column column, PseudoClass whose) {
            Optional<Chip> chip = column.chip(side);
            label.setManaged(column.has(side));
            label.setVisible(column.has(side));
            label.setText(chip.map(Chip::label).orElse("gap"));
            Tips.on(label, chip.map(Chip::tooltip)
                .orElse("This prompt has no token here; pad it or trim the other one"));
            label.pseudoClassStateChanged(BOS, chip.filter(Chip::bos).isPresent());
            label.pseudoClassStateChanged(BEYOND, chip.filter(Chip::beyond).isPresent());
            label.pseudoClassStateChanged(ABSENT, chip.isEmpty());
            label.pseudoClassStateChanged(SAME, column.two() && !column.differs());
            label.pseudoClassStateChanged(whose, chip.isPresent() && column.differs());
            label.setUserData(new Place(side, getIndex()));
            markChosen(label);
        }
    }
}
