package org.headscope.window.statusbar;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import org.headscope.model.Processor;
import org.headscope.session.OpenModel;
import org.headscope.weights.hub.KnownModel;
import org.headscope.window.Finished;
import org.headscope.window.PairPlan;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Lane;

/** One line about the model, the last run, and what is being done now. */
public final class StatusViewModel {

    private static final Set<Lane> DRAWING = EnumSet.of(Lane.THUMBNAILS, Lane.FOCUS, Lane.TOKEN, Lane.PREVIEW);

    private final Workbench workbench;
    private final ObservableValue<Optional<Activity>> busy;

    public StatusViewModel(Workbench workbench) {
        this.workbench = workbench;
        var activities = workbench.background().activities();
        this.busy = Bindings.createObjectBinding(() -> activities.stream()
            .filter(activity -> !DRAWING.contains(activity.lane()))
            .min(Comparator.comparing(activity -> activity.lane() == Lane.FETCH)), activities);
    }

    /** Such as "demo 9.3M, 4 layers × 4 heads, TransformerLens processing". */
    public ObservableValue<String> model() {
        return workbench.modelProperty().map(model -> model.map(StatusViewModel::describe).orElse("No model yet"));
    }

    private static String describe(OpenModel model) {
        var config = model.folder().config();
        return "%s %s, %d layers × %d heads, %s%s".formatted(model.folder().name(),
            millions(config.parameters()), config.layers(), config.heads(), model.gpt2().processing().label(),
            model.gpt2().processor() == Processor.CPU ? "" : ", on the " + model.gpt2().processor().label());
    }

    static String millions(long parameters) {
        return parameters < 100_000_000 ? String.format(Locale.ROOT, "%.1fM", parameters / 1e6)
            : String.format(Locale.ROOT, "%.0fM", parameters / 1e6);
    }

    /** Such as "8 + 8 tokens in 0.02 s"; empty before the first run. */
    public ObservableValue<String> lastRun() {
        return workbench.finishedProperty().map(finished -> finished.map(StatusViewModel::describe).orElse(""));
    }

    /** Such as "needs about 3 MB": the prompts as they stand, beside the model; empty where they cannot be run. */
    public ObservableValue<String> need() {
        return plan().map(plan -> plan.map(made -> "needs about " + KnownModel.readable(made.memory().bytes()))
            .orElse(""));
    }

    /** What is kept of the runs, in a sentence. */
    public ObservableValue<String> kept() {
        return plan().map(plan -> ("Memory for the runs of these prompts, beside the model: %s. The budget of %s is set in "
            + "the Preferences.").formatted(plan.map(made -> made.keeping().words()).orElse("none"),
                KnownModel.readable(workbench.memoryProperty().get())));
    }

    private ObservableValue<Optional<PairPlan>> plan() {
        return Bindings.createObjectBinding(workbench::plan, workbench.modelProperty(), workbench.cleanProperty(),
            workbench.corruptProperty(), workbench.memoryProperty());
    }

    private static String describe(Finished last) {
        String corrupt = last.corruptRun().flatMap(run -> last.pair().corrupt())
            .map(prompt -> " + %,d".formatted(prompt.size())).orElse("");
        return "%,d%s tokens in %s s".formatted(last.pair().clean().size(), corrupt,
            String.format(Locale.ROOT, last.seconds() < 0.1 ? "%.3f" : "%.1f", last.seconds()));
    }

    /** The work that has gone on longest, a model that is being fetched last; drawing is too short to speak of. */
    public ObservableValue<Optional<Activity>> busy() {
        return busy;
    }

    /** What can be done about it. */
    public List<Action> actions() {
        return List.of(Action.of("cancel", Section.EXPERIMENT_STOP, "Cancel what is going on", this::cancel)
            .enabledWhile(busy.map(Optional::isPresent)));
    }

    /** Stops what is going on; false where there is nothing. */
    public boolean cancel() {
        busy.getValue().ifPresent(Activity::cancel);
        return busy.getValue().isPresent();
    }
}
