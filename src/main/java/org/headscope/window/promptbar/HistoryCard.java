package org.headscope.window.promptbar;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.headscope.session.PromptHistory.Entry;
import org.headscope.window.control.Parts;
import org.headscope.window.control.PickList;
import org.headscope.window.control.RunMark;
import org.headscope.window.control.Visible;

/** Pairs that were run before, newest first; one of them is taken. */
final class HistoryCard extends VBox {

    private static final double SEEN = 6 * 56;

    private final PickList<Entry> list;

    HistoryCard(List<Entry> entries, Consumer<Entry> taken) {
        super(8);
        setId("history-card");
        getStyleClass().add("card");
        list = new PickList<>("history-list", "Pairs that were run before", entries, HistoryCard::row, taken);
        list.setPrefHeight(Math.min(SEEN, entries.size() * 56 + 2));
        getChildren().addAll(Parts.label("Run before", "section-title", "card-heading"), entries.isEmpty()
            ? Parts.label("Pairs that are run are kept here, and remembered.", "note", "card-heading") : list);
    }

    Node first() {
        return list.getParent() == null ? this : list;
    }

    private static Node row(Entry entry) {
        GridPane row = new GridPane();
        row.setHgap(8);
        row.setVgap(4);
        row.setPadding(new Insets(4, 0, 4, 0));
        add(row, 0, RunMark.CLEAN, entry.clean() + (entry.bos() ? "" : "   (without BOS)"));
        add(row, 1, RunMark.CORRUPT, entry.corrupt());
        return row;
    }

    private static void add(GridPane row, int index, RunMark mark, String text) {
        if (!text.isEmpty()) {
            Label label = Parts.label(Visible.line(text));
            row.add(mark.shape(), 0, index);
            row.add(label, 1, index);
        }
    }
}
