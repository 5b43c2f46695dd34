package org.headscope.window.lens;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.analysis.NeuronReading.Id;
import org.headscope.window.control.ChartView;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/** One neuron: the prompt shaded by its activation, and the tokens whose logits it raises and lowers most. */
final class NeuronPane extends SidePane {

    private static final double WIDTH = 232;
    private static final double INDENT = 12 + EDGE;

    private final NeuronViewModel model;
    private final TextField name = new TextField();
    private final ChartView strip;
    private final VBox activation;
    private final VBox writing = new VBox(8);
    private final Label title = Parts.label("", "section-title");
    private final Label pointed = Parts.label(" ", "small");
    private Runnable export = () -> { };
    private Runnable exportWriting = () -> { };

    NeuronPane(NeuronViewModel model, Appearance appearance) {
        super("neuron", WIDTH);
        this.model = model;
        this.strip = new ChartView(appearance, "Activation of the neuron");
        this.activation = activation();
        setFocusTraversable(false);
        Label refusal = Parts.note(model.refusalProperty(), "problem");
        refusal.setId("neuron-refusal");
        column().getChildren().addAll(field(), refusal, activation, writing);
        writing.setId("neuron-writing");
        widthProperty().addListener((observed, before, now) -> fitStrip());
        strip.hoveredProperty().addListener((observed, before, now) -> showPointed());
        strip.chosenProperty().addListener((observed, before, now) -> showPointed());
        model.shownProperty().addListener((observed, before, now) -> show(now));
        show(model.shownProperty().get());
    }

    /** @param how opens what saves the activation as a file */
    void setOnExport(Runnable how) {
        export = how;
    }

    /** @param how opens what saves as a file what the neuron writes */
    void setOnExportWriting(Runnable how) {
        exportWriting = how;
    }

    /** Where its activation stands. */
    Node activationPart() {
        return activation;
    }

    /** Where it stands what it writes. */
    Node writingPart() {
        return writing;
    }

    private HBox field() {
        name.setId("neuron-name");
        name.setPromptText("such as L1N20");
        name.setAccessibleText("The neuron, by its layer and number, such as L1N20");
        name.setPrefColumnCount(9);
        name.setOnAction(event -> model.choose(name.getText()));
        Label label = Parts.label("Neuron", "muted", "small");
        label.setLabelFor(name);
        HBox line = new HBox(6, label, name);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private VBox activation() {
        title.setId("neuron-title");
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        strip.setId("neuron-strip");
        pointed.setId("neuron-pointed");
        VBox box = new VBox(4, heading(title, "neuron", "the activation", model::taken, () -> export.run()), strip,
            pointed);
        box.setId("neuron-activation");
        return box;
    }

    private void show(Optional<ShownNeuron> shown) {
        setShown(activation, shown.isPresent());
        setShown(writing, shown.isPresent());
        shown.ifPresent(made -> {
            Id id = made.id();
            name.setText(id.toString());
            title.setText(made.title());
            strip.chosenProperty().set(Optional.empty());
            strip.chartProperty().set(Optional.of(made.strip()));
            strip.setWords(made::words);
            fitStrip();
            String what = "%s writes".formatted(id);
            Label unit = Parts.label("in logits, for each unit of its activation", "muted", "small");
            writing.getChildren().setAll(new VBox(heading(Parts.label(what, "section-title"), "neuron-writing",
                "what " + what, model::takenWriting, () -> exportWriting.run()), unit),
                list("promotes", made.promotes()), list("suppresses", made.suppresses()));
        });
        showPointed();
    }

    private static void setShown(Node node, boolean is) {
        node.setVisible(is);
        node.setManaged(is);
    }

    /** The strip is as high as its lines are. */
    private void fitStrip() {
        model.shownProperty().get().filter(made -> getWidth() > 0).ifPresent(made ->
            strip.setMinHeight(made.strip().heightFor(getWidth() - INDENT)));
    }

    private void showPointed() {
        pointed.setText(model.shownProperty().get().flatMap(made -> strip.hoveredProperty().get()
            .or(() -> strip.chosenProperty().get()).filter(cell -> cell.column() < made.activations().size())
            .map(made::words)).orElse(" "));
    }

    /** Lets go of the token that was chosen; false where none was. */
    boolean letGo() {
        boolean held = strip.chosenProperty().get().isPresent();
        strip.chosenProperty().set(Optional.empty());
        return held;
    }
}
