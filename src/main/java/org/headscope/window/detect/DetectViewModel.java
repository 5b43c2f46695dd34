package org.headscope.window.detect;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.HeadDetector.Exclude;
import org.headscope.analysis.HeadDetector.Measure;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.figure.Scale;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Which;
import org.headscope.tokens.NearRepeat;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.work.Lane;

/** What every head does: scores on random tokens and on the prompt, by known kinds and by what somebody drew. */
public final class DetectViewModel {

    /** What a head's place on the map shows. */
    public enum Show {
        PATTERN("Pattern", "Show each head's attention"), SCORE("Score", "Colour each head by its score");

        private final String label;
        private final String hint;

        Show(String label, String hint) {
            this.label = label;
            this.hint = hint;
        }

        public String label() {
            return label;
        }

        public String hint() {
            return hint;
        }
    }

    /** Where a head stands on the map. */
    public enum Order {
        LAYER("Layer", "Layers down, heads across"), RANK("Rank", "The highest score first");

        private final String label;
        private final String hint;

        Order(String label, String hint) {
            this.label = label;
            this.hint = hint;
        }

        public String label() {
            return label;
        }

        public String hint() {
            return hint;
        }
    }

    private final Workbench workbench;
    private final ViewState view;
    private final ObjectProperty<ScoreKind> kind = new SimpleObjectProperty<>(ScoreKind.BEST);
    private final ObjectProperty<Show> show = new SimpleObjectProperty<>(Show.PATTERN);
    private final ObjectProperty<Order> order = new SimpleObjectProperty<>(Order.LAYER);
    private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>(Measure.MUL);
    private final BooleanProperty withoutFirst = new SimpleBooleanProperty();
    private final BooleanProperty withoutSelf = new SimpleBooleanProperty();
    private final BooleanProperty alike = new SimpleBooleanProperty();
    private final BooleanProperty silent = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Drawn>> drawn = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Detection> detection = new ReadOnlyObjectWrapper<>(Detection.NOTHING);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Map<ScoreKind, HeadScores> ofPrompt = Map.of();

    public DetectViewModel(Workbench workbench, ViewState view) {
        this.workbench = workbench;
        this.view = view;
        Stream.of(workbench.finishedProperty(), view.whichProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> followPrompt()));
        Stream.of(measure, withoutFirst, withoutSelf, drawn)
            .forEach(cause -> cause.addListener((observed, before, now) -> measure()));
        alike.addListener((observed, before, now) -> followPrompt());
        workbench.probeProperty().addListener((observed, before, now) -> publish());
        kind.addListener((observed, before, now) -> {
            startDrawing();
            explain();
        });
        followPrompt();
        publish();
    }

    // ---- what is asked ----

    /** What heads are scored by. */
    public ObjectProperty<ScoreKind> kindProperty() {
        return kind;
    }

    public ObjectProperty<Show> showProperty() {
        return show;
    }

    public ObjectProperty<Order> orderProperty() {
        return order;
    }

    /** How pattern and expectation are compared on the prompt. */
    public ObjectProperty<Measure> measureProperty() {
        return measure;
    }

    /** Whether attention to position 0 is left out of the comparison. */
    public BooleanProperty withoutFirstProperty() {
        return withoutFirst;
    }

    /** Whether attention of tokens to themselves is left out of the comparison. */
    public BooleanProperty withoutSelfProperty() {
        return withoutSelf;
    }

    /** Whether tokens that differ only in a leading space or in case count as the same. */
    public BooleanProperty alikeProperty() {
        return alike;
    }

    /** Whether nothing is said of what heads do, while somebody is to find it out. */
    public BooleanProperty silentProperty() {
        return silent;
    }

    /** What somebody drew on the tokens of the prompt; empty until there is a prompt. */
    public ReadOnlyObjectProperty<Optional<Drawn>> drawnProperty() {
        return drawn.getReadOnlyProperty();
    }

    public void draw(Drawn now) {
        drawn.set(Optional.of(now));
    }

    /** Draws where heads of a known kind look on this prompt. */
    public void drawLike(HeadDetector detector) {
        prompt().ifPresent(prompt -> draw(Drawn.of(detector, ids(prompt))));
    }

    public void clearDrawing() {
        prompt().ifPresent(prompt -> draw(Drawn.empty(prompt.size())));
    }

    // ---- what there is ----

    public ReadOnlyObjectProperty<Detection> detectionProperty() {
        return detection.getReadOnlyProperty();
    }

    /** Why there is no score of the chosen kind; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The prompt whose attention is scored; empty until it has been run. */
    public Optional<Prompt> prompt() {
        return workbench.finishedProperty().get().flatMap(runs -> runs.prompt(side(runs)));
    }

    private Side side(Finished runs) {
        return view.whichProperty().get() == Which.CORRUPT && runs.corruptRun().isPresent() ? Side.CORRUPT : Side.CLEAN;
    }

    private int[] ids(Prompt prompt) {
        return alike.get() ? prompt.idsOfAlike() : prompt.ids();
    }

    /** Which tokens look repeated and are not, in one sentence; empty where there are none. */
    public String nearRepeats() {
        return prompt().map(prompt -> sentence(prompt, prompt.nearRepeats(), alike.get())).orElse("");
    }

    private static String sentence(Prompt prompt, List<NearRepeat> repeats, boolean matched) {
        if (repeats.isEmpty()) {
            return "";
        }
        NearRepeat first = repeats.get(0);
        List<String> labels = prompt.labels();
        String pair = "“%s” (%d) and “%s” (%d)".formatted(labels.get(first.earlier()), first.earlier(),
            labels.get(first.later()), first.later());
        String more = repeats.size() == 1 ? "" : " and %d more".formatted(repeats.size() - 1);
        return matched ? "%s%s count as the same token here, though the model reads them as different ones."
            .formatted(pair, more) : ("%s%s read alike but are different tokens, so the detectors see no repetition.")
            .formatted(pair, more);
    }

    // ---- measuring ----

    private void followPrompt() {
        Optional<Drawn> refitted = prompt().flatMap(this::refitted);
        if (refitted.isPresent()) {
            // Which is measured like any other change of it.
            draw(refitted.get());
        } else {
            measure();
        }
    }

    /** A drawing is of the prompt's tokens: of another number it is begun anew, or follows the kind it started from. */
    private Optional<Drawn> refitted(Prompt prompt) {
        Optional<HeadDetector> start = drawn.get().flatMap(Drawn::start);
        if (start.isPresent()) {
            return Optional.of(Drawn.of(start.get(), ids(prompt)));
        }
        boolean fits = drawn.get().filter(now -> now.size() == prompt.size()).isPresent();
        return fits ? Optional.empty() : Optional.of(Drawn.empty(prompt.size()));
    }

    /** An empty triangle finds nothing; a known kind shows how it is meant. */
    private void startDrawing() {
        if (kind.get() == ScoreKind.DRAWN && drawn.get().filter(Drawn::isEmpty).isPresent()) {
            drawLike(HeadDetector.PREVIOUS);
        }
    }

    private void measure() {
        Optional<Finished> finished = workbench.finishedProperty().get();
        if (finished.isEmpty()) {
            workbench.background().drop(Lane.DETECT);
            ofPrompt = Map.of();
            publish();
            return;
        }
        Finished runs = finished.get();
        Side side = side(runs);
        Detection.Settings settings = new Detection.Settings(measure.get(),
            new Exclude(withoutFirst.get(), withoutSelf.get()), alike.get());
        Optional<Drawn> target = drawn.get();
        workbench.background().run(Lane.DETECT, "Scoring the heads",
            job -> Detection.measure(runs, side, settings, target, job.cancellation()), scores -> {
                ofPrompt = scores;
                publish();
            }, workbench::fail);
    }

    private void publish() {
        Map<ScoreKind, HeadScores> all = new EnumMap<>(ScoreKind.class);
        all.putAll(ofPrompt);
        workbench.probeProperty().get().ifPresent(probe -> all.putAll(ofProbe(probe)));
        detection.set(new Detection(all));
        explain();
    }

    private static Map<ScoreKind, HeadScores> ofProbe(RepeatedTokens.Scores probe) {
        return Map.of(ScoreKind.RANDOM_INDUCTION, probe.induction(), ScoreKind.RANDOM_PREVIOUS, probe.previous(),
            ScoreKind.RANDOM_DUPLICATE, probe.duplicate());
    }

    private void explain() {
        Optional<Finished> runs = workbench.finishedProperty().get();
        problem.set(runs.isEmpty() ? "" : switch (kind.get()) {
            case BEST, RANDOM_INDUCTION, RANDOM_PREVIOUS, RANDOM_DUPLICATE, ENTROPY -> "";
            case CHANGE -> runs.get().pair().isComparable() ? ""
                : "Add a corrupt prompt of as many tokens to see which heads change.";
            case DRAWN -> drawn.get().filter(now -> !now.isEmpty()).isPresent() ? ""
                : "Nothing is drawn; mark the places that heads should look at.";
            default -> prompt().filter(prompt -> prompt.size() > 1).isPresent() ? ""
                : "Heads cannot be told apart on one token; type a longer prompt.";
        });
    }

    // ---- in words ----

    /** What the score is and how it was taken, such as "Induction, abs, without the first token". */
    public String title() {
        ScoreKind now = kind.get();
        if (!now.isMeasured()) {
            return now.label();
        }
        return now.label().replace(" below", "") + (measure.get() == Measure.ABS ? ", abs" : "")
            + (withoutFirst.get() ? ", without first" : "") + (withoutSelf.get() ? ", without same" : "")
            + (alike.get() ? ", alike matched" : "");
    }

    /** How scores of the chosen kind become colours: shares from 0 to 1, entropies as far as they go. */
    public Scale scale() {
        if (kind.get().isMeasured() && measure.get() == Measure.ABS) {
            return Scale.signedUnit();
        }
        double largest = detection.get().of(kind.get()).map(scores -> scores.get(scores.strongest())).orElse(0.0);
        return kind.get() == ScoreKind.ENTROPY && largest > 0 ? Scale.upTo(Math.ceil(10 * largest) / 10)
            : Scale.absolute();
    }

    /** The scores that colour the map; empty where it shows attention, or names, which are of several kinds. */
    public Optional<HeadScores> shownScores() {
        return show.get() == Show.SCORE ? detection.get().of(kind.get()) : Optional.empty();
    }
}
