package org.headscope.window.sessions;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.headscope.model.Head;
import org.headscope.patching.LogitDifference;
import org.headscope.patching.Readout;
import org.headscope.patching.SweepResult;
import org.headscope.session.Document;
import org.headscope.session.Ledger;
import org.headscope.session.Ledger.Kind;
import org.headscope.session.Ledger.Line;
import org.headscope.session.StagedPatch;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.sweep.ShownSweep;

/** Writes down what has been run, compares two of its lines and brings one back. Belongs to the FX thread. */
public final class LedgerViewModel {

    private final Workbench workbench;
    private final SessionsViewModel sessions;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<List<Line>> ticked = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanProperty open = new SimpleBooleanProperty();

    public LedgerViewModel(Workbench workbench, SessionsViewModel sessions, Clock clock) {
        this.workbench = workbench;
        this.sessions = sessions;
        this.clock = clock;
        workbench.readoutsProperty().addListener((observed, before, now) -> write(now));
        sessions.ledgerProperty().addListener((observed, before, now) ->
            ticked.set(ticked.get().stream().filter(now.lines()::contains).toList()));
    }

    /** Whether it is shown. */
    public BooleanProperty openProperty() {
        return open;
    }

    /** Oldest first. */
    ReadOnlyObjectProperty<Ledger> ledgerProperty() {
        return sessions.ledgerProperty();
    }

    /** Two at most, in the order of the ledger. */
    ReadOnlyObjectProperty<List<Line>> tickedProperty() {
        return ticked.getReadOnlyProperty();
    }

    // ---- writing ----

    private void write(List<Readout> readouts) {
        Optional<Finished> runs = workbench.finishedProperty().get();
        if (readouts.isEmpty() || runs.isEmpty() || !workbench.currentProperty().get()) {
            return;
        }
        boolean patched = readouts.get(0).patched().isPresent();
        boolean pair = runs.get().corruptRun().isPresent();
        String labels = readouts.stream().limit(2).map(readout -> runs.get().model().tokenizer().token(readout.id())
            .label()).collect(Collectors.joining(" − "));
        Document document = workbench.document();
        if (readouts.size() > 1) {
            LogitDifference metric = new LogitDifference(readouts.get(0), readouts.get(1));
            write(patched ? Kind.PATCH : Kind.RUN, what(document, patched), "logit difference " + labels, metric.clean(),
                pair ? OptionalDouble.of(metric.corrupt()) : OptionalDouble.empty(), metric.patched(),
                metric.isRecoveredMeaningful() ? metric.recovered() : OptionalDouble.empty());
        } else {
            Readout only = readouts.get(0);
            write(patched ? Kind.PATCH : Kind.RUN, what(document, patched), "logit of " + labels, logit(only.clean()),
                pair ? OptionalDouble.of(only.corrupt().logit()) : OptionalDouble.empty(), logit(only.patched()),
                only.isRecoveredMeaningful() ? only.recovered() : OptionalDouble.empty());
        }
    }

    private static OptionalDouble logit(Optional<Readout.Value> value) {
        return value.isPresent() ? OptionalDouble.of(value.get().logit()) : OptionalDouble.empty();
    }

    private static String what(Document document, boolean patched) {
        return patched ? document.patches().stream().filter(StagedPatch::on).map(Object::toString)
            .collect(Collectors.joining(", ")) + ": " + document.substitution() : "the prompts";
    }

    /** Writes a sweep down once all of its cells are there. */
    public void write(Optional<ShownSweep> shown) {
        shown.filter(sweep -> sweep.isComplete() && !sweep.isOfPairs()).ifPresent(sweep -> {
            SweepResult result = sweep.results().get(0);
            int strongest = result.done().stream().boxed().max((a, b) -> Double.compare(
                Math.abs(result.values()[a] - result.corrupt()), Math.abs(result.values()[b] - result.corrupt())))
                .orElse(0);
            String at = result.shape().length == 2 && sweep.swept().kinds().get(0).point().hasHeads()
                ? ", strongest " + new Head(strongest / result.shape()[1], strongest % result.shape()[1]) : "";
            double value = result.values()[strongest];
            write(Kind.SWEEP, sweep.title() + at, sweep.measure().toString(), result.clean(),
                OptionalDouble.of(result.corrupt()), OptionalDouble.of(value), result.isRecoveredMeaningful()
                    ? OptionalDouble.of(result.recovered(value)) : OptionalDouble.empty());
        });
    }

    private void write(Kind kind, String what, String metric, OptionalDouble clean, OptionalDouble corrupt,
                       OptionalDouble value, OptionalDouble recovered) {
        Line line = new Line(clock.instant(), kind, workbench.document(), workbench.modelProperty().get().orElseThrow()
            .folder().name(), what, metric, clean, corrupt, value, recovered);
        List<Line> lines = new ArrayList<>(ledgerProperty().get().lines());
        if (isWrittenDown(lines, line)) {
            return;
        }
        if (kind != Kind.SWEEP && !lines.isEmpty() && isSameRun(lines.get(lines.size() - 1), line)) {
            // Another metric of it, or it was only looked at otherwise.
            lines.remove(lines.size() - 1);
        }
        sessions.replace(new Ledger(lines).with(line));
    }

    /** Whether it is the last run or the last sweep once more, such as when a session is opened again. */
    private static boolean isWrittenDown(List<Line> lines, Line line) {
        return lines.stream().filter(earlier -> (earlier.kind() == Kind.SWEEP) == (line.kind() == Kind.SWEEP))
            .reduce((earlier, later) -> later).filter(last -> (line.kind() == Kind.SWEEP ? isSameSweep(last, line)
                : isSameRun(last, line)) && last.metric().equals(line.metric())
                && isClose(last.clean(), line.clean()) && isClose(last.corrupt(), line.corrupt())
                && isClose(last.value(), line.value())).isPresent();
    }

    private static boolean isSameSweep(Line one, Line other) {
        return one.model().equals(other.model()) && one.document().hasSamePrompts(other.document())
            && one.what().equals(other.what());
    }

    /** Up to the rounding of a run that goes on from an earlier one. */
    private static boolean isClose(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty()
            || Math.abs(one.getAsDouble() - other.getAsDouble()) <= 1e-4 * (1 + Math.abs(one.getAsDouble())));
    }

    private static boolean isSameRun(Line one, Line other) {
        return one.kind() == other.kind() && one.model().equals(other.model())
            && one.document().hasSamePrompts(other.document()) && one.what().equals(other.what())
            && one.document().patches().equals(other.document().patches());
    }

    // ---- reading ----

    /** Ticks a line, or takes its tick away; of three the oldest tick goes. */
    void tick(Line line) {
        List<Line> now = new ArrayList<>(ticked.get());
        if (!now.remove(line)) {
            now.add(line);
        }
        List<Line> all = ledgerProperty().get().lines();
        ticked.set(now.stream().skip(Math.max(0, now.size() - 2))
            .sorted((a, b) -> Integer.compare(all.indexOf(a), all.indexOf(b))).toList());
    }

    /** What differs between the two ticked lines; empty while fewer are ticked. */
    List<Ledger.Difference> differences() {
        return ticked.get().size() < 2 ? List.of() : Ledger.differences(ticked.get().get(0), ticked.get().get(1));
    }

    /** Makes the document again what it was then; undo takes that back. */
    void bringBack(Line line) {
        boolean same = workbench.modelProperty().get().filter(model -> model.folder().name().equals(line.model()))
            .isPresent();
        workbench.edit("", document -> same ? line.document() : line.document().forAnotherModel());
        if (!same) {
            workbench.report("That was in %s; its heads and tokens were left out.".formatted(line.model()));
        }
    }

    /** The values that the course of the metric shows: those with the metric of the newest line. */
    List<Double> course() {
        List<Line> lines = ledgerProperty().get().lines();
        String metric = lines.isEmpty() ? "" : lines.get(lines.size() - 1).metric();
        return lines.stream().filter(line -> line.metric().equals(metric) && line.shown().isPresent())
            .map(line -> line.shown().getAsDouble()).toList();
    }

    void clear() {
        sessions.replace(Ledger.EMPTY);
    }
}
