package org.headscope.window.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Variants;
import org.headscope.patching.Metric;
import org.headscope.patching.Readout;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.window.Finished;
import org.headscope.window.Workbench;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** The sweep of the pair that is open: what is swept, the map as it fills, and what a cell of it means. */
public final class SweepViewModel {

    /**
     * A sweep as far as it has come.
     *
     * @param watched the labels of the tokens that the metric reads
     */
    public record Shown(Finished runs, SweepKind kind, MetricChoice metric, List<String> watched,
                        SweepResult result) {

        /** Rows are layers, or where heads have positions of their own every head; columns heads or positions. */
        public Matrix matrix() {
            int[] shape = result.shape();
            int rows = shape.length == 3 ? shape[0] * shape[2] : shape[0];
            float[] values = new float[result.cells()];
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] = (float) shown(result.values()[index(cell)]);
            }
            return Matrix.of(rows, shape[1], values)
                .withNotComputed((row, column) -> !result.done().get(index(row * shape[1] + column)));
        }

        /** Whether cells are shares of the way back to the clean run; else they are changes of the metric. */
        public boolean isShare() {
            return result.isRecoveredMeaningful();
        }

        private double shown(double value) {
            return isShare() ? result.recovered(value) : value - result.corrupt();
        }

        /** Where a cell of the matrix stands in the result, whose heads come after its positions. */
        private int index(int cell) {
            int[] shape = result.shape();
            if (shape.length < 3) {
                return cell;
            }
            int position = cell % shape[1];
            int head = cell / shape[1] % shape[2];
            int layer = cell / shape[1] / shape[2];
            return (layer * shape[1] + position) * shape[2] + head;
        }

        public Axis rows() {
            int[] shape = result.shape();
            return shape.length < 3 ? Axis.layers(shape[0]) : new Axis("Head", "head",
                IntStream.range(0, shape[0] * shape[2])
                    .mapToObj(row -> new Head(row / shape[2], row % shape[2]).toString()).toList());
        }

        public Axis columns() {
            return kind.by() == By.HEAD ? Axis.heads(result.shape()[1])
                : Axis.positions(runs.pair().corrupt().orElseThrow().labels());
        }

        /** The head that a cell stands for; empty where it stands for a whole layer. */
        public Optional<Head> head(Cell cell) {
            int[] shape = result.shape();
            if (kind.by() == By.HEAD) {
                return Optional.of(new Head(cell.row(), cell.column()));
            }
            return shape.length < 3 ? Optional.empty()
                : Optional.of(new Head(cell.row() / shape[2], cell.row() % shape[2]));
        }

        /** A cell in words: the place, the metric there, and what share of the way back that is. */
        public String words(Cell cell) {
            String place = kind.by() == By.HEAD ? head(cell).orElseThrow().toString()
                : "%s at %s (%d)".formatted(rows().labels().get(cell.row()), columns().labels().get(cell.column()),
                    cell.column());
            int index = index(cell.row() * result.shape()[1] + cell.column());
            if (!result.done().get(index)) {
                return place + "   not computed yet";
            }
            double value = result.values()[index];
            String share = isShare() ? "   recovered %.1f %%".formatted(100 * result.recovered(value)) : "";
            return String.format(Locale.ROOT, "%s   %s %.4f   change %+.4f%s", place, metric.label(), value,
                value - result.corrupt(), share).replace('-', '−');
        }

        /** What the map shows, in words. */
        public String title() {
            return "%s of %s by %s".formatted(isShare() ? "Recovered share" : "Change", metric.phrase(watched),
                kind.by() == By.HEAD ? "head" : "position");
        }

        /** Such as "57 of 144" for a sweep that was cancelled; empty for a whole one. */
        public String progress() {
            return result.isComplete() ? "" : "%,d of %,d".formatted(result.done().cardinality(), result.cells());
        }
    }

    private final Workbench workbench;
    private final ObjectProperty<HookPoint> point = new SimpleObjectProperty<>(HookPoint.Z);
    private final ObjectProperty<By> by = new SimpleObjectProperty<>(By.HEAD);
    private final ObjectProperty<MetricChoice> metric = new SimpleObjectProperty<>(MetricChoice.DIFFERENCE);
    private final BooleanProperty fit = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Shown>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    public SweepViewModel(Workbench workbench) {
        this.workbench = workbench;
        point.addListener((observed, before, now) -> {
            if (SweepKind.OF_LAYERS.contains(now)) {
                by.set(By.POSITION);
            }
            again();
        });
        by.addListener((observed, before, now) -> {
            if (now == By.HEAD && SweepKind.OF_LAYERS.contains(point.get())) {
                point.set(HookPoint.Z);
            }
            again();
        });
        metric.addListener((observed, before, now) -> again());
        workbench.finishedProperty().addListener((observed, before, now) -> again());
    }

    /** What is taken from the clean run. */
    public ObjectProperty<HookPoint> pointProperty() {
        return point;
    }

    /** What a cell is. */
    public ObjectProperty<By> byProperty() {
        return by;
    }

    public ObjectProperty<MetricChoice> metricProperty() {
        return metric;
    }

    /** Whether the scale ends at the largest values instead of at ±1. */
    public BooleanProperty fitProperty() {
        return fit;
    }

    /** Empty until a sweep has been asked for. */
    public ReadOnlyObjectProperty<Optional<Shown>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Why there is no sweep, or its share is hidden; empty if all is well. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The scale of the map: fixed for shares, so that maps can be compared, unless it is to fit. */
    public Scale scale(Shown sweep) {
        return sweep.isShare() && !fit.get() ? Scale.signedUnit() : Scale.signedMax(sweep.matrix());
    }

    /** A sweep that is shown follows what it was made of. */
    private void again() {
        if (shown.get().isPresent()) {
            sweep();
        }
    }

    /** Sweeps the pair; the layer that is looked at comes first. */
    public void sweep() {
        String why = workbench.patchProblem();
        List<Integer> watched = workbench.readoutsProperty().get().stream().map(Readout::id).toList();
        Optional<Metric> chosen = metric.get().of(watched);
        if (why.isEmpty() && chosen.isEmpty()) {
            why = "The %s needs more watched tokens; add one to the readout.".formatted(metric.get().label());
        }
        if (!why.isEmpty()) {
            problem.set(why);
            shown.set(Optional.empty());
            return;
        }
        problem.set("");
        Finished runs = workbench.finishedProperty().get().orElseThrow();
        SweepKind kind = new SweepKind(point.get(), by.get());
        MetricChoice choice = metric.get();
        List<String> labels = watched.stream().map(id -> runs.model().tokenizer().token(id).label()).toList();
        int firstLayer = workbench.document().focus().map(Head::layer).orElse(0);
        Sweep sweep = new Sweep(runs.model().gpt2(), Optional.of(runs.pair().clean()),
            runs.pair().corrupt().orElseThrow(), kind, Source.CLEAN, chosen.get());
        workbench.background().run(Lane.SWEEP, "Sweeping", job -> sweep.run(base(runs, sweep, kind, job), Sweep.ROWS,
            firstLayer, result -> tell(job, new Shown(runs, kind, choice, labels, result)), job.cancellation()),
            result -> accept(new Shown(runs, kind, choice, labels, result)), this::fail);
    }

    /** The runs that are there already, where they kept what is needed. */
    private static Sweep.Base base(Finished runs, Sweep sweep, SweepKind kind, Job job) {
        var needed = Variants.needs(Set.of(kind.point()));
        boolean kept = runs.corruptRun().orElseThrow().cache().hooks().containsAll(
            Hook.all(runs.model().folder().config().layers()).stream().filter(needed).toList());
        return kept ? new Sweep.Base(Optional.of(runs.cleanRun()), runs.corruptRun().get())
            : sweep.base(job.cancellation());
    }

    private void tell(Job job, Shown now) {
        job.progress((double) now.result().done().cardinality() / now.result().cells());
        job.show(() -> accept(now));
    }

    private void accept(Shown now) {
        shown.set(Optional.of(now));
        problem.set(now.isShare() ? "" : "Clean and corrupt differ by less than 0.1 in this metric, so changes are "
            + "shown instead of shares.");
    }

    private void fail(Throwable error) {
        if (error instanceof CancellationException) {
            problem.set(shown.get().map(now -> "Cancelled: %s cells are shown.".formatted(now.progress()))
                .orElse("Cancelled before the first cells."));
        } else {
            workbench.fail(error);
        }
    }
}
