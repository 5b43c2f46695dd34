package org.headscope.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.Figure;
import org.headscope.figure.FigureFile;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.circuits.CircuitsViewModel;
import org.headscope.window.circuits.ShownCircuit;
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
                .keys("Shortcut+Shift+E"));
    }

    /** The map or maps of the head that is looked at, or the sweep where that is shown. */
    void workspace() {
        if (view.tabProperty().get() == ViewState.Tab.LENS) {
            lens();
            return;
        }
        if (view.tabProperty().get() == ViewState.Tab.CIRCUITS) {
            circuits();
            return;
        }
        Optional<ShownSweep> swept = sweep.shownProperty().get();
        if (view.tabProperty().get() == ViewState.Tab.PATCH && swept.isPresent()) {
            boolean fit = sweep.fitProperty().get();
            export(pictures().map(pictures -> () -> pictures.sweep(swept.get(), fit)), "sweep",
                swept.get().title().replaceAll("[^a-z0-9._]+", "-"));
            return;
        }
        Optional<Figure> figure = pictures().flatMap(pictures -> workspace.mapsProperty().get()
            .flatMap(pictures::workspace));
        boolean comparing = view.tabProperty().get() != ViewState.Tab.PATTERN;
        export(figure.map(made -> () -> made), workspace.shownProperty().get().map(Object::toString).orElse("head"),
            comparing ? "compare" : run());
    }

    /** What the lens shows, as a picture or as its numbers. */
    private void lens() {
        Optional<Taken> taken = lens.taken();
        if (taken.isEmpty()) {
            workbench.report("There is nothing to export yet; run a prompt first.");
            return;
        }
        dialogs.savePicture(taken.get().name() + ".png").map(Exports::withEnding).ifPresent(file ->
            write(file, () -> taken.get().write(file)));
    }

    private void circuits() {
        Optional<ShownCircuit> shown = circuits.shownProperty().get();
        if (shown.filter(now -> now.map().isEmpty()).isPresent()) {
            workbench.report("Pairs of tokens are a table: Copy takes them away as text.");
            return;
        }
        export(pictures().flatMap(pictures -> shown.flatMap(now -> now.figure(pictures.model())))
            .map(made -> () -> made), "circuits", circuits.kindProperty().get().toString().toLowerCase(Locale.ROOT)
            .replace(' ', '-'));
    }

    /** The head map: every head's attention, or its score where that is shown. */
    void grid() {
        Optional<HeadScores> scores = detect.shownScores();
        if (scores.isPresent()) {
            export(pictures().map(pictures -> () -> pictures.scores(scores.get(), detect)), "scores", run());
            return;
        }
        export(pictures().flatMap(pictures -> workbench.pairProperty().get()
            .flatMap(pair -> pictures.grid(pair, workbench.document().focus()))), "heads", run());
    }

    private String run() {
        return view.whichProperty().get().name().toLowerCase(Locale.ROOT);
    }

    private Optional<Pictures> pictures() {
        return workbench.modelProperty().get().map(model -> new Pictures(model, view));
    }

    private void export(Optional<Supplier<Figure>> figure, String subject, String run) {
        if (figure.isEmpty()) {
            workbench.report("There is nothing to export yet; run a prompt first.");
            return;
        }
        dialogs.savePicture("%s-%s.png".formatted(subject, run)).map(Exports::withEnding).ifPresent(file ->
            write(file, () -> FigureFile.write(file, figure.get().get())));
    }

    private void write(Path file, Runnable writing) {
        workbench.background().run(Lane.EXPORT, "Exporting", job -> {
            writing.run();
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
