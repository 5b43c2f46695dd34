package org.headscope.window.lens;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Copying;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;

/** The tokens whose logits the focused head raises and lowers most. */
final class WritingPane extends ScrollPane {

    private static final double WIDTH = 176;
    /** Keeps the numbers off the scroll bar. */
    private static final double EDGE = 8;

    private final VBox lists = new VBox(8);
    private Runnable export = () -> { };

    WritingPane(AttributionViewModel model) {
        setContent(lists);
        lists.setPadding(new Insets(0, EDGE, 0, 0));
        setId("head-writing");
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMinHeight(0);
        model.writingProperty().addListener((observed, before, now) -> lists.getChildren().setAll(
            now.map(this::lists).orElse(List.of(hint()))));
        lists.getChildren().setAll(model.writingProperty().get().map(this::lists).orElse(List.of(hint())));
    }

    /** @param how opens what saves it as a file */
    void setOnExport(Runnable how) {
        export = how;
    }

    private static VBox hint() {
        Label label = Parts.label("Choose a head to read which tokens it promotes.", "note");
        label.setWrapText(true);
        return new VBox(label);
    }

    private List<VBox> lists(HeadWriting writing) {
        Label title = Parts.label("%s writes".formatted(writing.head()), "section-title");
        Label place = Parts.label("at %s, in logits".formatted(writing.place()), "muted", "small");
        Button copy = Parts.iconButton(Icons.COPY, "Copy what %s writes as text".formatted(writing.head()),
            () -> Copying.text(writing.taken().text()));
        copy.setId("copy-writing");
        Button save = Parts.iconButton(Icons.EXPORT, "Save what %s writes as PNG, SVG, PDF or CSV"
            .formatted(writing.head()), () -> export.run());
        save.setId("export-writing");
        HBox heading = new HBox(title, Parts.spacer(), copy, save);
        heading.setAlignment(Pos.CENTER_LEFT);
        return List.of(new VBox(heading, place), list("promotes", writing.promotes()),
            list("suppresses", writing.suppresses()));
    }

    static VBox list(String what, List<HeadWriting.Written> tokens) {
        GridPane grid = new GridPane();
        grid.setHgap(8);
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(0);
        ColumnConstraints value = new ColumnConstraints();
        value.setHalignment(HPos.RIGHT);
        value.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(name, value);
        for (int row = 0; row < tokens.size(); row++) {
            grid.add(Parts.label(tokens.get(row).label(), "small"), 0, row);
            Label number = Parts.label(Numerals.part(tokens.get(row).value()), "small", "muted");
            number.setMinWidth(USE_PREF_SIZE);
            grid.add(number, 1, row);
        }
        return new VBox(2, Parts.label(what, "strong", "small"), grid);
    }
}
