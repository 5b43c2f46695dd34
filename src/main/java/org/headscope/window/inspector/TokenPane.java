package org.headscope.window.inspector;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.model.Head;
import org.headscope.session.Direction;
import org.headscope.session.Which;
import org.headscope.window.AttentionMaps;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.control.Bar;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.work.Lane;

/**
 * What the query under the pointer attends to, and what its key is attended by, in the head under the pointer or in
 * the one that is looked at. The head's map is read in the background; the pointer only changes texts.
 */
final class TokenPane extends VBox {

    private static final int SHOWN = 4;

    /** A head's attention in one run. */
    private record Shown(int pair, Head head, Which which, Matrix matrix, List<String> labels) {

        boolean is(Pair pair, Head head, Which which) {
            return this.pair == pair.number() && this.head.equals(head) && this.which == which;
        }
    }

    private final Workbench workbench;
    private final ViewState view;
    private final Label empty = Parts.label("Run a prompt, then point at a cell of the map.", "note");
    private final Label name = Parts.label("", "note");
    private final Reading attendsTo = new Reading("attends to");
    private final Reading attendedBy = new Reading("attended by");
    private Optional<Shown> shown = Optional.empty();

    TokenPane(Workbench workbench, ViewState view) {
        super(8);
        this.workbench = workbench;
        this.view = view;
        setId("token-pane");
        getStyleClass().add("pane-body");
        getChildren().addAll(empty, name, attendsTo, attendedBy);
        Stream.of(workbench.pairProperty(), workbench.documentProperty(), view.hoveredHeadProperty(),
            view.whichProperty()).forEach(cause -> cause.addListener((observed, before, now) -> follow()));
        Stream.of(view.hoveredCellProperty(), view.lockedCellProperty(), view.directionProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> show()));
        follow();
    }

    /** All that the token has to do with others, tab-separated with every digit; empty while there is nothing. */
    Optional<String> text() {
        return shown.map(now -> Readings.text(AttentionLists.of(now.matrix(), cell(now), now.matrix().rows()),
            now.labels(), view.directionProperty().get()));
    }

    /** Reads the head that is looked at now, unless it has been read. */
    private void follow() {
        Optional<Head> head = view.hoveredHeadProperty().get().or(() -> workbench.document().focus());
        Optional<Pair> pair = workbench.pairProperty().get();
        Which which = view.whichProperty().get() == Which.CORRUPT
            && pair.filter(p -> p.corrupt().isPresent()).isPresent() ? Which.CORRUPT : Which.CLEAN;
        if (head.isEmpty() || pair.isEmpty() || !pair.get().isDone(head.get(), which)) {
            workbench.background().drop(Lane.TOKEN);
            shown = Optional.empty();
            show();
            return;
        }
        if (shown.filter(now -> now.is(pair.get(), head.get(), which)).isEmpty()) {
            workbench.background().run(Lane.TOKEN, "Reading " + head.get(), job -> read(pair.get(), head.get(), which),
                read -> {
                    shown = Optional.of(read);
                    show();
                }, error -> { });
        }
    }

    private static Shown read(Pair pair, Head head, Which which) {
        return new Shown(pair.number(), head, which, AttentionMaps.of(pair, head, which, false).orElseThrow(),
            AttentionMaps.labels(pair, which));
    }

    private void show() {
        set(empty, shown.isEmpty());
        set(name, shown.isPresent());
        Direction direction = view.directionProperty().get();
        set(attendsTo, shown.isPresent() && direction.isForwards());
        set(attendedBy, shown.isPresent() && direction.isBackwards());
        shown.ifPresent(this::show);
    }

    private void show(Shown now) {
        Cell cell = cell(now);
        AttentionLists lists = AttentionLists.of(now.matrix(), cell, SHOWN);
        name.setText("%s, %s".formatted(now.head(), now.which().phrase()));
        attendsTo.show(now.labels(), cell.row(), lists.attendsTo());
        attendedBy.show(now.labels(), cell.column(), lists.attendedBy());
    }

    /** The one that is pointed at or chosen, or what predicts. */
    private Cell cell(Shown now) {
        Matrix matrix = now.matrix();
        return view.hoveredCellProperty().get().or(() -> view.lockedCellProperty().get())
            .filter(c -> c.row() < matrix.rows() && c.column() <= c.row())
            .orElseGet(() -> AttentionLists.lastQuery(matrix));
    }

    private static void set(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private static String label(List<String> labels, int position) {
        return "%s (%d)".formatted(labels.get(position), position);
    }

    /** One token and the others that it has most to do with. */
    private static final class Reading extends VBox {

        private final Label token = Parts.label("", "strong");
        private final List<Row> rows = Stream.generate(Row::new).limit(SHOWN).toList();

        Reading(String relation) {
            super(3);
            getChildren().add(new HBox(6, token, Parts.label(relation, "muted")));
            getChildren().addAll(rows);
        }

        void show(List<String> labels, int position, List<AttentionLists.Entry> entries) {
            token.setText(label(labels, position));
            for (int place = 0; place < SHOWN; place++) {
                set(rows.get(place), place < entries.size());
                if (place < entries.size()) {
                    rows.get(place).show(labels, entries.get(place));
                }
            }
        }
    }

    private static final class Row extends HBox {

        private final Label token = Parts.label("", "small");
        private final Bar bar = new Bar("attention-bar");
        private final Label value = Parts.label("", "small");

        Row() {
            super(8);
            token.setMinWidth(104);
            token.setMaxWidth(104);
            HBox.setHgrow(bar, Priority.ALWAYS);
            value.setMinWidth(40);
            value.setAlignment(Pos.CENTER_RIGHT);
            setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(token, bar, value);
        }

        void show(List<String> labels, AttentionLists.Entry entry) {
            token.setText(label(labels, entry.position()));
            bar.setShare(entry.attention());
            value.setText(Numerals.attention(entry.attention()));
        }
    }
}
