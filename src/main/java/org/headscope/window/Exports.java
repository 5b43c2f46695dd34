package org.headscope.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.FigureOptions;
import org.headscope.session.Look;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.control.Copying;
import org.headscope.window.control.Taken;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.lens.LensTab;
import org.headscope.window.sweep.ShownSweep;
import org.headscope.window.sweep.SweepViewModel;
import org.headscope.window.work.Lane;
import org.headscope.window.workspace.WorkspaceViewModel;

/** Saves what is shown. The picture is drawn and written in the background. */
final class Exports {

    private final Workbench workbench;
    private final ViewState view;
    private final WorkspaceViewModel workspace;
    private final SweepViewModel sweep;
    private final LensTab lens;
    private final DetectViewModel detect;
    private final CircuitsViewModel circuits;
    private final Dialogs dialogs;
    private final Consumer<Path> saved;

    /** @param saved told of every file that has been written */
    Exports(Workbench workbench, ViewState view, WorkspaceViewModel workspace, SweepViewModel sweep,
            LensTab lens, DetectViewModel detect, CircuitsViewModel circuits, Dialogs dialogs, Consumer<Path> saved) {
        this.workbench = workbench;
        this.view = view;
        this.workspace = workspace;
        this.sweep = sweep;
        this.lens = lens;
        this.detect = detect;
        this.circuits = circuits;
        this.dialogs = dialogs;
        this.saved = saved;
    }

    List<Action> actions() {
        return List.of(
            Action.of("export", Section.FILE_EXPORT, "Export what is shown…", this::workspace).keys("Shortcut+E"),
            Action.of("export-heads", Section.FILE_EXPORT, "Export the head map…", this::grid)
                .keys("Shortcut+Shift+E"),
            Action.of("copy", Section.EDIT_COPY, "Copy what is shown as text", this::copy).keys("Shortcut+C"));
    }

    /** Saves what the workspace shows. */
    void workspace() {
        save(shown());
    }

    /** Puts the numbers of what the workspace shows on the clipboard, as tab-separated text. */
    void copy() {
        shown().ifPresentOrElse(what -> workbench.background().run(Lane.EXPORT, "Copying", job -> what.text(),
            Copying::text, workbench::fail), this::reportNothing);
    }

    private Optional<Taken> shown() {
        return switch (view.tabProperty().get()) {
            case LENS -> lens.taken();
            case CIRCUITS -> circuits();
            case PATTERN -> view.lookProperty().get() == Look.MAP ? maps(run())
                : pictures().flatMap(pictures -> pictures.reading(workspace, heads() + "-" + run()));
            case COMPARE -> maps("compare");
            case PATCH -> sweep.shownProperty().get().isPresent() ? sweep(sweep.shownProperty().get().get())
                : maps("compare");
        };
    }

    private Optional<Taken> maps(String run) {
        return pictures().flatMap(pictures -> workspace.mapsProperty().get().flatMap(pictures::workspace))
            .map(figure -> Taken.of(heads() + "-" + run, () -> figure));
    }

    /** For a file's name. */
    private String heads() {
        boolean isSeveral = view.tabProperty().get() == ViewState.Tab.PATTERN
            && workspace.mapsProperty().get().filter(maps -> !maps.several().isEmpty()).isPresent();
        return isSeveral ? "heads" : workspace.shownProperty().get().map(Object::toString).orElse("head");
    }

    private Optional<Taken> sweep(ShownSweep swept) {
        boolean fit = sweep.fitProperty().get();
        return pictures().map(pictures -> Taken.of("sweep-" + swept.title().replaceAll("[^a-z0-9._]+", "-"),
            () -> pictures.sweep(swept, fit)));
    }

    private Optional<Taken> circuits() {
        return pictures().flatMap(pictures -> circuits.shownProperty().get().flatMap(now ->
            now.takenPairs(pictures.model())
                .or(() -> now.figure(pictures.model()).map(figure -> Taken.of(now.fileName(), () -> figure)))));
    }

    /** The head map: every head's attention, or its score where that is shown. */
    void grid() {
        Optional<HeadScores> scores = detect.shownScores();
        save(pictures().flatMap(pictures -> scores.isPresent()
            ? Optional.of(Taken.of("scores-" + run(), () -> pictures.scores(scores.get(), detect)))
            : workbench.pairProperty().get().flatMap(pair -> pictures.grid(pair, workbench.document().focus()))
                .map(figure -> Taken.of("heads-" + run(), figure))));
    }

    private String run() {
        return view.whichProperty().get().name().toLowerCase(Locale.ROOT);
    }

    private Optional<Pictures> pictures() {
        return workbench.modelProperty().get().map(model -> new Pictures(model, view));
    }

    private void reportNothing() {
        workbench.report("There is nothing to export yet; run a prompt first.");
    }

    private void save(Optional<Taken> shown) {
        shown.ifPresentOrElse(what -> dialogs.savePicture(what.name() + ".png").map(Exports::withEnding)
            .ifPresent(file -> write(file, what)), this::reportNothing);
    }

    private void write(Path file, Taken what) {
        workbench.background().run(Lane.EXPORT, "Exporting", job -> {
            what.write(file, FigureOptions.usual(), Map.of());
            return file;
        }, written -> {
            workbench.report("");
            saved.accept(written);
        }, workbench::fail);
    }

    /** Some systems' dialogs leave the ending to the person. */
    private static Path withEnding(Path file) {
        return file.getFileName().toString().contains(".") ? file : file.resolveSibling(file.getFileName() + ".png");
    }
}
