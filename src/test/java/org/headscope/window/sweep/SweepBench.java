package org.headscope.window.sweep;

import java.util.Optional;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.Document;
import org.headscope.session.MetricChoice;
import org.headscope.session.Substitution.Side;
import org.headscope.session.Swept;
import org.headscope.tokens.Prompt;
import org.headscope.window.TestBench;
import org.headscope.window.Workbench;

/** The Patch view of the bundled model without a screen, and the sweeps that it should show. */
final class SweepBench implements AutoCloseable {

    /** What is measured unless a test chooses something else. */
    static final Metric DIFFERENCE = new Metric.Difference(TestBench.WENT, TestBench.TRAVELLED);

    private final TestBench bench = TestBench.demo();
    private final SweepViewModel model = new SweepViewModel(bench.workbench());

    /** The notebook's pair, of which nothing but the strongest induction head is looked at. */
    void startAnew() {
        model.sweptProperty().set(Swept.Z_BY_HEAD);
        model.fitProperty().set(false);
        workbench().edit("", document -> Document.notebook().withFocus(TestBench.INDUCTION, false));
        bench.background().endPauses();
        model.measureProperty().set(model.measuresProperty().get().get(0));
    }

    TestBench bench() {
        return bench;
    }

    Workbench workbench() {
        return bench.workbench();
    }

    SweepViewModel model() {
        return model;
    }

    ShownSweep shown() {
        return model.shownProperty().get().orElseThrow();
    }

    String problem() {
        return model.problemProperty().get();
    }

    Prompt prompt(Side side) {
        return bench.finished().prompt(side).orElseThrow();
    }

    void choose(MetricChoice metric) {
        model.measureProperty().set(model.measuresProperty().get().stream()
            .filter(measure -> measure.metric() == metric).findFirst().orElseThrow());
    }

    void substitute(SourceChoice source, Side into) {
        model.substitution().sourceProperty().set(source);
        model.substitution().intoProperty().set(into);
    }

    /** What the sweep of z by head gives by itself. */
    double[] direct(Side into, Source source, Metric metric) {
        return direct(Optional.of(prompt(into.other())), into, source, metric).values();
    }

    SweepResult direct(Optional<Prompt> other, Side into, Source source, Metric metric) {
        return TestModels.RUNTIME.call(() -> new Sweep(bench.finished().model().gpt2(), other, prompt(into),
            new SweepKind(HookPoint.Z, By.HEAD), source, metric).run(new Cancellation()));
    }

    @Override
    public void close() {
        bench.close();
    }
}
