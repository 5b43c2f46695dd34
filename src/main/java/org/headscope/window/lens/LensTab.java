package org.headscope.window.lens;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.headscope.session.code.NeuronPlan;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.action.RegionKeys;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Late;
import org.headscope.window.control.LatePart;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Taken;
import org.headscope.window.generate.GenerateViewModel;
import org.headscope.window.theme.Appearance;

/** How the answer is built: what the model would say at each layer, what speaks for a token, and what comes next. */
public final class LensTab extends VBox {

    /** The keys that its parts answer by themselves. */
    public static final List<RegionKeys> KEYS = List.of(
        RegionKeys.of("lens", "Lens")
            .key("Arrows", "Another position, part or head")
            .key("Enter or Space", "Look at the head of the cell"));

    /** The views of the tab. */
    private enum Section {
        TOKENS("Top tokens", "Logit lens", "The likeliest next token after every half-layer"),
        RANKS("Ranks", "Ranks", "The watched tokens' ranks through the layers"),
        ATTRIBUTION("Attribution", "Attribution", "What heads, parts and neurons add to a logit"),
        CONTINUE("Continue", "Continuation", "What the model adds to the clean prompt");

        private final String label;
        private final String title;
        private final String hint;

        Section(String label, String title, String hint) {
            this.label = label;
            this.title = title;
            this.hint = hint;
        }

        String label() {
            return label;
        }

        String hint() {
            return hint;
        }
    }

    private final Workbench workbench;
    private final ViewState view;
    private final LensViewModel lens;
    private final AttributionViewModel attribution;
    private final NeuronViewModel neurons;
    private final LatePart<AttributionPane> attributed;
    private final LatePart<Continuation> continuation;
    private final List<LatePart<? extends LensPane>> panes;
    private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.TOKENS);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper();
    private final Label empty = Parts.label("", "empty-state");
    private final StackPane content = new StackPane();

    /** @param late takes the views that are not seen at first */
    public LensTab(Workbench workbench, ViewState view, Appearance appearance, Late late) {
        super(8);
        this.workbench = workbench;
        this.view = view;
        Place place = new Place();
        this.lens = new LensViewModel(workbench, place);
        this.attribution = new AttributionViewModel(workbench, place);
        this.neurons = new NeuronViewModel(workbench, place, attribution);
        this.attributed = late.part(() -> new AttributionPane(workbench, attribution, neurons, appearance));
        this.continuation = late.part(() -> new Continuation(new GenerateViewModel(workbench), appearance));
        this.panes = List.of(late.part(() -> new TopTokensPane(workbench, lens, appearance)),
            late.part(() -> new RanksPane(workbench, lens, appearance)), attributed, continuation);
        setId("lens");
        setMinHeight(0);
        empty.setId("lens-empty");
        empty.setMaxWidth(360);
        StackPane.setAlignment(empty, Pos.TOP_CENTER);
        StackPane.setMargin(empty, new Insets(80, 0, 0, 0));
        content.setMinHeight(0);
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().addAll(problem(lens.problemProperty(), lens.cancelledProperty(), lens::again, "lens-problem",
            List.of(Section.TOKENS, Section.RANKS)), problem(attribution.problemProperty(),
            attribution.cancelledProperty(), attribution::again, "attribution-problem", List.of(Section.ATTRIBUTION)),
            problem(neurons.problemProperty(), neurons.cancelledProperty(), neurons::again, "neuron-problem",
                List.of(Section.ATTRIBUTION)),
            content);
        connect();
        content.getChildren().addAll(panes);
        content.getChildren().add(empty);
    }

    /** Which of its views is shown; to stand beside the tabs. */
    public Node sections() {
        HBox bar = new HBox(Choice.of(List.of(Section.values()), section, Section::label, Section::hint));
        bar.setId("lens-sections");
        bar.getStyleClass().add("sweep-controls");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    /** Why there is nothing new, with what begins again after it was cancelled. */
    private HBox problem(ReadOnlyStringProperty text, BooleanExpression cancelled, Runnable again, String id,
                         List<Section> sections) {
        Label label = Parts.note(text, "problem");
        label.setId(id);
        Hyperlink retry = new Hyperlink("Read again");
        retry.setOnAction(event -> again.run());
        Parts.hideWhile(retry, cancelled.not());
        HBox line = new HBox(8, label, retry);
        line.setAlignment(Pos.CENTER_LEFT);
        Parts.hideWhile(line, Bindings.createBooleanBinding(() -> text.get().isEmpty()
            || !sections.contains(section.get()), text, section));
        return line;
    }

    private void connect() {
        section.addListener((observed, before, now) -> show());
        view.tabProperty().addListener((observed, before, now) -> show());
        attribution.byProperty().addListener((observed, before, now) -> show());
        Stream.of(lens.shownProperty(), attribution.shownProperty(), workbench.cleanProperty(),
            workbench.modelProperty(), workbench.problemProperty(), workbench.finishedProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> showEmpty()));
        show();
    }

    private boolean isSeen() {
        return view.tabProperty().get() == ViewState.Tab.LENS;
    }

    private LatePart<? extends LensPane> place() {
        return panes.get(section.get().ordinal());
    }

    private LensPane pane() {
        return place().get();
    }

    private void show() {
        boolean seen = isSeen();
        lens.watchedProperty().set(seen && (section.get() == Section.TOKENS || section.get() == Section.RANKS));
        attribution.watchedProperty().set(seen && section.get() == Section.ATTRIBUTION);
        neurons.watchedProperty().set(attribution.watchedProperty().get()
            && attribution.byProperty().get() == By.NEURON);
        title.set(section.get().title);
        if (seen) {
            subtitle.bind(pane().subtitle());
        }
        showEmpty();
    }

    private void showEmpty() {
        boolean filled = switch (section.get()) {
            case TOKENS, RANKS -> lens.shownProperty().get().isPresent();
            case ATTRIBUTION -> attribution.shownProperty().get().isPresent();
            case CONTINUE -> true;
        };
        boolean usable = filled || workbench.finishedProperty().get().isPresent();
        for (LatePart<? extends LensPane> place : panes) {
            place.setVisible(isSeen() && usable && place == place());
        }
        empty.setVisible(!usable);
        empty.setText(usable ? "" : whatWouldFillIt());
    }

    private String whatWouldFillIt() {
        return Stream.of(workbench.problemProperty().get(), workbench.cleanProperty().get().problem(),
            workbench.modelProperty().get().isEmpty() ? "The model is being loaded." : "")
            .filter(why -> !why.isEmpty()).findFirst()
            .orElse("Write a prompt to see what the model would say after every half-layer.");
    }

    // ---- what others ask ----

    /** What the view is called. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** What it shows now. */
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    /** What can be exported and copied; empty while there is nothing. */
    public Optional<Taken> taken() {
        return place().made().flatMap(LensPane::taken);
    }

    /** What the focused head writes; empty while it is not shown. */
    public Optional<Taken> takenWriting() {
        return attribution.takenWriting();
    }

    /** The activation of the neuron that is looked at, over the prompt; empty while none is shown. */
    public Optional<Taken> takenNeuron() {
        return neurons.taken();
    }

    /** What that neuron writes; empty while none is shown. */
    public Optional<Taken> takenNeuronWriting() {
        return neurons.takenWriting();
    }

    /** The neuron, for code; empty while none is shown. */
    public Optional<NeuronPlan> neuronPlan() {
        return neurons.plan();
    }

    /**
     * Offers something on those parts of an attribution that can be exported alone, and the way to export them.
     *
     * @param export opens what saves one as a file
     */
    public void offer(BiConsumer<AttributionPart, Node> menu, Consumer<AttributionPart> export) {
        attributed.whenMade(pane -> pane.offer(menu, export));
    }

    /** Changes whenever something else could be exported. */
    public Stream<ObservableValue<?>> changes() {
        return Stream.of(section, lens.shownProperty(), attribution.shownProperty(), attribution.byProperty(),
            attribution.writingProperty(), neurons.shownProperty(), subtitle);
    }

    /** The control that takes the keys. */
    public Node keys() {
        return pane().keys();
    }

    /** Lets go of what was chosen; false where nothing was. */
    public boolean letGo() {
        return place().made().filter(LensPane::letGo).isPresent();
    }

    /** Shows where the prompt is continued, and puts the keys there. */
    public void continuePrompt() {
        view.tabProperty().set(ViewState.Tab.LENS);
        section.set(Section.CONTINUE);
        continuation.get().ask();
    }
}
