package org.headscope.window;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.Figure;
import org.headscope.model.Head;
import org.headscope.session.Look;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.control.Taken;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.export.Subject;
import org.headscope.window.lens.AttributionPart;
import org.headscope.window.lens.LensTab;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.sweep.ShownSweep;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.workspace.WorkspaceViewModel;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;

/** All that can be taken away, as it is now: with the cell that is chosen or pointed at. */
final class Subjects {

    private static final String HEAD = "head";
    private static final String ALONG = "along";
    private static final String SET = "set";
    private static final String LAYER = "layer";
    private static final String GRID = "grid";
    private static final String SCORES = "scores";
    private static final String COMPARED = "compared";
    private static final String SWEEP = "sweep";
    private static final String LENS = "lens";
    private static final String CIRCUIT = "circuit";
    /** What the focused head writes, beside an attribution. */
    private static final String WRITING = "writing";
    /** The neuron that is looked at there, over the prompt, and what it writes. */
    private static final String NEURON = "neuron";
    private static final String NEURON_WRITING = "neuron-writing";
    private static final String RUN_FIRST = "Run a prompt first.";
    private static final String BY_NEURON_FIRST = "Attribute by neuron first.";

    private final Workbench workbench;
    private final ViewState view;
    private final WorkspaceViewModel workspace;
    private final SweepViewModel sweep;
    private final PathViewModel paths;
    private final LensTab lens;
    private final DetectViewModel detect;
    private final CircuitsViewModel circuits;

    Subjects(Workbench workbench, ViewState view, WorkspaceViewModel workspace, SweepViewModel sweep,
             PathViewModel paths, LensTab lens, DetectViewModel detect, CircuitsViewModel circuits) {
        this.workbench = workbench;
        this.view = view;
        this.workspace = workspace;
        this.sweep = sweep;
        this.paths = paths;
        this.lens = lens;
        this.detect = detect;
        this.circuits = circuits;
    }

    /** Those that are there and those that could be. */
    List<Subject> all() {
        Optional<Head> head = workspace.shownProperty().get();
        return List.of(
            Subject.of(HEAD, head.map(one -> "Head " + one).orElse("The head"), ofMaps(head(), run(), Pictures::head),
                RUN_FIRST),
            Subject.of(ALONG, "Lines or text", along(), "Draw lines or text first."),
            Subject.of(SET, "Chosen heads", ofMaps("heads", run(), Pictures::set),
                "Ctrl+click several heads."),
            Subject.of(LAYER, head.map(one -> "Heads of layer " + one.layer()).orElse("Heads of a layer"), layer(head),
                RUN_FIRST),
            Subject.of(GRID, "All heads", grid(), RUN_FIRST),
            Subject.of(SCORES, "Scores of heads", scores(), "Show scores on the map."),
            Subject.of(COMPARED, "Clean, corrupt, difference", ofMaps(head(), "compare", Pictures::compared),
                "Add a corrupt prompt, as long."),
            Subject.of(SWEEP, "Sweep", sweep.shownProperty().get().flatMap(this::swept), "Sweep first (S)."),
            Subject.of(LENS, "Lens", lens.taken(), "Open the Lens first (Ctrl+4)."),
            Subject.of(WRITING, head.map(one -> "What %s writes".formatted(one)).orElse("What the head writes"),
                lens.takenWriting(), "Open Lens, Attribution first."),
            Subject.of(NEURON, "Neuron over the prompt", lens.takenNeuron(), BY_NEURON_FIRST),
            Subject.of(NEURON_WRITING, "What the neuron writes", lens.takenNeuronWriting(), BY_NEURON_FIRST),
            Subject.of(CIRCUIT, "Circuit", circuit(), "Open Circuits first (Ctrl+5)."));
    }

    /**
     * What makes others of them: the view, what is computed, and which head is looked at. Not the pointer, so that what
     * it was on when one asked for them is kept.
     */
    Stream<ObservableValue<?>> causes() {
        return Stream.of(Stream.of(workbench.documentProperty(), workbench.pairProperty(), workbench.finishedProperty(),
            view.tabProperty(), view.lockedCellProperty(), workspace.mapsProperty(), sweep.shownProperty(),
            sweep.fitProperty(), paths.shownProperty(), detect.kindProperty(), detect.showProperty(),
            detect.detectionProperty(), circuits.shownProperty()), lens.changes()).flatMap(all -> all);
    }

    /** The id of what stands beside an attribution. */
    static String of(AttributionPart part) {
        return switch (part) {
            case WRITING -> WRITING;
            case NEURON -> NEURON;
            case NEURON_WRITING -> NEURON_WRITING;
        };
    }

    /** The id of what the workspace shows. */
    String shown() {
        return switch (view.tabProperty().get()) {
            case PATTERN -> view.lookProperty().get() != Look.MAP ? ALONG : isSeveral() ? SET : HEAD;
            case COMPARE -> compared();
            case PATCH -> sweep.shownProperty().get().isPresent() ? SWEEP : compared();
            case LENS -> LENS;
            case CIRCUITS -> CIRCUIT;
        };
    }

    /** The id of what the head map shows. */
    String headMap() {
        return detect.shownScores().isPresent() ? SCORES : GRID;
    }

    private String compared() {
        return maps().filter(maps -> maps.difference().isPresent()).isPresent() ? COMPARED : HEAD;
    }

    private boolean isSeveral() {
        return maps().filter(maps -> !maps.several().isEmpty()).isPresent();
    }

    private Optional<Maps> maps() {
        return workspace.mapsProperty().get();
    }

    private Optional<Pictures> pictures() {
        return workbench.modelProperty().get().map(model -> new Pictures(model, view));
    }

    private String head() {
        return workspace.shownProperty().get().map(Object::toString).orElse("head");
    }

    private String run() {
        return view.whichProperty().get().name().toLowerCase(Locale.ROOT);
    }

    private Optional<Taken> ofMaps(String subject, String run, PictureOf of) {
        return pictures().flatMap(pictures -> maps().flatMap(maps -> of.apply(pictures, maps)))
            .map(figure -> Taken.of(subject + "-" + run, () -> figure));
    }

    private interface PictureOf {
        Optional<Figure> apply(Pictures pictures, Maps maps);
    }

    private Optional<Taken> along() {
        return view.lookProperty().get() == Look.MAP ? Optional.empty()
            : pictures().flatMap(pictures -> pictures.reading(workspace, head() + "-" + run()));
    }

    private Optional<Taken> layer(Optional<Head> head) {
        return head.flatMap(one -> pictures().flatMap(pictures -> workbench.pairProperty().get()
            .flatMap(pair -> pictures.layer(pair, one.layer()))
            .map(figure -> Taken.of("L%d-%s".formatted(one.layer(), run()), figure))));
    }

    private Optional<Taken> grid() {
        return pictures().flatMap(pictures -> workbench.pairProperty().get()
            .flatMap(pair -> pictures.grid(pair, workbench.document().focus(), paths.shownProperty().get())))
            .map(figure -> Taken.of("heads-" + run(), figure));
    }

    private Optional<Taken> scores() {
        Function<HeadScores, Optional<Taken>> taken = scores -> pictures().map(pictures ->
            Taken.of("scores-" + run(), () -> pictures.scores(scores, detect)));
        return detect.shownScores().flatMap(taken);
    }

    private Optional<Taken> swept(ShownSweep swept) {
        boolean fit = sweep.fitProperty().get();
        return pictures().map(pictures -> Taken.of("sweep-" + swept.title().replaceAll("[^a-z0-9._]+", "-"),
            () -> pictures.sweep(swept, fit)));
    }

    private Optional<Taken> circuit() {
        return pictures().flatMap(pictures -> circuits.shownProperty().get().flatMap(now ->
            now.takenPairs(pictures.model()).or(() -> now.figure(pictures.model())
                .map(figure -> Taken.of(now.fileName(), () -> figure)))));
    }
}
