package org.headscope.window.sessions;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.Ledger;
import org.headscope.session.ModelNote;
import org.headscope.session.OpenModel;
import org.headscope.session.PictureSession;
import org.headscope.session.Recovery;
import org.headscope.session.Session;
import org.headscope.session.SessionFile;
import org.headscope.session.SessionJson;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.ModelSource;
import org.headscope.window.Settings;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/**
 * The session that is open: its file, whether it has been changed since, and what is kept of it in case the application
 * ends unexpectedly. Belongs to the FX thread.
 */
public final class SessionsViewModel {

    /** After the last change, before it is kept. */
    private static final long PAUSE = 2_000;

    private static final String APPLICATION = "Headscope";

    private final Workbench workbench;
    private final ViewState view;
    private final RecentFiles recent;
    private final SessionDialogs dialogs;
    private final Optional<Recovery> recovery;
    private final ReadOnlyObjectWrapper<Optional<Path>> file = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Ledger> ledger = new ReadOnlyObjectWrapper<>(Ledger.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<Notice>> notice = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(APPLICATION);
    private Supplier<Optional<Path>> references = Optional::empty;
    private Consumer<Path> openReferences = path -> { };
    private BooleanSupplier sweep = () -> false;
    private Consumer<Boolean> wantSweep = wanted -> { };
    /** Null where a session was taken up again that has changes of before. */
    private Document saved;
    private long kept;

    private Optional<Left> left = Optional.empty();
    /** Of the model that was open last: while another one is being loaded the document is still about it. */
    private Optional<ModelNote> lastModel = Optional.empty();
    /** What the start takes up again, until its model is there and it can be shown. */
    private Optional<Recovery.Found> resuming = Optional.empty();

    /**
     * Where a session comes from.
     *
     * @param file what it was saved as
     * @param saved whether that holds all of it
     */
    private record Origin(Optional<Path> file, boolean saved) {

        static Origin saved(Optional<Path> file) {
            return new Origin(file, true);
        }

        static Origin unsaved(Optional<Path> file) {
            return new Origin(file, false);
        }
    }

    /** Work that made room for something else before it was saved. */
    private record Left(Session session, Optional<Path> file) {

        String sentence() {
            return "What you had changed in %s is not saved.".formatted(
                file.map(SessionsViewModel::nameOf).orElse("the session before"));
        }
    }

    /** @param recovery empty where nothing is kept between starts */
    public SessionsViewModel(Workbench workbench, ViewState view, Settings settings, SessionDialogs dialogs,
                             Optional<Recovery> recovery) {
        this.workbench = workbench;
        this.view = view;
        this.recent = new RecentFiles(settings);
        this.dialogs = dialogs;
        this.recovery = recovery;
        this.saved = workbench.document();
        workbench.documentProperty().addListener((observed, before, now) -> follow(now));
        rememberModel();
        workbench.modelProperty().addListener((observed, before, now) -> rememberModel());
        view.tabProperty().addListener((observed, before, now) -> keepSoon());
        view.lockedCellProperty().addListener((observed, before, now) -> keepSoon());
        ledger.addListener((observed, before, now) -> keepSoon());
    }

    /**
     * Says where the reference prompts are that the document puts in the mean of.
     *
     * @param open reads such a file
     */
    public void takeReferencesFrom(Supplier<Optional<Path>> chosen, Consumer<Path> open) {
        references = chosen;
        openReferences = open;
    }

    /**
     * Says whether a sweep is shown.
     *
     * @param want shows that of the session that was opened, or none
     */
    public void takeSweepFrom(BooleanSupplier shown, Consumer<Boolean> want) {
        sweep = shown;
        wantSweep = want;
    }

    // ---- what there is ----

    /** What the window is called: the file's name and whether it has been changed. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** Where the session was saved or opened; empty for a new one. */
    ReadOnlyObjectProperty<Optional<Path>> fileProperty() {
        return file.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Notice>> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** What has been run in this session. */
    ReadOnlyObjectProperty<Ledger> ledgerProperty() {
        return ledger.getReadOnlyProperty();
    }

    /** The files that were opened or saved last, newest first. */
    List<Path> recentFiles() {
        return recent.all();
    }

    void replace(Ledger another) {
        ledger.set(another);
    }

    void dismiss() {
        left = Optional.empty();
        notice.set(Optional.empty());
    }

    /** As it would be saved now. */
    public Session session() {
        return new Session(workbench.document(), lastModel,
            view.tabProperty().get().name().toLowerCase(Locale.ROOT), view.lockedCellProperty().get(),
            references.get().map(path -> path.toAbsolutePath().toString()), sweep.getAsBoolean(), ledger.get());
    }

    private void rememberModel() {
        workbench.modelProperty().get().map(ModelNote::of).ifPresent(note -> {
            lastModel = Optional.of(note);
            resuming = Optional.empty();
        });
    }

    private void follow(Document now) {
        if (saved != null && !workbench.canUndoProperty().get() && !workbench.canRedoProperty().get()) {
            // The program chose this by itself, so there is nothing that a person could lose.
            saved = now;
        }
        showTitle();
        keepSoon();
    }

    boolean isChanged() {
        return !workbench.document().equals(saved);
    }

    private void showTitle() {
        String mark = isChanged() ? "*" : "";
        title.set(file.get().map(path -> "%s%s – %s".formatted(mark, nameOf(path), APPLICATION))
            .orElse(isChanged() ? "*Untitled – " + APPLICATION : APPLICATION));
    }

    private static String nameOf(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SessionFile.ENDING) ? name.substring(0, name.length() - SessionFile.ENDING.length()) : name;
    }

    // ---- opening ----

    /** The founding notebook's pair in the model that is open. */
    void startFresh() {
        replace(Session.fresh(), Origin.saved(Optional.empty()), "");
    }

    /** Puts a session in the place of what is open, which can be taken up again if it has not been saved. */
    private void replace(Session session, Origin from, String note) {
        dismiss();
        left = isChanged() ? Optional.of(new Left(session(), file.get())) : Optional.empty();
        if (left.isPresent() || !note.isEmpty()) {
            say(Notice.of(note));
        }
        take(session, from);
    }

    private void goBack(Left before) {
        replace(before.session(), Origin.unsaved(before.file()), "");
    }

    void chooseAndOpen() {
        dialogs.chooseSession().ifPresent(this::open);
    }

    /** Opens a session, or that of an exported picture. A file that is neither leaves all as it is. */
    public void open(Path path) {
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            openPicture(path);
            return;
        }
        open(path, SessionFile::read, () -> {
            recent.add(path);
            return Optional.of(path);
        });
    }

    /** Goes on with the session that an exported picture carries. One that carries none leaves all as it is. */
    public void openPicture(Path picture) {
        Optional<OpenModel> model = workbench.modelProperty().get();
        open(picture, path -> PictureSession.read(path, model), Optional::empty);
    }

    private void open(Path path, Function<Path, SessionJson.Read> reader, Supplier<Optional<Path>> from) {
        workbench.background().run(Lane.SESSION, "Opening " + path.getFileName(), job -> reader.apply(path), read -> {
            replace(read.session(), Origin.saved(from.get()), read.note());
        }, workbench::fail);
    }

    /**
     * Goes on with what an earlier start left.
     *
     * @param loader waits for the session's model, which is being loaded already; called off the FX thread
     */
    public void resume(Recovery.Found found, ModelSource loader) {
        resuming = Optional.of(found);
        String model = found.session().model().map(ModelNote::name).orElse("the model");
        load(found.session(), new Origin(found.file(), !found.crashed()), "Loading " + model, loader);
        say(Notice.of(found.crashed() ? "Headscope ended unexpectedly; this is what you were working on."
            : "This is where you left off.").offering("Start fresh", this::startFresh));
    }

    private void take(Session session, Origin from) {
        Optional<ModelNote> wanted = session.model();
        Optional<OpenModel> open = workbench.modelProperty().get();
        if (wanted.isEmpty() || open.filter(wanted.get()::is).isPresent()) {
            workbench.restart(session.document());
            show(session, from);
        } else {
            load(session, from, "Loading " + wanted.get().name(),
                workbench.loading(wanted.get().openable(), wanted.get().processing()));
        }
    }

    private void load(Session session, Origin from, String what, ModelSource loader) {
        workbench.openWith(what, loader, opened -> {
            boolean same = session.model().filter(note -> !note.isLike(opened.folder())).isEmpty();
            if (!same) {
                sayOtherModel(session.model().orElseThrow(), opened);
            }
            return same ? session.document() : session.document().forAnotherModel();
        }, opened -> show(session, from), error -> {
            workbench.restart(session.document().forAnotherModel());
            show(session, from);
            sayMissing(session, from, error);
            if (workbench.modelProperty().get().isEmpty()) {
                workbench.open(ModelFolder.DEMO, Processing.TRANSFORMERLENS);
            }
        });
    }

    private void show(Session session, Origin from) {
        resuming = Optional.empty();
        ledger.set(session.ledger());
        file.set(from.file());
        saved = from.saved() ? workbench.document() : null;
        view.tabProperty().set(Stream.of(ViewState.Tab.values()).filter(tab -> tab.name().toLowerCase(Locale.ROOT)
            .equals(session.tab())).findFirst().orElse(ViewState.Tab.PATTERN));
        view.lockedCellProperty().set(session.cell());
        session.references().ifPresent(path -> openReferences.accept(Path.of(path)));
        wantSweep.accept(session.swept());
        showTitle();
        keepSoon();
    }

    private void sayOtherModel(ModelNote note, OpenModel opened) {
        say(Notice.of("The session was made with %s (%s); %s is another model, so its heads and tokens were left out."
            .formatted(note.name(), note.size(), opened.folder().name())));
    }

    private void sayMissing(Session session, Origin from, Throwable error) {
        String why = error instanceof Refusal ? error.getMessage() : "It could not be loaded.";
        String name = session.model().map(ModelNote::name).orElse("The model");
        say(Notice.of("%s is not there, so only the prompts were opened. %s".formatted(name, why))
            .offering("Locate %s…".formatted(name), () -> dialogs.chooseModelFolder().ifPresent(folder -> {
                dismiss();
                load(session, from, "Loading " + folder.getFileName(), workbench.loading(folder.toString(),
                    session.model().orElseThrow().processing()));
            })));
    }

    private void say(Notice now) {
        notice.set(Optional.of(left.map(before -> now.adding(before.sentence())
            .offering("Go back", () -> goBack(before))).orElse(now)));
    }

    // ---- saving ----

    void save() {
        file.get().ifPresentOrElse(this::saveTo, this::saveAs);
    }

    void saveAs() {
        dialogs.saveSession(file.get().map(SessionsViewModel::nameOf).orElse("session") + SessionFile.ENDING)
            .map(SessionsViewModel::withEnding).ifPresent(this::saveTo);
    }

    private static Path withEnding(Path path) {
        String name = path.getFileName().toString();
        return name.contains(".") ? path : path.resolveSibling(name + SessionFile.ENDING);
    }

    private void saveTo(Path path) {
        Session now = session();
        workbench.background().run(Lane.SESSION, "Saving " + path.getFileName(), job -> {
            SessionFile.write(path, now);
            return path;
        }, written -> {
            workbench.report("");
            file.set(Optional.of(written));
            saved = now.document();
            recent.add(written);
            showTitle();
            keepSoon();
        }, workbench::fail);
    }

    // ---- in case the application ends ----

    private void keepSoon() {
        if (recovery.isPresent()) {
            workbench.background().later(Lane.KEEP, PAUSE, this::keep);
        }
    }

    private Session toKeep() {
        return resuming.map(Recovery.Found::session).orElseGet(this::session);
    }

    private Optional<Path> fileToKeep() {
        return resuming.map(Recovery.Found::file).orElseGet(file::get);
    }

    private void keep() {
        Session now = toKeep();
        Optional<Path> from = fileToKeep();
        long number = ++kept;
        recovery.ifPresent(keeper -> workbench.background().run(Lane.KEEP, "Keeping the session", job -> {
            keeper.keep(now, from, number);
            return number;
        }, done -> { }, workbench::fail));
    }

    /** Leaves the session for the next start. Writes at once, since the application is about to end. */
    public void close() {
        recovery.ifPresent(keeper -> keeper.end(toKeep(), fileToKeep()));
    }
}
