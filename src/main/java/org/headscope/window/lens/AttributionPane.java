package org.headscope.window.lens;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.NeuronReading;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Legend;
import org.headscope.figure.Matrix;
import org.headscope.figure.Shading;
import org.headscope.model.Head;
import org.headscope.window.Workbench;
import org.headscope.window.control.ChartView;
import org.headscope.window.control.Choice;
import org.headscope.window.control.DrawingView;
import org.headscope.window.control.Fields;
import org.headscope.window.control.HeatCanvas;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Taken;
import org.headscope.window.theme.Appearance;

/**
 * What heads, parts or neurons add to a logit; a click on a head, or Enter, looks at it and tells what it writes, and
 * so does one on a neuron, which is shown over the prompt as well.
 */
final class AttributionPane extends LensPane {

    private static final double WIDEST_LEGEND = 300;

    private final Workbench workbench;
    private final AttributionViewModel model;
    private final NeuronViewModel neurons;
    private final Appearance appearance;
    private final HeatCanvas heads;
    private final DrawingView legend = new DrawingView();
    private final VBox map;
    private final ChartView bars;
    private final ScrollPane scrolledBars;
    private final WritingPane writing;
    private final NeuronPane neuron;
    private final Label closing = Parts.label("", "small", "strong");
    private boolean ringing;

    AttributionPane(Workbench workbench, AttributionViewModel model, NeuronViewModel neurons, Appearance appearance) {
        this.workbench = workbench;
        this.model = model;
        this.neurons = neurons;
        this.appearance = appearance;
        this.heads = new HeatCanvas(appearance, false);
        // In the smallest window it shares its height with the legend.
        heads.setMinSize(120, 64);
        this.map = map();
        this.bars = new ChartView(appearance, "What each part adds");
        bars.setId("attribution-bars");
        this.scrolledBars = scrolled(bars);
        closing.setId("attribution-sum");
        closing.setWrapText(true);
        closing.setMinHeight(USE_PREF_SIZE);
        StackPane chart = new StackPane(map, scrolledBars);
        chart.setMinHeight(0);
        HBox.setHgrow(chart, Priority.ALWAYS);
        this.writing = new WritingPane(model);
        this.neuron = new NeuronPane(neurons, appearance);
        Parts.hideWhile(writing, model.byProperty().map(by -> by == By.NEURON));
        Parts.hideWhile(neuron, model.byProperty().map(by -> by != By.NEURON));
        bars.chosenProperty().addListener((observed, before, now) -> choose(now));
        neurons.shownProperty().addListener((observed, before, now) -> ringNeuron());
        HBox middle = new HBox(16, chart, writing, neuron);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(controls(), middle, closing);
        model.shownProperty().addListener((observed, before, now) -> show());
        model.byProperty().addListener((observed, before, now) -> show());
        appearance.themeProperty().addListener((observed, before, now) -> show());
        workbench.documentProperty().addListener((observed, before, now) -> ringFocus());
        chart.widthProperty().addListener((observed, before, now) -> show());
        show();
    }

    private FlowPane controls() {
        PlaceControls place = new PlaceControls(workbench, model.place());
        FlowPane controls = new FlowPane(12, 8,
            Fields.labelled("Of", Fields.list("attribution-target",
                "Whose logit, or which difference, of the tokens in the readout", 172, model.targetsProperty(),
                model.targetProperty())),
            place.position("attribution-position"), place.run(),
            Choice.of(List.of(By.values()), model.byProperty(), By::singular,
                by -> switch (by) {
                    case HEAD -> "By head: every head of every layer";
                    case PART -> "By part: the embeddings, and the attention and the MLP of every layer";
                    case NEURON -> "By neuron: those that add most and those that take away most";
                }));
        controls.getStyleClass().add("sweep-controls");
        return controls;
    }

    private static ScrollPane scrolled(Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        return scroll;
    }

    private VBox map() {
        heads.setId("attribution-map");
        heads.setName("What each head adds");
        VBox.setVgrow(heads, Priority.SOMETIMES);
        heads.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                heads.hoveredProperty().get().ifPresent(this::look);
            }
        });
        heads.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                heads.lockedProperty().get().ifPresent(this::look);
                event.consume();
            }
        });
        legend.setMaxWidth(USE_PREF_SIZE);
        legend.setMinHeight(USE_PREF_SIZE);
        VBox box = new VBox(4, heads, legend);
        box.setAlignment(Pos.TOP_CENTER);
        return box;
    }

    private void look(Cell cell) {
        model.focus(new Head(cell.row(), cell.column()));
        // A second click looks as well, and must not take the ring away.
        ringFocus();
    }

    private void ringFocus() {
        heads.lockedProperty().set(workbench.document().focus().filter(head -> model.shownProperty().get()
            .filter(made -> head.layer() < made.heads().length && head.head() < made.heads()[0].length).isPresent())
            .map(head -> new Cell(head.layer(), head.head())));
    }

    private boolean isByNeuron() {
        return model.byProperty().get() == By.NEURON;
    }

    /** Looks at the neuron of a bar; at the strongest one where a bar was let go. */
    private void choose(Optional<Cell> bar) {
        if (!ringing && isByNeuron()) {
            model.shownProperty().get().flatMap(made -> bar.map(cell -> id(made.neurons().get(cell.row()))))
                .ifPresentOrElse(neurons::choose, neurons::letGo);
            ringNeuron();
        }
    }

    /** Rings the bar of the neuron that is looked at, where it has one. */
    private void ringNeuron() {
        ringing = true;
        bars.chosenProperty().set(model.shownProperty().get().filter(made -> isByNeuron()).flatMap(made ->
            neurons.shownProperty().get().flatMap(shown -> IntStream.range(0, made.neurons().size())
                .filter(row -> id(made.neurons().get(row)).equals(shown.id())).boxed().findFirst()))
            .map(row -> new Cell(row, 0)));
        ringing = false;
    }

    private static NeuronReading.Id id(LogitAttribution.Neuron neuron) {
        return new NeuronReading.Id(neuron.layer(), neuron.neuron());
    }

    private void show() {
        boolean byHead = model.byProperty().get() == By.HEAD;
        map.setVisible(byHead);
        scrolledBars.setVisible(!byHead);
        model.shownProperty().get().ifPresent(made -> {
            if (byHead) {
                showHeads(made);
            } else {
                bars.chartProperty().set(Optional.of(made.bars(model.byProperty().get())));
                bars.setWords(cell -> "%s %s".formatted(made.bars(model.byProperty().get()).bar(cell.row()).name(),
                    Numerals.part(made.bars(model.byProperty().get()).bar(cell.row()).value())));
            }
            ringNeuron();
            closing.setText(capitalised(made.closing(model.byProperty().get())));
        });
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void showHeads(Attributed made) {
        Matrix matrix = made.matrix();
        Shading shading = appearance.themeProperty().get().shading(made.scale());
        heads.pictureProperty().set(HeatPicture.of(matrix, shading, made.layers(),
            Axis.heads(matrix.columns()), cell -> "%s adds %s".formatted(new Head(cell.row(), cell.column()),
            Numerals.part(made.heads()[cell.row()][cell.column()]))));
        ringFocus();
        if (map.getWidth() > 0) {
            legend.show(Legend.of(made.meaning(), made.scale(), List.of(matrix))
                .draw(appearance.themeProperty().get(), Math.min(WIDEST_LEGEND, map.getWidth())));
        }
    }

    /**
     * Offers something on the parts that can be exported alone, and the way to export them.
     *
     * @param export opens what saves one as a file
     */
    void offer(BiConsumer<AttributionPart, Node> menu, Consumer<AttributionPart> export) {
        menu.accept(AttributionPart.WRITING, writing);
        menu.accept(AttributionPart.NEURON, neuron.activationPart());
        menu.accept(AttributionPart.NEURON_WRITING, neuron.writingPart());
        writing.setOnExport(() -> export.accept(AttributionPart.WRITING));
        neuron.setOnExport(() -> export.accept(AttributionPart.NEURON));
        neuron.setOnExportWriting(() -> export.accept(AttributionPart.NEURON_WRITING));
    }

    @Override
    ObservableValue<String> subtitle() {
        return model.shownProperty().map(shown -> shown.map(Attributed::where).orElse(""));
    }

    @Override
    Optional<Taken> taken() {
        return model.taken();
    }

    @Override
    Node keys() {
        return model.byProperty().get() == By.HEAD ? heads : bars;
    }

    @Override
    boolean letGo() {
        if (isByNeuron()) {
            return neuron.letGo() || neurons.letGo();
        }
        boolean held = bars.chosenProperty().get().isPresent();
        bars.chosenProperty().set(Optional.empty());
        return held;
    }
}
