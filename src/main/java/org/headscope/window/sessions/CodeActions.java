package org.headscope.window.sessions;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.headscope.session.OpenModel;
import org.headscope.session.code.Notebook;
import org.headscope.session.code.Plans;
import org.headscope.session.code.Subject;
import org.headscope.session.code.TransformerLensCode;
import org.headscope.session.code.Version;
import org.headscope.session.code.View;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.control.Copying;
import org.headscope.window.work.Lane;

/** Takes what is shown away as code for TransformerLens. */
public final class CodeActions {

    private static final String NOTHING = "There is nothing to copy as code yet; run a prompt first.";

    private final Workbench workbench;
    private final ViewState view;
    private final SessionDialogs dialogs;
    private final Supplier<Plans> plans;
    private final Supplier<Optional<Path>> references;

    /**
     * @param plans what is shown beside the document itself
     * @param references the file of the reference prompts whose mean is put in
     */
    public CodeActions(Workbench workbench, ViewState view, SessionDialogs dialogs,
                       Supplier<Plans> plans, Supplier<Optional<Path>> references) {
        this.workbench = workbench;
        this.view = view;
        this.dialogs = dialogs;
        this.plans = plans;
        this.references = references;
    }

    public List<Action> all() {
        return List.of(
            Action.of("copy-code", Section.EDIT_COPY, "Copy as TransformerLens code", () -> copy(shown(), Version.TWO))
                .keys("Shortcut+Alt+C"),
            Action.of("copy-code-4", Section.EDIT_COPY, "Copy as TransformerLens 4 code",
                () -> copy(shown(), Version.FOUR)),
            export("export-notebook", Version.TWO), export("export-notebook-4", Version.FOUR));
    }

    private Action export(String id, Version version) {
        return Action.of(id, Section.FILE_EXPORT, "Export a notebook for %s…".formatted(version.label()),
            () -> export(version));
    }

    /** What code can compute of what stands in the workspace. */
    public List<View> shown() {
        return switch (view.tabProperty().get()) {
            case PATTERN -> List.of(View.PATTERNS, View.DETECTORS);
            case COMPARE -> List.of(View.COMPARE);
            case PATCH -> List.of(View.PATCH, View.SWEEP, View.PATH);
            case LENS -> List.of(View.LENS, View.ATTRIBUTION, View.NEURON, View.GENERATION);
            case CIRCUITS -> List.of(View.CIRCUIT);
        };
    }

    private Optional<Subject> subject() {
        Optional<OpenModel> model = workbench.modelProperty().get();
        if (model.isEmpty() || workbench.finishedProperty().get().isEmpty()) {
            workbench.report(NOTHING);
            return Optional.empty();
        }
        return Optional.of(Subject.of(model.get(), workbench.document(), workbench.watched(), plans.get(),
            references.get().map(Path::toString)));
    }

    /** Puts code for TransformerLens 2.15 that computes some views on the clipboard. */
    public void copy(List<View> views) {
        copy(views, Version.TWO);
    }

    private void copy(List<View> views, Version version) {
        subject().ifPresent(subject -> TransformerLensCode.of(views, subject, version).ifPresentOrElse(code -> {
            Copying.text(code);
            workbench.report("");
        }, () -> workbench.report(("There is no code for “%s” yet; stage a patch, sweep, read a circuit or add a "
            + "corrupt prompt first.").formatted(String.join(", ", views.stream().map(View::title).toList())))));
    }

    private void export(Version version) {
        subject().ifPresent(subject -> dialogs.saveNotebook("session.ipynb").ifPresent(file -> {
            OpenModel model = workbench.modelProperty().get().orElseThrow();
            workbench.background().run(Lane.EXPORT, "Exporting a notebook", job -> {
                Notebook.write(file, model, subject, version, job.cancellation());
                return file;
            }, written -> workbench.report(""), workbench::fail);
        }));
    }
}
