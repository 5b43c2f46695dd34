package org.headscope.window;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.Window;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.control.Copying;
import org.headscope.window.control.Taken;
import org.headscope.window.export.ExportViewModel;
import org.headscope.window.export.ExportWindow;
import org.headscope.window.export.Subject;
import org.headscope.window.theme.Appearance;

/** Takes away what is shown: to files and to the clipboard. */
final class Exports {

    private final Workbench workbench;
    private final Subjects subjects;
    private final ExportViewModel model;
    private final Window owner;
    private final Dialogs dialogs;
    private final Appearance appearance;
    private ExportWindow window;

    /** @param texts what every exported PNG carries unseen, by keyword */
    Exports(Window owner, Workbench workbench, Subjects subjects, Settings settings,
            Supplier<Map<String, String>> texts, Dialogs dialogs, Appearance appearance) {
        this.owner = owner;
        this.workbench = workbench;
        this.subjects = subjects;
        this.model = new ExportViewModel(workbench, settings, texts);
        this.dialogs = dialogs;
        this.appearance = appearance;
    }

    List<Action> actions() {
        return List.of(
            Action.of("export", Section.FILE_EXPORT, "Export…", this::workspace).keys("Shortcut+E"),
            Action.of("export-heads", Section.FILE_EXPORT, "Export the head map…", this::grid)
                .keys("Shortcut+Shift+E"),
            Action.of("copy", Section.EDIT_COPY, "Copy what is shown as text", this::copy).keys("Shortcut+C"),
            Action.of("copy-picture", Section.EDIT_COPY, "Copy what is shown as a picture", this::copyPicture)
                .keys("Shortcut+Shift+C"));
    }

    /** Offers all there is to export, beginning with what the workspace shows. */
    void workspace() {
        offer(subjects.shown());
    }

    /** The same beginning with the head map. */
    void grid() {
        offer(subjects.headMap());
    }

    private void offer(String id) {
        List<Subject> all = subjects.all();
        if (all.stream().noneMatch(Subject::isThere)) {
            workbench.report("There is nothing to export yet; run a prompt first.");
            return;
        }
        if (window == null) {
            window = new ExportWindow(owner, model, dialogs, appearance);
        }
        model.offer(all, id);
        window.show();
    }

    /** Puts the numbers of what the workspace shows on the clipboard, as tab-separated text. */
    void copy() {
        shown().ifPresent(taken -> model.copyTable(taken, Copying::text));
    }

    /** Puts the picture of what the workspace shows on the clipboard, as it would be exported. */
    void copyPicture() {
        shown().ifPresent(taken -> model.copyPicture(taken, Copying::picture));
    }

    private Optional<Taken> shown() {
        Optional<Subject> shown = subjects.all().stream().filter(subject -> subject.id().equals(subjects.shown()))
            .findFirst();
        shown.filter(subject -> !subject.isThere()).ifPresent(subject -> workbench.report(subject.whyNot()));
        return shown.flatMap(Subject::taken);
    }
}
