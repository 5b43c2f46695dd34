package org.headscope.window.headmap;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.model.Head;
import org.headscope.window.Workbench;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Term;
import org.headscope.window.control.Tips;

/** The heads that stand out on repeated random tokens, under a heading that opens and closes. */
final class NamedHeads extends VBox {

    private static final double KIND_WIDTH = 90;

    private final Workbench workbench;
    private final VBox rows = new VBox(4);
    private final BooleanProperty open = new SimpleBooleanProperty(true);
    /** Once somebody has opened or closed it, it stays so. */
    private boolean isChosen;

    NamedHeads(Workbench workbench) {
        super(4);
        this.workbench = workbench;
        setId("named-heads");
        setMinHeight(USE_PREF_SIZE);
        Button heading = new Button("On repeated random tokens");
        heading.setId("named-heading");
        heading.getStyleClass().addAll("flat", "disclosure");
        heading.setMinWidth(0);
        heading.graphicProperty().bind(open.map(is -> (is ? Icons.OPEN : Icons.CLOSED).node()));
        Tips.on(heading, "Mean attention to the token that a head of this kind looks at, on 50 random "
            + "tokens that are repeated once. Click to open or close.");
        heading.accessibleTextProperty().bind(open.map(is -> heading.getText() + (is ? ", open" : ", closed")));
        heading.setOnAction(event -> {
            isChosen = true;
            open.set(!open.get());
        });
        Parts.hideWhile(heading, Bindings.isEmpty(rows.getChildren()));
        rows.visibleProperty().bind(open);
        rows.managedProperty().bind(open.and(Bindings.isNotEmpty(rows.getChildren())));
        getChildren().addAll(heading, rows);
        workbench.probeProperty().addListener((observed, before, now) -> show());
        show();
    }

    /** Closes where room is wanted for other things and opens again, unless somebody has chosen. */
    void makeRoom(boolean wanted) {
        if (!isChosen) {
            open.set(!wanted);
        }
    }

    private void show() {
        List<HeadMapViewModel.Named> kinds = HeadMapViewModel.named(workbench.probeProperty().get());
        rows.getChildren().setAll(kinds.stream().map(this::row).toList());
    }

    private HBox row(HeadMapViewModel.Named kind) {
        Label name = Parts.label(kind.kind(), "muted", "small");
        name.setMinWidth(KIND_WIDTH);
        Term.of(kind.kind()).ifPresent(term -> term.on(name));
        HBox row = new HBox(6, name);
        if (kind.heads().isEmpty()) {
            row.getChildren().add(Parts.label("none above 0.1", "muted", "small"));
        }
        for (Head head : kind.heads()) {
            Hyperlink link = new Hyperlink("%s %s".formatted(head,
                String.format(Locale.ROOT, "%.2f", kind.scores().get(head))));
            link.getStyleClass().add("small");
            link.setPadding(Insets.EMPTY);
            link.setOnAction(event -> {
                link.setVisited(false);
                workbench.focus(head, true);
            });
            row.getChildren().add(link);
        }
        return row;
    }
}
