package org.headscope.window.statusbar;

import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.controlsfx.control.StatusBar;
import org.headscope.window.Workbench;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;
import org.headscope.window.work.Activity;

/** The bottom region: model, last run, and the work that is going on, with a way to stop it. */
public final class StatusLine extends StatusBar {

    /** Seconds; shorter work comes and goes without a word. */
    static final double WORTH_WORDS = 1;

    public static final double HEIGHT = 34;

    private static final double ROOM_FOR_ENGINE = 1100;
    private static final double TIP = 480;
    private static final double PROGRESS = 120;

    private final Workbench workbench;
    private final ObservableValue<Optional<Activity>> busy;
    private final Label what = Parts.label("", "small");
    private final ProgressBar progress = new ProgressBar();
    private final HBox work = line(8);
    private Runnable showModels = () -> { };

    public StatusLine(Workbench workbench, StatusViewModel model) {
        this.workbench = workbench;
        this.busy = model.busy();
        setId("status");
        setText("");
        // Only its button takes keys.
        setFocusTraversable(false);
        Label name = Parts.label("", "small");
        name.textProperty().bind(model.model());
        Label run = Parts.label("", "small", "muted");
        run.setId("last-run");
        run.textProperty().bind(model.lastRun());
        Label need = Parts.label("", "small", "muted");
        need.setId("need");
        need.textProperty().bind(model.need());
        Tooltip kept = new Tooltip();
        kept.textProperty().bind(model.kept());
        need.setTooltip(kept);
        // Nor does anybody miss it there while there is something to wait for.
        Parts.hideWhile(need, Bindings.createBooleanBinding(() -> work.isVisible() && getWidth() < ROOM_FOR_ENGINE,
            work.visibleProperty(), widthProperty()));
        Label machine = Parts.label("", "small", "muted");
        machine.textProperty().bind(workbench.engineProperty());
        // The engine is the first thing that a narrow window can do without.
        Parts.hideWhile(machine, widthProperty().map(width -> width.doubleValue() < ROOM_FOR_ENGINE));
        name.setMinWidth(Label.USE_PREF_SIZE);
        run.setMinWidth(Label.USE_PREF_SIZE);
        need.setMinWidth(Label.USE_PREF_SIZE);
        getLeftItems().add(line(16, name, run, need, machine));
        Button cancel = new Button("Cancel", Icons.CANCEL.node());
        cancel.setId("cancel");
        cancel.getStyleClass().addAll("small", "flat");
        cancel.setOnAction(event -> busy.getValue().ifPresent(Activity::cancel));
        cancel.setMinWidth(USE_PREF_SIZE);
        progress.setPrefWidth(PROGRESS);
        progress.setMinWidth(PROGRESS);
        progress.setId("progress");
        work.getChildren().addAll(what, progress, cancel);
        work.setVisible(false);
        Label problem = Parts.label("", "problem");
        problem.setId("problem");
        problem.textProperty().bind(workbench.problemProperty());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(workbench.problemProperty());
        whole.setWrapText(true);
        whole.setMaxWidth(TIP);
        problem.setTooltip(whole);
        // It keeps its height while there is none, so that the line stays as high, but leaves its room to the problem.
        ObservableValue<Double> width = work.visibleProperty().map(shown -> shown ? USE_COMPUTED_SIZE : 0);
        work.minWidthProperty().bind(width);
        work.prefWidthProperty().bind(width);
        HBox right = line(16, line(8, problem, otherModel(), keepLess()), work);
        right.setPadding(new Insets(0, 0, 0, 16));
        getRightItems().addAll(right);
        watch();
    }

    /** Behind the sentence that says why a model was not opened. */
    private Button otherModel() {
        Button other = Parts.named(new Button("Models…"), "Choose another model, or another folder (Ctrl+M)");
        other.setId("other-model");
        other.getStyleClass().addAll("small", "flat");
        other.setMinWidth(USE_PREF_SIZE);
        other.setOnAction(event -> showModels.run());
        Parts.hideWhile(other, workbench.modelRefusedProperty().map(is -> !is));
        return other;
    }

    /** Behind the sentence that says that memory ran out. */
    private Button keepLess() {
        Button less = Parts.named(new Button("Keep less"),
            "Run the prompts again and keep only queries, keys and values; patches then run them anew");
        less.setId("keep-less");
        less.getStyleClass().addAll("small", "flat");
        less.setMinWidth(USE_PREF_SIZE);
        less.setOnAction(event -> workbench.keepLessProperty().get().ifPresent(Runnable::run));
        Parts.hideWhile(less, workbench.keepLessProperty().map(Optional::isEmpty));
        return less;
    }

    /** @param how opens the list of models */
    public void setOnModels(Runnable how) {
        showModels = how;
    }

    private static HBox line(double spacing, Node... items) {
        HBox line = new HBox(spacing, items);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void watch() {
        Timeline clock = new Timeline(new KeyFrame(Duration.millis(100), event -> show()));
        clock.setCycleCount(Animation.INDEFINITE);
        busy.addListener((observed, before, now) -> watch(clock));
        watch(clock);
    }

    private void watch(Timeline clock) {
        if (busy.getValue().isPresent()) {
            clock.play();
        } else {
            clock.stop();
        }
        show();
    }

    private void show() {
        Optional<Activity> activity = busy.getValue().filter(a -> a.seconds() >= WORTH_WORDS);
        work.setVisible(activity.isPresent());
        activity.ifPresent(a -> {
            double share = a.progressProperty().get();
            // A bar that does not know how far it is would move.
            progress.setProgress(share < 0 && Appearance.isStill(this) ? 0 : share);
            what.setText(share <= 0 ? a.what() : "%s, %s, %.0f s left".formatted(a.what(),
                a.count().isEmpty() ? "%.0f %%".formatted(100 * share) : a.count(),
                Math.ceil(a.seconds() * (1 - share) / share)));
        });
    }
}
