package org.headscope.window.promptbar;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import org.headscope.window.control.Parts;

/** The tokens of both prompts as chips, one column a position, so that what differs stands one above the other. */
final class TokenColumns extends ListView<TokenColumns.Column> {

    private static final double ROW = 24;
    private static final double SCROLL_BAR = 14;
    private static final PseudoClass BOS = PseudoClass.getPseudoClass("bos");
    private static final PseudoClass SAME = PseudoClass.getPseudoClass("same");
    private static final PseudoClass CLEAN = PseudoClass.getPseudoClass("clean");
    private static final PseudoClass CORRUPT = PseudoClass.getPseudoClass("corrupt");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");

    /** One position; a token is absent where its prompt is shorter. */
    record Column(Optional<Chip> clean, Optional<Chip> corrupt, boolean hasClean, boolean hasCorrupt) {

        boolean two() {
            return hasClean && hasCorrupt;
        }

        boolean differs() {
            return two() && !clean.map(Chip::id).equals(corrupt.map(Chip::id));
        }
    }

    /** One token of one prompt. */
    record Chip(String label, Token token, boolean bos) {

        int id() {
            return token.id();
        }

        /** Put together only for chips that are seen, since a prompt may have very many. */
        String tooltip() {
            return "position %d, id %d, bytes %s".formatted(token.index(), token.id(),
                HexFormat.ofDelimiter(" ").formatHex(token.bytes()));
        }
    }

    private int rows = 1;
    private boolean scrolls;

    TokenColumns() {
        setId("token-columns");
        getStyleClass().add("token-columns");
        setOrientation(Orientation.HORIZONTAL);
        setFocusTraversable(false);
        setAccessibleText("Tokens of both prompts");
        setCellFactory(list -> new ColumnCell());
        setSelectionModel(null);
        setFixedHeight(1);
    }

    void show(Optional<Prompt> clean, Optional<Prompt> corrupt) {
        int length = Math.max(clean.map(Prompt::size).orElse(0), corrupt.map(Prompt::size).orElse(0));
        List<Column> columns = IntStream.range(0, length).mapToObj(position -> new Column(chip(clean, position),
            chip(corrupt, position), clean.isPresent(), corrupt.isPresent())).toList();
        if (!columns.equals(getItems())) {
            getItems().setAll(columns);
        }
        setFixedHeight(clean.isPresent() && corrupt.isPresent() ? 2 : 1);
    }

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
        double height = rows * (ROW + 4) + 8 + (scrolls ? SCROLL_BAR : 0);
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
    }

    private static Optional<Chip> chip(Optional<Prompt> prompt, int position) {
        return prompt.filter(p -> position < p.size()).map(p -> {
            Token token = p.tokens().get(position);
            return new Chip(p.label(token), token, p.bos() && position == 0);
        });
    }

    private static final class ColumnCell extends ListCell<Column> {

        private final Label clean = Parts.label("", "token");
        private final Label corrupt = Parts.label("", "token");
        private final VBox column = new VBox(4, clean, corrupt);

        ColumnCell() {
            clean.setMinHeight(ROW);
            corrupt.setMinHeight(ROW);
            setText(null);
        }

        @Override
        protected void updateItem(Column item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(empty || item == null ? null : column);
            if (!empty && item != null) {
                fill(clean, item.clean(), item, CLEAN);
                fill(corrupt, item.corrupt(), item, CORRUPT);
                show(clean, item.hasClean());
                show(corrupt, item.hasCorrupt());
            }
        }

        private static void show(Label label, boolean shown) {
            label.setManaged(shown);
            label.setVisible(shown);
        }

        private static void fill(Label label, Optional<Chip> chip, Column column, PseudoClass whose) {
            label.setText(chip.map(Chip::label).orElse("none"));
            label.setTooltip(chip.map(c -> new Tooltip(c.tooltip())).orElse(null));
            label.pseudoClassStateChanged(BOS, chip.filter(Chip::bos).isPresent());
            label.pseudoClassStateChanged(ABSENT, chip.isEmpty());
            label.pseudoClassStateChanged(SAME, column.two() && !column.differs());
            label.pseudoClassStateChanged(whose, chip.isPresent() && column.differs());
        }
    }
}
