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
import org.headscope.window.work.Lane;

/** Takes away what is shown: to files and to the clipboard. */
final class Exports {

    /** Changes in a row are followed together. */
    private static final long PAUSE = 120;

    private final Workbench workbench;
    private final Subjects subjects;
    private final ExportViewModel model;
    private final Window owner;
    private final Dialogs dialogs;
    private final Appearance appearance;
    private ExportWindow window;
    private String shownBefore = "";

    /** @param texts what every exported PNG carries unseen, by keyword */
    Exports(Window owner, Workbench workbench, Subjects subjects, Settings settings,
            Supplier<Map<String, String>> texts, Dialogs dialogs, Appearance appearance) {
        this.owner = owner;
        this.workbench = workbench;
        this.subjects = subjects;
        this.model = new ExportViewModel(workbench, settings, texts);
        this.dialogs = dialogs;
        this.appearance = appearance;
        subjects.causes().forEach(cause -> cause.addListener((observed, before, now) -> follow()));
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

    /** The same beginning with one of them. */
    void open(String id) {
        offer(id);
    }

    /**
     * While its window is open it offers what there is now. What was chosen there stays until the workspace shows
     * another view.
     */
    private void follow() {
        if (window == null || !window.isShowing()) {
            return;
        }
        workbench.background().later(Lane.FOLLOW, PAUSE, () -> {
            String now = subjects.shown();
            model.follow(subjects.all(), now.equals(shownBefore) ? Optional.empty() : Optional.of(now));
            shownBefore = now;
        });
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
        shownBefore = subjects.shown();
        model.offer(all, id);
        window.show();
    }

    /** Puts the numbers of what the workspace shows on the clipboard, as tab-separated text. */
    void copy() {
        copy(subjects.shown());
    }

    /** The same of one of the subjects. */
    void copy(String id) {
        taken(id).ifPresent(taken -> model.copyTable(taken, Copying::text));
    }

    /** Puts the picture of what the workspace shows on the clipboard, as it would be exported. */
    void copyPicture() {
        copyPicture(subjects.shown());
    }

    /** The same of one of the subjects. */
    void copyPicture(String id) {
        taken(id).ifPresent(taken -> model.copyPicture(taken, Copying::picture));
    }

    /** What the workspace shows now. */
    String shown() {
        return subjects.shown();
    }

    /** What the head map shows now. */
    String headMap() {
        return subjects.headMap();
    }

    private Optional<Taken> taken(String id) {
        Optional<Subject> shown = subjects.all().stream().filter(subject -> subject.id().equals(id)).findFirst();
        shown.filter(subject -> !subject.isThere()).ifPresent(subject -> workbench.report(subject.whyNot()));
        return shown.flatMap(Subject::taken);
    }
}
