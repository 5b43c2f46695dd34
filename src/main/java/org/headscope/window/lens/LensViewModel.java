package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
public final class LensViewModel extends FollowedViewModel<LensViewModel.Request, ShownLens> {

    /** The likeliest tokens that are told of each cell. */
    static final int TOP = 5;

    /** What the lens is made of; the same needs no reading again. */
    record Request(Finished runs, Side side, Norm norm, List<Integer> tokens) {
    }

    private final Workbench workbench;
    private final Place place;
    private final ObjectProperty<Norm> norm = new SimpleObjectProperty<>(Norm.RECOMPUTED);
    private final ObjectProperty<Coloring> coloring = new SimpleObjectProperty<>(Coloring.PROBABILITY);
    private final ReadOnlyObjectWrapper<List<Coloring>> colorings =
        new ReadOnlyObjectWrapper<>(List.of(Coloring.PROBABILITY));

    public LensViewModel(Workbench workbench, Place place) {
        super(workbench, Lane.LENS, LensViewModel::requestOf,
            "Cancelled before all half-layers were read.");
        this.workbench = workbench;
        this.place = place;
        // The readouts follow every finished pair and every change of the pins.
        Stream.of(watchedProperty(), norm, place.sideProperty(), workbench.readoutsProperty(),
            workbench.finishedProperty()).forEach(cause -> cause.addListener((observed, before, now) -> follow()));
    }

    private static Request requestOf(ShownLens lens) {
        return new Request(lens.runs(), lens.side(), lens.norm(), lens.tokens());
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

    @Override
    void follow() {
        Side side = place.sideProperty().get();
        runsWith(side).ifPresent(runs -> {
            Request request = new Request(runs, side, norm.get(), workbench.watched());
            ask(request, "Reading every half-layer", job -> read(request, job), this::offer);
        });
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

    /** What the colours can tell of it. */
    private void offer(ShownLens read) {
        List<Coloring> offered = new ArrayList<>(List.of(Coloring.PROBABILITY));
        read.tokens().forEach(token -> offered.add(Coloring.rankOf(token, read.label(token))));
        colorings.set(List.copyOf(offered));
        if (!offered.contains(coloring.get())) {
            coloring.set(Coloring.PROBABILITY);
        }
    }

    // ---- taking it away ----

    /** The grid, of the positions that can be seen. */
    Optional<Taken> takenGrid(int first, int count) {
        return shownProperty().get().map(lens -> new Taken("lens-" + lens.side().word(),
            () -> lens.grid(coloring.get(), first, count), lens.table()));
    }

    /** The lines at the chosen position. */
    Optional<Taken> takenRanks() {
        return shownProperty().get().map(lens -> {
            int position = place.within(lens.lens().positions());
            return new Taken("ranks-" + lens.side().word(), () -> lens.ranks(position),
                lens.rankTable(position));
        });
    }
}
