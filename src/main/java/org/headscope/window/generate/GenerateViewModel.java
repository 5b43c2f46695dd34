package org.headscope.window.generate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.headscope.analysis.Generation;
import org.headscope.analysis.Sampling;
import org.headscope.refusal.Refusal;
import org.headscope.session.Document;
import org.headscope.session.OpenModel;
import org.headscope.window.Workbench;
import org.headscope.window.control.Taken;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** Continues the clean prompt, token by token. */
public final class GenerateViewModel {

    /** The likeliest tokens that each step tells, as the command does. */
    static final int CANDIDATES = 5;

    private final Workbench workbench;
    private final StringProperty count = new SimpleStringProperty("20");
    private final StringProperty temperature = new SimpleStringProperty("0");
    private final StringProperty topK = new SimpleStringProperty("");
    private final StringProperty topP = new SimpleStringProperty("");
    private final StringProperty seed = new SimpleStringProperty("0");
    private final ReadOnlyObjectWrapper<Optional<Continued>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper appendable = new ReadOnlyBooleanWrapper();

    public GenerateViewModel(Workbench workbench) {
        this.workbench = workbench;
        workbench.documentProperty().addListener((observed, before, now) -> follow(before, now));
        workbench.modelProperty().addListener((observed, before, now) -> forget());
        shown.addListener((observed, before, now) -> showAppendable());
        running.addListener((observed, before, now) -> showAppendable());
    }

    // ---- what is asked, as it is typed ----

    /** How many tokens. */
    public StringProperty countProperty() {
        return count;
    }

    /** 0 for the likeliest token each time. */
    public StringProperty temperatureProperty() {
        return temperature;
    }

    /** Empty for all tokens. */
    public StringProperty topKProperty() {
        return topK;
    }

    /** Empty for all tokens. */
    public StringProperty topPProperty() {
        return topP;
    }

    public StringProperty seedProperty() {
        return seed;
    }

    // ---- what there is ----

    /** Empty until the first token has come. */
    public ReadOnlyObjectProperty<Optional<Continued>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why there is no continuation, or only a part of one; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Whether there is something to append, and the prompt is still the one that it continues. */
    public ReadOnlyBooleanProperty appendableProperty() {
        return appendable.getReadOnlyProperty();
    }

    private void showAppendable() {
        appendable.set(!running.get() && shown.get().filter(this::isOfThePrompt).isPresent());
    }

    private boolean isOfThePrompt(Continued continued) {
        return continued.prompt().text().equals(workbench.document().clean());
    }

    private void follow(Document before, Document now) {
        if (!now.clean().equals(before.clean()) || now.bos() != before.bos()) {
            // It would keep the next run waiting.
            workbench.background().drop(Lane.GENERATE);
            running.set(false);
            showAppendable();
        }
    }

    private void forget() {
        workbench.background().drop(Lane.GENERATE);
        running.set(false);
        shown.set(Optional.empty());
        problem.set("");
    }

    // ---- commands ----

    /** Begins anew. */
    public void start() {
        problem.set("");
        try {
            OpenModel model = workbench.modelProperty().get()
                .orElseThrow(() -> new Refusal("The model is still being loaded."));
            Document document = workbench.document();
            Continued nothing = new Continued(model, model.tokenizer().prompt(document.clean(), document.bos()),
                sampling(), number("The number of tokens", count, Integer::valueOf, "a whole number such as 20"),
                List.of());
            begin(nothing);
        } catch (Refusal e) {
            problem.set(e.getMessage());
        }
    }

    private void begin(Continued nothing) {
        shown.set(Optional.empty());
        running.set(true);
        workbench.background().run(Lane.GENERATE, "Continuing the prompt", job -> generate(nothing, job), steps -> {
            running.set(false);
            if (!steps.isComplete()) {
                problem.set("Cancelled after %,d of %,d tokens.".formatted(steps.steps().size(), steps.wanted()));
            }
        }, this::fail);
    }

    private Continued generate(Continued nothing, Job job) {
        Continued[] soFar = {nothing};
        Generation.run(nothing.model().gpt2(), nothing.prompt().ids(), nothing.wanted(), nothing.sampling(),
            CANDIDATES, step -> {
                Continued now = soFar[0].with(step);
                soFar[0] = now;
                job.progress(now.steps().size(), now.wanted());
                job.showNewest(() -> shown.set(Optional.of(now)));
            }, job.cancellation());
        return soFar[0];
    }

    private void fail(Throwable error) {
        running.set(false);
        if (error instanceof CancellationException) {
            problem.set("Cancelled before the first token.");
        } else if (error instanceof Refusal) {
            problem.set(error.getMessage());
        } else {
            workbench.fail(error);
        }
    }

    private Sampling sampling() {
        return new Sampling(number("The temperature", temperature, Double::valueOf, "0 or a number such as 0.8"),
            topK.get().isBlank() ? OptionalInt.empty()
                : OptionalInt.of(number("Top-k", topK, Integer::valueOf, "a whole number, or leave it empty")),
            topP.get().isBlank() ? OptionalDouble.empty()
                : OptionalDouble.of(number("Top-p", topP, Double::valueOf, "a number up to 1, or leave it empty")),
            number("The seed", seed, Long::valueOf, "a whole number such as 0"));
    }

    private static <T> T number(String what, StringProperty typed, Function<String, T> parse, String wanted) {
        try {
            return parse.apply(typed.get().strip());
        } catch (NumberFormatException e) {
            throw new Refusal("%s is “%s”; write %s.".formatted(what, typed.get(), wanted), e);
        }
    }

    /** Stops; what there is stays. */
    public void cancel() {
        workbench.background().activities().stream().filter(activity -> activity.lane() == Lane.GENERATE)
            .forEach(Activity::cancel);
    }

    /** Puts what was added behind the clean prompt, which undo takes away again. */
    public void append() {
        shown.get().filter(continued -> appendable.get()).ifPresent(continued ->
            workbench.edit("", document -> document.withClean(document.clean() + continued.text())));
    }

    /**
     * The numbers of all steps, and the picture of some.
     *
     * @param first the first step that is drawn
     * @param number how many are
     */
    public Optional<Taken> taken(int first, int number) {
        return shown.get().map(continued -> new Taken("continued", () -> continued.grid(first, number), continued.table()));
    }
}
