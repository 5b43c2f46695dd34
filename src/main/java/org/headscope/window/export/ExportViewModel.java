package org.headscope.window.export;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.headscope.figure.FigureFile.Format;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Png;
import org.headscope.refusal.Refusal;
import org.headscope.window.Settings;
import org.headscope.window.Workbench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Lane;

/**
 * What is exported, how, and what it will look like. Everything is drawn and written in the background. Belongs to the
 * FX thread.
 */
public final class ExportViewModel {

    private static final long PAUSE = 60;

    private final Workbench workbench;
    private final ExportMemory memory;
    private final Supplier<Map<String, String>> texts;
    private final ObservableList<Subject> subjects = FXCollections.observableArrayList();
    private final ObservableSet<String> ticked = FXCollections.observableSet();
    private final ObjectProperty<Optional<Subject>> shown = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<FigureOptions> options;
    private final ObjectProperty<Format> format;
    private final ReadOnlyObjectWrapper<Optional<Preview>> preview = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<Path>> written = new ReadOnlyObjectWrapper<>(List.of());
    private boolean following;
    private Preview.Room room = new Preview.Room(480, 480, 1);

    /** @param texts what every PNG carries unseen, by keyword, as things are when it is asked for */
    public ExportViewModel(Workbench workbench, Settings settings, Supplier<Map<String, String>> texts) {
        this.workbench = workbench;
        this.memory = new ExportMemory(settings);
        this.texts = texts;
        this.options = new SimpleObjectProperty<>(memory.options());
        this.format = new SimpleObjectProperty<>(memory.format());
        shown.addListener((observed, before, now) -> draw());
        options.addListener((observed, before, now) -> choose());
        format.addListener((observed, before, now) -> choose());
    }

    /**
     * Offers what there is now.
     *
     * @param id of the subject to look at first
     */
    public void offer(List<Subject> all, String id) {
        subjects.setAll(all);
        ticked.clear();
        written.set(List.of());
        shown.set(all.stream().filter(subject -> subject.id().equals(id)).findFirst());
        draw();
    }

    /**
     * Takes what there is by now in the place of what was offered. What is ticked and what is looked at stay.
     *
     * @param next the id of what to look at from now on; empty to stay
     */
    public void follow(List<Subject> all, Optional<String> next) {
        String id = next.or(() -> shown.get().map(Subject::id)).orElse("");
        following = true;
        subjects.setAll(all);
        following = false;
        // Even where it is equal, since the list has forgotten which it was.
        shown.set(Optional.empty());
        shown.set(all.stream().filter(subject -> subject.id().equals(id)).findFirst());
    }

    /** Whether the list is just being replaced, which chooses nothing. */
    boolean isFollowing() {
        return following;
    }

    ObservableList<Subject> subjects() {
        return subjects;
    }

    /** The ids of those that are written together. */
    ObservableSet<String> ticked() {
        return ticked;
    }

    /** The one that the preview shows. */
    ObjectProperty<Optional<Subject>> shownProperty() {
        return shown;
    }

    ObjectProperty<FigureOptions> optionsProperty() {
        return options;
    }

    ObjectProperty<Format> formatProperty() {
        return format;
    }

    ReadOnlyObjectProperty<Optional<Preview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /** Why there is no preview or no file, in one sentence; else empty. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The files of the last export. */
    ReadOnlyObjectProperty<List<Path>> writtenProperty() {
        return written.getReadOnlyProperty();
    }

    void change(UnaryOperator<FigureOptions> how) {
        options.set(how.apply(options.get()));
    }

    void setRoom(Preview.Room now) {
        if (!now.equals(room)) {
            room = now;
            draw();
        }
    }

    private void choose() {
        memory.keep(options.get(), format.get());
        draw();
    }

    // ---- the preview ----

    private void draw() {
        workbench.background().later(Lane.PREVIEW, PAUSE, this::drawNow);
    }

    private void drawNow() {
        if (shown.get().isEmpty()) {
            return;
        }
        Subject subject = shown.get().get();
        if (!subject.isThere()) {
            workbench.background().drop(Lane.PREVIEW);
            preview.set(Optional.empty());
            problem.set(subject.whyNot());
            return;
        }
        Format as = format.get();
        FigureOptions how = options.get();
        Preview.Room where = room;
        workbench.background().run(Lane.PREVIEW, "Drawing a preview", job -> Preview.of(subject.taken().get(), as, how,
            where), made -> {
                preview.set(Optional.of(made));
                problem.set("");
            }, error -> {
                preview.set(Optional.empty());
                fail(error);
            });
    }

    // ---- files ----

    /** What is written: what is ticked or, where nothing is, what the preview shows. */
    List<Subject> chosen() {
        List<Subject> several = subjects.stream().filter(Subject::isThere)
            .filter(subject -> ticked.contains(subject.id())).toList();
        return several.isEmpty() ? shown.get().filter(Subject::isThere).stream().toList() : several;
    }

    /** What a file of the one chosen subject could be called. */
    String suggestedName() {
        return chosen().get(0).taken().orElseThrow().name() + format.get().ending();
    }

    /** Writes the one chosen subject. A name without an ending gets the chosen format's. */
    void write(Path file) {
        boolean bare = !file.getFileName().toString().contains(".");
        Path target = bare ? file.resolveSibling(file.getFileName() + format.get().ending()) : file;
        Taken taken = chosen().get(0).taken().orElseThrow();
        FigureOptions how = options.get();
        Map<String, String> carried = texts.get();
        workbench.background().run(Lane.EXPORT, "Exporting", job -> {
            taken.write(target, how, carried);
            return List.of(target);
        }, this::succeed, this::fail);
    }

    /** Writes all chosen subjects into a folder, beside what is there. */
    void writeAll(Path folder) {
        List<Taken> all = chosen().stream().map(subject -> subject.taken().orElseThrow()).toList();
        FigureOptions how = options.get();
        String ending = format.get().ending();
        Map<String, String> carried = texts.get();
        workbench.background().run(Lane.EXPORT, "Exporting", job -> {
            List<Path> files = new ArrayList<>();
            for (Taken taken : all) {
                job.cancellation().throwIfRequested();
                Path file = free(folder, taken.name(), ending);
                taken.write(file, how, carried);
                files.add(file);
                job.progress(files.size(), all.size());
            }
            return files;
        }, this::succeed, this::fail);
    }

    private static Path free(Path folder, String name, String ending) {
        Path file = folder.resolve(name + ending);
        for (int number = 2; Files.exists(file); number++) {
            file = folder.resolve(name + "-" + number + ending);
        }
        return file;
    }

    private void succeed(List<Path> files) {
        problem.set("");
        written.set(files);
    }

    private void fail(Throwable error) {
        if (error instanceof Refusal refusal) {
            problem.set(refusal.getMessage());
        } else if (error instanceof CancellationException) {
            problem.set("The export was cancelled.");
        } else if (error instanceof OutOfMemoryError) {
            problem.set("Memory ran out before this was drawn, and all else is as it was; choose a lower resolution.");
        } else {
            problem.set("This failed for a reason that Headscope did not expect; the log says more.");
            workbench.fail(error);
        }
    }

    // ---- the clipboard ----

    /** Makes the picture of something at its size in print. */
    public void copyPicture(Taken taken, Consumer<BufferedImage> done) {
        FigureOptions how = options.get();
        workbench.background().run(Lane.EXPORT, "Copying", job -> Png.image(taken.picture().orElseThrow(
            () -> new Refusal("There is no picture of this, only a table; copy it as text.")).get().draw(how.page()),
            how.resolution().pixelsPerUnit()), done, workbench::fail);
    }

    /** Makes the table of something as tab-separated text. */
    public void copyTable(Taken taken, Consumer<String> done) {
        workbench.background().run(Lane.EXPORT, "Copying", job -> taken.text(), done, workbench::fail);
    }
}
