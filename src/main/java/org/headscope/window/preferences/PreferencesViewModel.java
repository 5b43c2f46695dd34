package org.headscope.window.preferences;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.headscope.figure.Colors;
import org.headscope.model.Gpt2;
import org.headscope.model.MemoryBudget;
import org.headscope.model.Placement;
import org.headscope.model.Processor;
import org.headscope.model.Wish;
import org.headscope.session.OpenModel;
import org.headscope.weights.hub.KnownModel;
import org.headscope.window.Settings;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/** What a person likes the application to be like, remembered between starts. */
public final class PreferencesViewModel {

    /** Per cent; 0 is as the system has it. */
    static final List<Integer> SCALES = List.of(0, 100, 125, 150, 175, 200);

    private static final String NEXT_MODEL = "From the next model on";

    private static final long GIGABYTE = 1_000_000_000;
    private static final long[] GIGABYTES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128};

    private final Workbench workbench;
    private final Settings settings;
    private final Supplier<Desktop> desktop;
    /** What the toolkit read as it started. */
    private final int scaleInEffect;
    private final ObjectProperty<ThemeChoice> theme;
    private final ObjectProperty<MotionChoice> motion;
    private final ObjectProperty<Colors> colors;
    private final ObjectProperty<Integer> scale;
    private final ObjectProperty<Integer> threads;
    private final ObjectProperty<Long> memory;
    private final ObjectProperty<Wish> wish;
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper still = new ReadOnlyBooleanWrapper();

    /** Asks the desktop how it is set up where that is wished. */
    public PreferencesViewModel(Workbench workbench, Settings settings) {
        this(workbench, settings, Desktop::ask);
    }

    PreferencesViewModel(Workbench workbench, Settings settings, Supplier<Desktop> desktop) {
        this.workbench = workbench;
        this.settings = settings;
        this.desktop = desktop;
        this.theme = new SimpleObjectProperty<>(settings.choice("theme", ThemeChoice.SYSTEM));
        this.motion = new SimpleObjectProperty<>(settings.choice("motion", MotionChoice.SYSTEM));
        this.colors = new SimpleObjectProperty<>(settings.colors());
        this.scaleInEffect = settings.uiScale();
        this.scale = new SimpleObjectProperty<>(scaleInEffect);
        this.threads = new SimpleObjectProperty<>(settings.threads());
        this.memory = new SimpleObjectProperty<>(settings.memory());
        this.wish = new SimpleObjectProperty<>(settings.choice("device", Wish.CPU));
        workbench.setMemory(bytes(settings.memory()));
        workbench.autoProperty().set(settings.get("auto", 1) != 0);
        dark.set(settings.isDark());
        still.set(settings.get("still", 0) != 0);
        remember();
        follow();
    }

    private void remember() {
        theme.addListener((observed, before, now) -> {
            settings.putChoice("theme", now);
            follow();
        });
        motion.addListener((observed, before, now) -> {
            settings.putChoice("motion", now);
            follow();
        });
        colors.addListener((observed, before, now) -> settings.setColors(now));
        scale.addListener((observed, before, now) -> settings.setUiScale(now));
        threads.addListener((observed, before, now) -> settings.setThreads(now));
        memory.addListener((observed, before, now) -> {
            settings.setMemory(now);
            workbench.setMemory(bytes(now));
        });
        wish.addListener((observed, before, now) -> {
            settings.putChoice("device", now);
            workbench.setWish(now);
        });
        dark.addListener((observed, before, now) -> settings.setDark(now));
        still.addListener((observed, before, now) -> settings.put("still", now ? 1 : 0));
        workbench.autoProperty().addListener((observed, before, now) -> settings.put("auto", now ? 1 : 0));
    }

    private void follow() {
        if (theme.get() != ThemeChoice.SYSTEM) {
            dark.set(theme.get() == ThemeChoice.DARK);
        }
        if (motion.get() != MotionChoice.SYSTEM) {
            still.set(motion.get() == MotionChoice.OFF);
        }
        if (theme.get() == ThemeChoice.SYSTEM || motion.get() == MotionChoice.SYSTEM) {
            workbench.background().run(Lane.SETTINGS, "Asking the desktop", job -> desktop.get(), this::follow,
                error -> { });
        } else {
            workbench.background().drop(Lane.SETTINGS);
        }
    }

    private void follow(Desktop asked) {
        if (theme.get() == ThemeChoice.SYSTEM) {
            dark.set(asked.isDark());
        }
        if (motion.get() == MotionChoice.SYSTEM) {
            still.set(asked.isStill());
        }
    }

    public ObjectProperty<ThemeChoice> themeProperty() {
        return theme;
    }

    /** Whether the window is dark now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** From now on light or dark, whatever the system has. */
    public void turn() {
        theme.set(dark.get() ? ThemeChoice.LIGHT : ThemeChoice.DARK);
    }

    public ObjectProperty<MotionChoice> motionProperty() {
        return motion;
    }

    /** Whether nothing in the window moves by itself now. */
    public ReadOnlyBooleanProperty stillProperty() {
        return still.getReadOnlyProperty();
    }

    /** Of probabilities and norms, on the screen. */
    public ObjectProperty<Colors> colorsProperty() {
        return colors;
    }

    /** How large everything is from the next start on: one of {@link #SCALES}. */
    ObjectProperty<Integer> scaleProperty() {
        return scale;
    }

    /** When the size that is chosen takes effect. */
    ObservableValue<String> scaleNote() {
        return scale.map(chosen -> chosen == scaleInEffect ? "From the next start on"
            : "Quit Headscope and start it again to see this");
    }

    /** How many threads the engine has from the next start on; 0 leaves the choice to it. */
    ObjectProperty<Integer> threadsProperty() {
        return threads;
    }

    /** The numbers of threads that this machine can run at once, after the engine's own choice. */
    static List<Integer> threadCounts() {
        return IntStream.rangeClosed(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }

    /** How many bytes weights and runs may take together: one of {@link #memories}. */
    ObjectProperty<Long> memoryProperty() {
        return memory;
    }

    /** The budgets to choose from, up to all that the machine has; 0 is what is usual. What is chosen is among them. */
    List<Long> memories() {
        return Stream.concat(Stream.of(0L, memory.get()), LongStream.of(GIGABYTES).mapToObj(count -> count * GIGABYTE)
            .filter(bytes -> bytes <= MemoryBudget.ofMachine())).distinct().sorted().toList();
    }

    /** Such as "Half of the machine's (8.6 GB)". */
    String label(long bytes) {
        return bytes == 0 ? "%s (%s)".formatted(workbench.usualMemory() == MemoryBudget.ofMachine() / 2
            ? "Half of the machine's" : MemoryBudget.VARIABLE,
            KnownModel.readable(workbench.usualMemory())) : KnownModel.readable(bytes);
    }

    private long bytes(long chosen) {
        return chosen == 0 ? workbench.usualMemory() : chosen;
    }

    /** What models compute on from the next one on: the CPU, or a GPU where there is one that can be used. */
    ObjectProperty<Wish> wishProperty() {
        return wish;
    }

    /** When that takes effect, or what became of it in the model that is open. */
    ObservableValue<String> wishNote() {
        return Bindings.createStringBinding(() -> wish.get() == Wish.CPU ? NEXT_MODEL
            : workbench.modelProperty().get().map(OpenModel::placement)
                .filter(placement -> !placement.sentence().isEmpty()).map(PreferencesViewModel::note)
                .orElse(NEXT_MODEL), wish, workbench.modelProperty());
    }

    private static String note(Placement<Gpt2> placement) {
        if (placement.model().processor() != Processor.CPU) {
            return "Checked, and used by the model that is open";
        }
        return placement.failed() ? "The GPU here cannot be used for this model"
            : "No GPU is found; the guide says what it takes";
    }

    /** Whether prompts run by themselves after the last key. */
    BooleanProperty autoProperty() {
        return workbench.autoProperty();
    }
}
