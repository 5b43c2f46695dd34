package org.headscope.window.lens;

import java.util.ArrayList;
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
import org.headscope.analysis.LogitLens;
import org.headscope.analysis.LogitLens.Norm;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.session.Substitution.Side;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** The logit lens of one of the runs, read in the background while somebody looks at it. */
public final class LensViewModel {

    /** The likeliest tokens that are told of each cell. */
    static final int TOP = 5;

    /** What the lens is made of; the same needs no reading again. */
    private record Request(Finished runs, Side side, Norm norm, List<Integer> tokens) {
    }

    private final Workbench workbench;
    private final Place place;
    private final BooleanProperty watched = new SimpleBooleanProperty();
    private final ObjectProperty<Norm> norm = new SimpleObjectProperty<>(Norm.RECOMPUTED);
    private final ObjectProperty<Coloring> coloring = new SimpleObjectProperty<>(Coloring.PROBABILITY);
    private final ReadOnlyObjectWrapper<List<Coloring>> colorings =
        new ReadOnlyObjectWrapper<>(List.of(Coloring.PROBABILITY));
    private final ReadOnlyObjectWrapper<Optional<ShownLens>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper cancelled = new ReadOnlyBooleanWrapper();
    private Optional<Request> asked = Optional.empty();

    public LensViewModel(Workbench workbench, Place place) {
        this.workbench = workbench;
        this.place = place;
        watched.addListener((observed, before, now) -> follow());
        norm.addListener((observed, before, now) -> follow());
        place.sideProperty().addListener((observed, before, now) -> follow());
        // It follows every finished pair and every change of the pins.
        workbench.readoutsProperty().addListener((observed, before, now) -> follow());
        workbench.finishedProperty().addListener((observed, before, now) -> follow());
        workbench.currentProperty().addListener((observed, before, now) -> {
            if (!now) {
                // It would keep the next run waiting.
                stop();
            }
        });
    }

    private void stop() {
        workbench.background().drop(Lane.LENS);
        asked = shown.get().map(LensViewModel::requestOf);
    }

    private static Request requestOf(ShownLens lens) {
        return new Request(lens.runs(), lens.side(), lens.norm(), lens.tokens());
    }

    /** Whether somebody looks at it; else nothing is computed. */
    public BooleanProperty watchedProperty() {
        return watched;
    }

    /** What the residual stream is divided by. */
    public ObjectProperty<Norm> normProperty() {
        return norm;
    }

    /** What the colours tell; one of {@link #coloringsProperty}. */
    public ObjectProperty<Coloring> coloringProperty() {
        return coloring;
    }

    /** All that the colours can tell, of the tokens that are watched. */
    public ReadOnlyObjectProperty<List<Coloring>> coloringsProperty() {
        return colorings.getReadOnlyProperty();
    }

    public Place place() {
        return place;
    }

    /** Empty until it has been read. */
    public ReadOnlyObjectProperty<Optional<ShownLens>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why there is nothing to see, or nothing new; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether a person stopped the reading, so that it can be begun again. */
    public ReadOnlyBooleanProperty cancelledProperty() {
        return cancelled.getReadOnlyProperty();
    }

    /** Reads again what was cancelled. */
    public void again() {
        asked = Optional.empty();
        follow();
    }

    private void follow() {
        Optional<Finished> runs = workbench.finishedProperty().get();
        if (runs.isEmpty() || runs.get().run(place.sideProperty().get()).isEmpty()) {
            workbench.background().drop(Lane.LENS);
            asked = Optional.empty();
            shown.set(Optional.empty());
            problem.set(runs.isEmpty() ? "" : "Add a corrupt prompt that can be read to look into its run.");
            return;
        }
        Request request = new Request(runs.get(), place.sideProperty().get(), norm.get(), workbench.watched());
        if (watched.get() && !asked.equals(Optional.of(request))) {
            asked = Optional.of(request);
            cancelled.set(false);
            workbench.background().run(Lane.LENS, "Reading every half-layer", job -> read(request, job), this::accept,
                this::fail);
        }
    }

    private static ShownLens read(Request request, Job job) {
        var model = request.runs().model().gpt2();
        int layers = model.config().layers();
        int[] ids = request.runs().prompt(request.side()).orElseThrow().ids();
        Run run = model.run(ids, RunOptions.plain().lastLogitsOnly().keeping(hook -> LogitLens.needs(hook, layers))
            .cancelledBy(job.cancellation()));
        return new ShownLens(request.runs(), request.side(), request.norm(), request.tokens(),
            LogitLens.of(model, run, request.norm(), TOP, request.tokens(),
                read -> job.progress(read, LogitLens.labels(layers).size()), job.cancellation()));
    }

    private void accept(ShownLens read) {
        problem.set("");
        List<Coloring> offered = new ArrayList<>(List.of(Coloring.PROBABILITY));
        read.tokens().forEach(token -> offered.add(Coloring.rankOf(token, read.label(token))));
        colorings.set(List.copyOf(offered));
        if (!offered.contains(coloring.get())) {
            coloring.set(Coloring.PROBABILITY);
        }
        shown.set(Optional.of(read));
    }

    private void fail(Throwable error) {
        cancelled.set(error instanceof CancellationException);
        if (error instanceof CancellationException) {
            problem.set("Cancelled before all half-layers were read.");
        } else {
            workbench.fail(error);
        }
    }

    // ---- taking it away ----

    /** The grid, of the positions that can be seen. */
    Optional<Taken> takenGrid(int first, int count) {
        return shown.get().map(lens -> new Taken("lens-" + lens.side().word(),
            () -> lens.grid(coloring.get(), first, count), lens.table()));
    }

    /** The lines at the chosen position. */
    Optional<Taken> takenRanks() {
        return shown.get().map(lens -> {
            int position = place.within(lens.lens().positions());
            return new Taken("ranks-" + lens.side().word(), () -> lens.ranks(position),
                lens.rankTable(position));
        });
    }
}
