package org.headscope.window.lens;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.analysis.AnalysisRefusal;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.NeuronReading;
import org.headscope.analysis.NeuronReading.Id;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.Substitution.Side;
import org.headscope.session.code.NeuronPlan;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** The neuron that is looked at: how active it is over the prompt, and what it writes. */
public final class NeuronViewModel extends FollowedViewModel<NeuronViewModel.Request, ShownNeuron> {

    /** Tokens that it promotes most, and as many that it suppresses most. */
    static final int WRITTEN = 8;

    /** What a reading is made of; the same needs no computing again. */
    record Request(Finished runs, Side side, Id id) {
    }

    private final Workbench workbench;
    private final Place place;
    private final AttributionViewModel attribution;
    private final ReadOnlyObjectWrapper<Optional<Id>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper refusal = new ReadOnlyStringWrapper("");

    /** @param attribution whose strongest neuron is looked at until another one is chosen */
    public NeuronViewModel(Workbench workbench, Place place, AttributionViewModel attribution) {
        super(workbench, Lane.NEURON, made -> new Request(made.runs(), made.side(), made.id()),
            "Cancelled before the neuron was read.");
        this.workbench = workbench;
        this.place = place;
        this.attribution = attribution;
        Stream.of(watchedProperty(), place.sideProperty(), workbench.finishedProperty(), chosen,
            attribution.shownProperty()).forEach(cause -> cause.addListener((observed, before, now) -> follow()));
        workbench.modelProperty().addListener((observed, before, now) -> {
            chosen.set(Optional.empty());
            refusal.set("");
        });
    }

    /** The neuron that was asked for; empty until one is. */
    public ReadOnlyObjectProperty<Optional<Id>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** Why the name that was written names no neuron; empty where it does. */
    public ReadOnlyStringProperty refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** Looks at a neuron. */
    public void choose(Id id) {
        refusal.set("");
        chosen.set(Optional.of(id));
    }

    /** Looks at the neuron of a name such as L3N1024, or says why there is none. */
    public void choose(String name) {
        Optional<Id> id = Id.parse(name.strip());
        if (id.isEmpty()) {
            refusal.set("“%s” names no neuron; write a layer and a neuron, such as L1N20.".formatted(name.strip()));
            return;
        }
        try {
            workbench.modelProperty().get().ifPresent(model -> {
                id.get().checkFits(model.folder().config());
                choose(id.get());
            });
        } catch (AnalysisRefusal e) {
            refusal.set(e.getMessage());
        }
    }

    /** Looks at the strongest neuron of the attribution again; false where it did so already. */
    public boolean letGo() {
        boolean held = chosen.get().isPresent();
        refusal.set("");
        chosen.set(Optional.empty());
        return held;
    }

    @Override
    void follow() {
        Side side = place.sideProperty().get();
        if (!watchedProperty().get()) {
            return;
        }
        runsWith(side).ifPresent(runs -> chosen.get().or(() -> strongest(runs)).ifPresent(id ->
            ask(new Request(runs, side, id), "Reading neuron " + id, job -> read(runs, side, id, job),
                made -> { })));
    }

    /** Of the attribution, where that is of the model that is open. */
    private Optional<Id> strongest(Finished runs) {
        return attribution.shownProperty().get().filter(made -> made.runs().model() == runs.model())
            .flatMap(made -> made.neurons().stream().findFirst())
            .map(neuron -> new Id(neuron.layer(), neuron.neuron()));
    }

    private static ShownNeuron read(Finished runs, Side side, Id id, Job job) {
        Run run = runs.model().gpt2().run(runs.prompt(side).orElseThrow().ids(), RunOptions.plain().lastLogitsOnly()
            .keeping(NeuronReading.needs(id)).cancelledBy(job.cancellation()));
        LogitAttribution.Writing writing = NeuronReading.writing(runs.model().gpt2(), id, WRITTEN);
        return ShownNeuron.of(runs, side, id, NeuronReading.activations(run, id), writing);
    }

    // ---- taking it away ----

    /** Its activation over the prompt; empty while none is shown. */
    Optional<Taken> taken() {
        return shownProperty().get().filter(made -> watchedProperty().get()).map(ShownNeuron::taken);
    }

    /** What it writes; empty while none is shown. */
    Optional<Taken> takenWriting() {
        return shownProperty().get().filter(made -> watchedProperty().get()).map(ShownNeuron::takenWriting);
    }

    /** What code has to compute; empty while none is shown. */
    public Optional<NeuronPlan> plan() {
        return shownProperty().get().filter(made -> watchedProperty().get())
            .map(made -> new NeuronPlan(made.id(), made.side(), WRITTEN));
    }
}
