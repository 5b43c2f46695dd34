package org.headscope.session.code;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Generation;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.LogitLens;
import org.headscope.analysis.NeuronReading;
import org.headscope.analysis.Sampling;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.patching.CellSweep;
import org.headscope.patching.Experiment;
import org.headscope.patching.Metric;
import org.headscope.patching.Patch;
import org.headscope.patching.PathSweep;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepResult;
import org.headscope.session.Document;
import org.headscope.session.HeadPath;
import org.headscope.session.OpenModel;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;

/**
 * What Headscope computes for a document, to be held against what TransformerLens computes.
 *
 * @param cleanLogits of the watched tokens at the last position
 * @param cleanRow what the last token attends to in the head that is looked at
 * @param sweep one result a kind; empty where nothing is swept
 * @param path the metric with the path patched; empty where none is
 * @param lens [half-layer][watched token] at the last position
 * @param heads [layer][head] of the attribution; empty where no token is watched
 * @param parts likewise, in TransformerLens's order
 * @param neuron that is looked at; empty where none is
 * @param detectors [kind][layer][head]: previous, duplicate, induction
 * @param circuit its numbers in row order; empty where none is read
 * @param continued ids of the clean prompt and of what follows, as far as the likeliest token is beyond doubt
 */
record Facts(int[] cleanIds, Optional<int[]> corruptIds, double[] cleanLogits, Optional<double[]> corruptLogits,
             Optional<double[]> patchedLogits, double[] cleanRow, Optional<double[]> corruptRow,
             List<SweepResult> sweep, OptionalDouble path, double[][] lens, Optional<double[][]> heads,
             Optional<double[]> parts, Optional<OfNeuron> neuron, List<double[][]> detectors,
             Optional<double[]> circuit, int[] continued) {

    /**
     * A neuron's numbers.
     *
     * @param activation one a position
     * @param promotes what it adds to the logits that it raises most, the most first
     * @param suppresses what it adds to those that it lowers most
     */
    record OfNeuron(double[] activation, double[] promotes, double[] suppresses) {
    }

    /** Logits closer than this may change places by rounding. */
    private static final double DOUBT = 1e-3;

    /**
     * Computes all of it. Waits for the inference thread, so never call it on the FX thread.
     *
     * @throws org.headscope.refusal.Refusal if the prompts cannot be run, or not be patched as the document says
     */
    static Facts of(OpenModel model, Subject subject, Cancellation cancellation) {
        return model.runtime().call(() -> new Computing(model, subject, cancellation).facts());
    }

    /** On the inference thread. */
    private static final class Computing {

        private final Gpt2 gpt2;
        private final Subject subject;
        private final Document document;
        private final Cancellation cancellation;
        private final Prompt clean;
        private final Optional<Prompt> corrupt;

        Computing(OpenModel model, Subject subject, Cancellation cancellation) {
            this.gpt2 = model.gpt2();
            this.subject = subject;
            this.document = subject.document();
            this.cancellation = cancellation;
            this.clean = model.tokenizer().prompt(document.clean(), document.bos());
            this.corrupt = subject.hasCorrupt()
                ? Optional.of(model.tokenizer().prompt(document.corrupt(), document.bos())) : Optional.empty();
        }

        Facts facts() {
            int layers = gpt2.config().layers();
            Run run = run(clean, hook -> LogitLens.needs(hook, layers) || LogitAttribution.needs(hook)
                || hook.point() == HookPoint.PATTERN);
            Optional<Run> corruptRun = corrupt.map(prompt -> run(prompt, hook -> hook.point() == HookPoint.PATTERN));
            Optional<LogitAttribution> attribution = subject.metric().map(metric -> attribution(run, metric));
            return new Facts(clean.ids(), corrupt.map(Prompt::ids), watched(run.logits(-1)),
                corruptRun.map(other -> watched(other.logits(-1))), patched().map(this::watched), lastRow(run),
                corruptRun.map(this::lastRow), subject.plans().sweep().map(this::sweep).orElse(List.of()), path(),
                lens(run),
                attribution.map(LogitAttribution::heads), attribution.map(made -> made.parts().stream()
                    .mapToDouble(LogitAttribution.Part::value).toArray()), subject.plans().neuron().map(this::neuron),
                detectors(run), subject.plans().circuit().map(this::circuit), continued());
        }

        private Run run(Prompt prompt, Predicate<Hook> keep) {
            return gpt2.run(prompt.ids(), RunOptions.plain().lastLogitsOnly().keeping(keep).cancelledBy(cancellation));
        }

        private double[] watched(Logits logits) {
            return subject.watched().stream().mapToDouble(logits::logit).toArray();
        }

        private double[] lastRow(Run run) {
            Head head = subject.head();
            Tensor row = run.cache().get(HookPoint.PATTERN, head.layer()).slice(0, head.head());
            Tensor last = row.slice(row.extent(0) - 1);
            return IntStream.range(0, last.size()).mapToDouble(last::at).toArray();
        }

        private Prompt prompt(Side side) {
            return side == Side.CLEAN ? clean : corrupt.orElseThrow();
        }

        private Optional<Logits> patched() {
            List<Patch> patches = document.patches().stream().filter(StagedPatch::on)
                .map(staged -> staged.patch(document.substitution().source())).toList();
            if (patches.isEmpty()) {
                return Optional.empty();
            }
            Prompt into = prompt(document.substitution().into());
            Experiment experiment = patches.stream().anyMatch(Patch::needsClean)
                ? Experiment.run(gpt2, prompt(document.substitution().into().other()), into, hook -> patches.stream()
                    .anyMatch(patch -> patch.site().hook().equals(hook)), cancellation)
                : Experiment.run(gpt2, into, cancellation);
            return Optional.of(experiment.patched(patches, cancellation));
        }

        private List<SweepResult> sweep(SweepPlan plan) {
            return plan.kinds().stream().map(kind -> {
                Side into = plan.substitution().into();
                Optional<Prompt> other = into == Side.CORRUPT ? Optional.of(clean) : corrupt;
                HookPoint part = kind.point();
                CellSweep sweep = plan.end().isEmpty() ? new Sweep(gpt2, other, prompt(into), kind,
                    plan.substitution().source(), plan.metric()) : plan.end().get().sends()
                    ? PathSweep.from(plan.end().get().head(), part, gpt2, other.orElseThrow(), prompt(into),
                        plan.metric())
                    : PathSweep.into(plan.end().get().head(), part, gpt2, other.orElseThrow(), prompt(into),
                        plan.metric());
                return sweep.run(cancellation);
            }).toList();
        }

        private OptionalDouble path() {
            return subject.plans().path().map(plan -> {
                HeadPath path = plan.path();
                Side into = plan.substitution().into();
                SweepResult result = PathSweep.between(path.sender(), path.receiver(), path.part(), gpt2,
                    prompt(into.other()), prompt(into), plan.metric()).run(cancellation);
                return OptionalDouble.of(result.get(path.receiver().layer(), path.receiver().head()));
            }).orElse(OptionalDouble.empty());
        }

        private double[][] lens(Run run) {
            LogitLens lens = LogitLens.of(gpt2, run, LogitLens.Norm.RECOMPUTED, 1, subject.watched(),
                done -> { }, cancellation);
            return IntStream.range(0, lens.layers().size()).mapToObj(layer -> lens.at(layer, clean.size() - 1)
                .logits().stream().mapToDouble(Float::doubleValue).toArray()).toArray(double[][]::new);
        }

        private LogitAttribution attribution(Run run, Metric metric) {
            int[] tokens = metric.columns();
            return new LogitAttribution(gpt2, run, clean.size() - 1, new LogitAttribution.Target(tokens[0],
                tokens.length == 1 ? OptionalInt.empty() : OptionalInt.of(tokens[1])));
        }

        private OfNeuron neuron(NeuronPlan plan) {
            plan.neuron().checkFits(gpt2.config());
            Run run = run(prompt(plan.side()), NeuronReading.needs(plan.neuron()));
            LogitAttribution.Writing writing = NeuronReading.writing(gpt2, plan.neuron(), plan.written());
            return new OfNeuron(doubles(NeuronReading.activations(run, plan.neuron())), values(writing.promotes()),
                values(writing.suppresses()));
        }

        private static double[] values(List<LogitAttribution.Writing.Token> tokens) {
            return tokens.stream().mapToDouble(LogitAttribution.Writing.Token::value).toArray();
        }

        private static double[] doubles(float[] values) {
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }

        private double[] circuit(CircuitPlan plan) {
            Circuits circuits = new Circuits(gpt2);
            if (plan instanceof CircuitPlan.Copying) {
                return Arrays.stream(circuits.copying(cancellation).values()).flatMapToDouble(Arrays::stream).toArray();
            }
            if (plan instanceof CircuitPlan.Composition composition) {
                return doubles(circuits.composition(composition.input(), done -> { }, cancellation).toArray());
            }
            if (plan instanceof CircuitPlan.Between between) {
                return doubles(circuits.between(prompt(between.side()).ids(), between.head(), between.circuit())
                    .toArray());
            }
            CircuitPlan.Pairs pairs = (CircuitPlan.Pairs) plan;
            return circuits.strongest(pairs.head(), pairs.circuit(), pairs.extreme(), pairs.count(), done -> { },
                cancellation).stream().mapToDouble(Circuits.Pair::value).toArray();
        }

        private List<double[][]> detectors(Run run) {
            return Stream.of(HeadDetector.PREVIOUS, HeadDetector.DUPLICATE, HeadDetector.INDUCTION)
                .map(kind -> HeadScores.detect(run, clean, kind, HeadDetector.Measure.MUL,
                    HeadDetector.Exclude.NOTHING).values()).toList();
        }

        private int[] continued() {
            int count = Math.min(TransformerLensCode.CONTINUED, gpt2.config().positions() - clean.size());
            List<Generation.Step> steps = count == 0 ? List.of() : Generation.run(gpt2, clean.ids(), count,
                Sampling.GREEDY, 2, step -> { }, cancellation);
            cancellation.throwIfRequested();
            return IntStream.concat(Arrays.stream(clean.ids()), steps.stream().takeWhile(step ->
                step.top().get(0).logit() - step.top().get(1).logit() > DOUBT).mapToInt(Generation.Step::id)).toArray();
        }
    }
}
