package org.headscope.window.lens;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.LogitAttribution;
import org.headscope.model.Head;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.Substitution.Side;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** Which heads, parts and neurons speak for a token, and what the focused head writes. */
public final class AttributionViewModel extends FollowedViewModel<AttributionViewModel.Request, Attributed> {

    /** Neurons that add most, and as many that take away most. */
    static final int NEURONS = 10;
    /** Tokens that a head promotes most, and as many that it suppresses most. */
    static final int WRITTEN = 8;

    /** What an attribution is made of; the same needs no computing again. */
    record Request(Finished runs, Side side, int position, AttributionTarget target) {
    }

    private final Workbench workbench;
    private final Place place;
    private final ObjectProperty<By> by = new SimpleObjectProperty<>(By.HEAD);
    private final ReadOnlyObjectWrapper<List<AttributionTarget>> targets = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<AttributionTarget> target = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Optional<HeadWriting>> writing =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    /** What a person chose; pairs that predict one token only have no difference for a while. */
    private boolean prefersDifference = true;
    private boolean offering;

    public AttributionViewModel(Workbench workbench, Place place) {
        super(workbench, Lane.ATTRIBUTION, AttributionViewModel::requestOf,
            "Cancelled before the sum was complete.");
        this.workbench = workbench;
        this.place = place;
        Stream.of(watchedProperty(), place.sideProperty(), place.positionProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> follow()));
        Stream.of(shownProperty(), watchedProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> read()));
        target.addListener((observed, before, now) -> {
            if (!offering) {
                prefersDifference = now.target().versus().isPresent();
                follow();
            }
        });
        workbench.readoutsProperty().addListener((observed, before, now) -> offer());
        workbench.finishedProperty().addListener((observed, before, now) -> offer());
        workbench.documentProperty().addListener((observed, before, now) -> {
            if (!now.focus().equals(before.focus())) {
                read();
            }
        });
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now) {
                workbench.background().drop(Lane.WRITING);
            }
        });
        offer();
    }

    private static Request requestOf(Attributed made) {
        return new Request(made.runs(), made.side(), made.position(), made.target());
    }

    /** What stands alone in the sum. */
    public ObjectProperty<By> byProperty() {
        return by;
    }

    /** What can be attributed, of the tokens that are watched. */
    public ReadOnlyObjectProperty<List<AttributionTarget>> targetsProperty() {
        return targets.getReadOnlyProperty();
    }

    /** One of {@link #targetsProperty}; null before the first run. */
    public ObjectProperty<AttributionTarget> targetProperty() {
        return target;
    }

    public Place place() {
        return place;
    }

    /** Of the focused head; empty while there is none. */
    public ReadOnlyObjectProperty<Optional<HeadWriting>> writingProperty() {
        return writing.getReadOnlyProperty();
    }

    /** Looks at a head. */
    public void focus(Head head) {
        workbench.focus(head, true);
    }

    // ---- following what it is made of ----

    private void offer() {
        workbench.finishedProperty().get().ifPresent(runs -> {
            List<AttributionTarget> offered = AttributionTarget.of(workbench.watched(),
                id -> runs.model().tokenizer().token(id).label());
            offering = true;
            targets.set(offered);
            target.set(offered.stream().filter(this::isPreferred).filter(one -> one.equals(target.get())).findFirst()
                .or(() -> offered.stream().filter(this::isPreferred).findFirst())
                .or(() -> offered.stream().findFirst()).orElse(null));
            offering = false;
        });
        follow();
    }

    private boolean isPreferred(AttributionTarget offered) {
        return offered.target().versus().isPresent() == prefersDifference;
    }

    @Override
    void follow() {
        Side side = place.sideProperty().get();
        runsWith(side).filter(runs -> target.get() != null).ifPresent(runs -> {
            Request request = new Request(runs, side, place.within(runs.prompt(side).orElseThrow().size()),
                target.get());
            ask(request, "Finding what speaks for " + target.get(), job -> compute(request, job), made -> { });
        });
    }

    /** Of the prompt up to the position, which is all that the position sees, so that its logits are the last ones. */
    private static Attributed compute(Request request, Job job) {
        var model = request.runs().model().gpt2();
        int[] ids = Arrays.copyOf(request.runs().prompt(request.side()).orElseThrow().ids(), request.position() + 1);
        Run run = model.run(ids, RunOptions.plain().lastLogitsOnly().keeping(LogitAttribution::needs)
            .cancelledBy(job.cancellation()));
        var target = request.target().target();
        LogitAttribution attribution = new LogitAttribution(model, run, request.position(), target);
        job.cancellation().throwIfRequested();
        Logits logits = run.logits(-1);
        double logit = logits.logit(target.token())
            - (target.versus().isPresent() ? logits.logit(target.versus().getAsInt()) : 0.0);
        return new Attributed(request.runs(), request.side(), request.position(), request.target(),
            attribution.heads(), attribution.parts(), attribution.neurons(NEURONS), attribution.bias(),
            attribution.total(), logit, attribution);
    }

    /** What the focused head writes there. */
    private void read() {
        Optional<Head> head = workbench.document().focus().filter(this::exists);
        if (head.isEmpty() || !watchedProperty().get()) {
            workbench.background().drop(Lane.WRITING);
            writing.set(Optional.empty());
            return;
        }
        Attributed where = shownProperty().get().orElseThrow();
        workbench.background().run(Lane.WRITING, "Reading what %s writes".formatted(head.get()), job ->
            HeadWriting.of(where, head.get(), where.source().writing(head.get(), WRITTEN)),
            made -> writing.set(Optional.of(made)), this::fail);
    }

    private boolean exists(Head head) {
        return shownProperty().get().filter(made -> head.layer() < made.heads().length
            && head.head() < made.heads()[0].length).isPresent();
    }

    // ---- taking it away ----

    /** What the focused head writes; empty while it is not shown. */
    Optional<Taken> takenWriting() {
        return writing.get().map(HeadWriting::taken);
    }

    Optional<Taken> taken() {
        return shownProperty().get().map(made -> {
            By how = by.get();
            return new Taken("attribution-%s-%s".formatted(how.singular(), made.side().word()), () -> how == By.HEAD
                ? made.heatmap() : made.bars(how), made.table(how));
        });
    }
}
