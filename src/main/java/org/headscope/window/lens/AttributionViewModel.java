package org.headscope.window.lens;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
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
public final class AttributionViewModel {

    /** Neurons that add most, and as many that take away most. */
    static final int NEURONS = 10;
    /** Tokens that a head promotes most, and as many that it suppresses most. */
    static final int WRITTEN = 8;

    /** What an attribution is made of; the same needs no computing again. */
    private record Request(Finished runs, Side side, int position, AttributionTarget target) {
    }

    private final Workbench workbench;
    private final Place place;
    private final BooleanProperty watched = new SimpleBooleanProperty();
    private final ObjectProperty<By> by = new SimpleObjectProperty<>(By.HEAD);
    private final ReadOnlyObjectWrapper<List<AttributionTarget>> targets = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<AttributionTarget> target = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Optional<Attributed>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<HeadWriting>> writing =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper cancelled = new ReadOnlyBooleanWrapper();
    private Optional<Request> asked = Optional.empty();
    /** What a person chose; pairs that predict one token only have no difference for a while. */
    private boolean prefersDifference = true;
    private boolean offering;

    public AttributionViewModel(Workbench workbench, Place place) {
        this.workbench = workbench;
        this.place = place;
        watched.addListener((observed, before, now) -> follow());
        target.addListener((observed, before, now) -> {
            if (!offering) {
                prefersDifference = now.target().versus().isPresent();
                follow();
            }
        });
        place.sideProperty().addListener((observed, before, now) -> follow());
        place.positionProperty().addListener((observed, before, now) -> follow());
        workbench.readoutsProperty().addListener((observed, before, now) -> offer());
        workbench.finishedProperty().addListener((observed, before, now) -> offer());
        workbench.documentProperty().addListener((observed, before, now) -> {
            if (!now.focus().equals(before.focus())) {
                read();
            }
        });
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now) {
                workbench.background().drop(Lane.ATTRIBUTION);
                workbench.background().drop(Lane.WRITING);
                asked = shown.get().map(AttributionViewModel::requestOf);
            }
        });
        offer();
    }

    private static Request requestOf(Attributed made) {
        return new Request(made.runs(), made.side(), made.position(), made.target());
    }

    /** Whether somebody looks at it; else nothing is computed. */
    public BooleanProperty watchedProperty() {
        return watched;
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

    /** Empty until it has been computed. */
    public ReadOnlyObjectProperty<Optional<Attributed>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Of the focused head; empty while there is none. */
    public ReadOnlyObjectProperty<Optional<HeadWriting>> writingProperty() {
        return writing.getReadOnlyProperty();
    }

    /** Why there is nothing to see, or nothing new; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether a person stopped the work, so that it can be begun again. */
    public ReadOnlyBooleanProperty cancelledProperty() {
        return cancelled.getReadOnlyProperty();
    }

    /** Does again what was cancelled. */
    public void again() {
        asked = Optional.empty();
        follow();
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

    private void follow() {
        Optional<Finished> runs = workbench.finishedProperty().get();
        Side side = place.sideProperty().get();
        if (runs.isEmpty() || runs.get().run(side).isEmpty()) {
            workbench.background().drop(Lane.ATTRIBUTION);
            workbench.background().drop(Lane.WRITING);
            asked = Optional.empty();
            shown.set(Optional.empty());
            writing.set(Optional.empty());
            problem.set(runs.isEmpty() ? "" : "Add a corrupt prompt that can be read to look into its run.");
        } else if (watched.get() && target.get() != null) {
            Request request = new Request(runs.get(), side, place.within(runs.get().prompt(side).orElseThrow().size()),
                target.get());
            if (!asked.equals(Optional.of(request))) {
                asked = Optional.of(request);
                cancelled.set(false);
                workbench.background().run(Lane.ATTRIBUTION, "Finding what speaks for " + target.get(),
                    job -> compute(request, job), this::accept, this::fail);
            }
        }
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

    private void accept(Attributed made) {
        problem.set("");
        shown.set(Optional.of(made));
        read();
    }

    /** What the focused head writes there. */
    private void read() {
        Optional<Head> head = workbench.document().focus().filter(this::exists);
        if (head.isEmpty() || shown.get().isEmpty() || !watched.get()) {
            writing.set(Optional.empty());
            return;
        }
        Attributed where = shown.get().get();
        workbench.background().run(Lane.WRITING, "Reading what %s writes".formatted(head.get()), job ->
            HeadWriting.of(where, head.get(), where.source().writing(head.get(), WRITTEN)),
            made -> writing.set(Optional.of(made)), this::fail);
    }

    private boolean exists(Head head) {
        return shown.get().filter(made -> head.layer() < made.heads().length
            && head.head() < made.heads()[0].length).isPresent();
    }

    private void fail(Throwable error) {
        cancelled.set(error instanceof CancellationException);
        if (cancelled.get()) {
            problem.set("Cancelled before the sum was complete.");
        } else {
            workbench.fail(error);
        }
    }

    // ---- taking it away ----

    Optional<Taken> taken() {
        return shown.get().map(made -> {
            By how = by.get();
            return new Taken("attribution-%s-%s".formatted(how.singular(), made.side().word()), () -> how == By.HEAD
                ? made.heatmap() : made.bars(how), made.table(how));
        });
    }
}
