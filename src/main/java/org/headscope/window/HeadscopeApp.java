package org.headscope.window;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.headscope.model.MemoryBudget;
import org.headscope.model.Runtime;
import org.headscope.model.Wish;
import org.headscope.refusal.Refusal;
import org.headscope.session.AppFolder;
import org.headscope.session.Document;
import org.headscope.session.ModelNote;
import org.headscope.session.OpenModel;
import org.headscope.session.Recovery;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.window.control.Icons;
import org.headscope.window.theme.Appearance;
import org.headscope.window.work.FxBackground;
import org.slf4j.LoggerFactory;

/** Opens the window. */
public final class HeadscopeApp extends Application {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(HeadscopeApp.class);

    /** Kept, since the platform's loggers are only held weakly. */
    private static final Logger[] CHATTY = {Logger.getLogger("javafx"), Logger.getLogger("com.sun.javafx"),
        Logger.getLogger("java.util.prefs")};

    /** Set by packaging: a start that ends by itself once all is shown, to see which classes one takes. */
    private static final String REHEARSAL = "headscope.rehearsal";

    private static volatile boolean started;

    private Runtime runtime;
    private Recovery recovery;
    private Optional<Recovery.Found> left;
    private CompletableFuture<OpenModel> model;
    private FxBackground background;
    private MainWindow window;

    /**
     * Shows the window and returns when it is closed.
     *
     * @return false, at once, where no display can be opened
     */
    public static boolean open() {
        for (Logger logger : CHATTY) {
            logger.setLevel(Level.SEVERE);
        }
        JavaHeap.giveBackUnused();
        size(new Settings().uiScale());
        try {
            launch(HeadscopeApp.class);
            return true;
        } catch (RuntimeException | LinkageError e) {
            if (started) {
                throw e;
            }
            LOG.debug("No display", e);
            return false;
        }
    }

    /** The toolkit reads it once, before its first window. */
    private static void size(int percent) {
        if (percent > 0) {
            for (String system : new String[] {"gtk", "win"}) {
                System.setProperty("glass.%s.uiScale".formatted(system), percent + "%");
            }
        }
    }

    @Override
    public void init() {
        started = true;
        // Before the engine's library, which takes long to load, and until then lets nobody load another one or call
        // into it for the first time: the window would stand still in the middle of being built.
        Appearance.loadFonts();
        Icons.load();
        Settings settings = new Settings();
        runtime = Runtime.start(settings.threads(), budget());
        runtime.submit(() -> {
            Tokenizer.loadLibrary();
            return null;
        });
        runtime.setWish(settings.choice("device", Wish.CPU));
        if (settings.memory() > 0) {
            runtime.memory().set(settings.memory());
        }
        recovery = new Recovery(AppFolder.ofEnvironment().resolve(Settings.place()));
        left = recovery.find();
    }

    private static MemoryBudget budget() {
        try {
            return MemoryBudget.ofEnvironment();
        } catch (Refusal e) {
            // No reason not to open; the Preferences show what holds instead.
            LOG.warn(e.getMessage());
            return MemoryBudget.of(MemoryBudget.ofMachine() / 2);
        }
    }

    @Override
    public void start(Stage stage) {
        // A window that says so is there in a second; its regions take longer, and so does the model.
        background = new FxBackground(runtime);
        Document start = left.map(found -> found.session().document().forAnotherModel()).orElse(Document.notebook());
        Workbench workbench = new Workbench(runtime, background, start);
        Thread.currentThread().setUncaughtExceptionHandler(new Unexpected(workbench::report));
        Shell shell = new Shell(stage, new Settings());
        shell.show(() -> build(shell, workbench));
    }

    private void build(Shell shell, Workbench workbench) {
        // While the regions are made: together they take less than one after the other. Not before the first frame, which
        // needs libraries of its own: Java loads one library at a time, and the engine's takes long.
        ModelNote note = left.flatMap(found -> found.session().model()).orElse(null);
        model = runtime.submit(() -> note == null
            ? OpenModel.open(ModelFolder.DEMO, Processing.TRANSFORMERLENS, runtime)
            : OpenModel.open(note.openable(), note.processing(), runtime));

        if (left.isEmpty()) {
            workbench.open("Loading " + ModelFolder.DEMO, model::join);
        }
        window = MainWindow.in(shell, workbench, recovery);
        left.ifPresent(found -> window.sessions().resume(found, model::join));
        window.show();
        if (Boolean.getBoolean(REHEARSAL)) {
            window.wholeProperty().addListener((observed, before, now) -> Platform.exit());
        }
    }

    @Override
    public void stop() {
        if (window != null) {
            window.sessions().close();
        }
        background.close();
        runtime.close();
    }
}
