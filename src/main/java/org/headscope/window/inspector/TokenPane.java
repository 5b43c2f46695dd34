package org.headscope.window.inspector;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.window.AttentionMaps;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.Bar;
import org.headscope.window.control.Parts;

/**
 * What the query under the pointer attends to, and what its key is attended by, in the head under the pointer or in
 * the one that is looked at.
 */
final class TokenPane extends VBox {

    private static final int SHOWN = 4;

    private final Workbench workbench;
    private final ViewState view;

    TokenPane(Workbench workbench, ViewState view) {
        super(8);
        this.workbench = workbench;
        this.view = view;
        setId("token-pane");
        getStyleClass().add("pane-body");
        List<ObservableValue<?>> causes = List.of(workbench.pairProperty(), workbench.documentProperty(),
            view.hoveredHeadProperty(), view.hoveredCellProperty(), view.lockedCellProperty(), view.whichProperty());
        causes.forEach(cause -> cause.addListener((observed, before, now) -> show()));
        show();
    }

    private void show() {
        Optional<Head> head = view.hoveredHeadProperty().get().or(() -> workbench.document().focus());
        Optional<Pair> pair = workbench.pairProperty().get();
        Which which = view.whichProperty().get() == Which.CORRUPT
            && pair.filter(p -> p.corrupt().isPresent()).isPresent() ? Which.CORRUPT : Which.CLEAN;
        getChildren().clear();
        if (head.isEmpty() || pair.isEmpty() || !pair.get().isDone(head.get(), which)) {
            getChildren().add(Parts.label("Run a prompt, then point at a cell of the map.", "note"));
            return;
        }
        Matrix matrix = AttentionMaps.of(pair.get(), head.get(), which, false).orElseThrow();
        Cell cell = view.hoveredCellProperty().get().or(() -> view.lockedCellProperty().get())
            .filter(c -> c.row() < matrix.rows() && c.column() <= c.row())
            .orElseGet(() -> AttentionLists.lastQuery(matrix));
        AttentionLists lists = AttentionLists.of(matrix, cell, SHOWN);
        List<String> labels = AttentionMaps.labels(pair.get(), which);
        getChildren().addAll(Parts.label("%s, %s".formatted(head.get(), which.phrase()), "note"),
            list(labels, cell.row(), "attends to", lists.attendsTo()),
            list(labels, cell.column(), "attended by", lists.attendedBy()));
    }

    private static VBox list(List<String> labels, int position, String relation,
                             List<AttentionLists.Entry> entries) {
        Label token = Parts.label("%s (%d)".formatted(labels.get(position), position), "strong");
        HBox heading = new HBox(6, token, Parts.label(relation, "muted"));
        VBox list = new VBox(3, heading);
        entries.forEach(entry -> list.getChildren().add(row(labels, entry)));
        return list;
    }

    private static HBox row(List<String> labels, AttentionLists.Entry entry) {
        Label token = Parts.label("%s (%d)".formatted(labels.get(entry.position()), entry.position()), "small");
        token.setMinWidth(104);
        token.setMaxWidth(104);
        Bar bar = new Bar("attention-bar");
        bar.setShare(entry.attention());
        HBox.setHgrow(bar, Priority.ALWAYS);
        Label value = Parts.label(Numbers.attention(entry.attention()), "small");
        value.setMinWidth(40);
        value.setAlignment(Pos.CENTER_RIGHT);
        HBox row = new HBox(8, token, bar, value);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
