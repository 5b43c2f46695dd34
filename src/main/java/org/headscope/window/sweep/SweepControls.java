package org.headscope.window.sweep;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.headscope.model.Head;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.window.action.Keys;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.control.WordedControls;

/** What is swept, read as a sentence: patch this with that into this run, and measure what it changes. */
final class SweepControls extends WordedControls {

    private static final double NARROW = 480;

    private final SweepViewModel model;
    private final SubstitutionViewModel substitution;
    private boolean filling;

    SweepControls(SweepViewModel model) {
        super(NARROW);
        this.model = model;
        this.substitution = model.substitution();
        setId("sweep-controls");
        getStyleClass().add("sweep-controls");
        Button sweep = Parts.named(new Button("Sweep", Icons.RUN.node()), "Patch every cell, one at a time (S)");
        sweep.setId("sweep");
        sweep.setMinWidth(USE_PREF_SIZE);
        sweep.setOnAction(event -> model.sweep());
        Button pairs = Parts.named(new Button("Pairs…"), "Sweep many pairs of prompts, from a CSV file with the "
            + "columns clean, corrupt, answer and wrong");
        pairs.setId("sweep-pairs");
        pairs.setMinWidth(USE_PREF_SIZE);
        pairs.setOnAction(event -> model.pairs().choose());
        HBox with = labelled("with", source(), number(), references());
        // A path carries what its sender writes, and nothing else.
        Parts.hideWhile(with, model.sweptProperty().map(Swept::isOfPaths));
        getChildren().addAll(labelled("Patch", swept(), end(), otherEnd()), with, labelled("into", into()),
            labelled("measure", measure()), new HBox(8, sweep, pairs));
    }

    private ComboBox<Swept> swept() {
        ComboBox<Swept> swept = new ComboBox<>(FXCollections.observableList(Swept.ALL));
        swept.setId("sweep-part");
        swept.setAccessibleText("What is patched, cell by cell");
        swept.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 156 : 196));
        Tooltip meaning = new Tooltip();
        meaning.textProperty().bind(model.sweptProperty().map(Swept::meaning));
        swept.setTooltip(meaning);
        swept.valueProperty().bindBidirectional(model.sweptProperty());
        return swept;
    }

    /** The head that all paths have in common. */
    private Label end() {
        Label end = Parts.label("", "strong");
        end.setId("sweep-end");
        end.setMinWidth(USE_PREF_SIZE);
        end.textProperty().bind(model.endProperty().map(head -> head.map(Head::toString).orElse("")));
        Parts.hideWhile(end, model.sweptProperty().map(swept -> !swept.isOfPaths()));
        return end;
    }

    /** What is looked at may have changed since, by a click on a cell for instance; it is taken only when asked. */
    private Button otherEnd() {
        Button other = new Button();
        other.setId("sweep-take-end");
        other.setMinWidth(USE_PREF_SIZE);
        other.setOnAction(event -> model.takeEnd());
        other.textProperty().bind(model.otherEndProperty().map(head -> head.map(now -> "Use " + now).orElse("")));
        Tips.on(other, "Sweep the paths of the head that is looked at");
        Parts.hideWhile(other, model.otherEndProperty().map(Optional::isEmpty));
        return other;
    }

    private ComboBox<SourceChoice> source() {
        ComboBox<SourceChoice> source = new ComboBox<>(FXCollections.observableArrayList(SourceChoice.values()));
        source.setId("sweep-source");
        source.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 140 : 176));
        source.setAccessibleText("What is put in");
        Tips.on(source, "What is put in: the other run's values (patching), or zero, the mean over the "
            + "prompt's positions or a number (ablation)");
        nameSources(source);
        substitution.intoProperty().addListener((observed, before, now) -> nameSources(source));
        source.valueProperty().bindBidirectional(substitution.sourceProperty());
        return source;
    }

    private TextField number() {
        TextField number = new TextField();
        number.setId("sweep-number");
        number.setAccessibleText("The number that is put in");
        number.setPrefColumnCount(4);
        number.textProperty().bindBidirectional(substitution.numberProperty());
        Keys.belongsToDocument(number);
        Parts.hideWhile(number, substitution.sourceProperty().map(source -> source != SourceChoice.NUMBER));
        return number;
    }

    private Button references() {
        Button references = new Button();
        references.setId("sweep-references");
        references.setMinWidth(USE_PREF_SIZE);
        references.setMaxWidth(140);
        references.textProperty().bind(substitution.referencesProperty().map(read -> read
            .map(now -> String.valueOf(now.file().getFileName())).orElse("Choose…")));
        Tips.on(references, "Choose the text file of reference prompts, one a line");
        references.setOnAction(event -> substitution.chooseReferences());
        Parts.hideWhile(references, substitution.sourceProperty().map(source -> source != SourceChoice.REFERENCE));
        return references;
    }

    private Node into() {
        Node into = Choice.of(List.of(Side.CORRUPT, Side.CLEAN), substitution.intoProperty(), Side::word, side ->
            side == Side.CORRUPT ? "Change the corrupt run: what brings the clean run back (denoising)"
                : "Change the clean run: what breaks it (noising)");
        into.setId("sweep-into");
        return into;
    }

    /** The values are set by hand, since a list that is filled anew would forget what was chosen. */
    private ComboBox<Measure> measure() {
        ComboBox<Measure> measure = new ComboBox<>();
        measure.setId("sweep-metric");
        // In the smallest window the buttons then still stand beside it.
        measure.prefWidthProperty().bind(narrow().map(isNarrow -> isNarrow ? 248 : 264));
        measure.setAccessibleText("What is measured at the last position");
        Tips.on(measure, "What is measured at the last position, of the tokens in the readout");
        Runnable fill = () -> {
            filling = true;
            measure.getItems().setAll(model.measuresProperty().get());
            measure.setValue(model.measureProperty().get());
            filling = false;
        };
        model.measuresProperty().addListener((observed, before, now) -> fill.run());
        model.measureProperty().addListener((observed, before, now) -> fill.run());
        measure.valueProperty().addListener((observed, before, now) -> {
            if (!filling && now != null) {
                model.measureProperty().set(now);
            }
        });
        fill.run();
        return measure;
    }

    /** In words that depend on the run that something is put into; new cells, since those there keep their text. */
    private void nameSources(ComboBox<SourceChoice> source) {
        source.setCellFactory(list -> new SourceCell());
        source.setButtonCell(new SourceCell());
    }

    private final class SourceCell extends ListCell<SourceChoice> {

        @Override
        protected void updateItem(SourceChoice source, boolean isEmpty) {
            super.updateItem(source, isEmpty);
            setText(isEmpty || source == null ? "" : source.label(substitution.intoProperty().get()));
        }
    }
}
