package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.SiteRefusal;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths as a map against {@link PathPatch}, which runs the whole model for each. */
class PathSweepTest {

    private static final double TOLERANCE = 1e-5;
    private static final List<HookPoint> PARTS = List.of(HookPoint.Q, HookPoint.K, HookPoint.V);
    private static final Metric METRIC = new Metric.Difference(7, 81);
    private static final Prompt CLEAN = SweepPrompts.of(9, 120, 33, 301, 4, 220);
    private static final Prompt CORRUPT = SweepPrompts.of(9, 120, 34, 301, 4, 17);

    @TempDir
    private static Path folder;

    private static Gpt2 random(Processing processing) {
        Gpt2Config config = new Gpt2Config(5, 3, 48, 32, 440, 1e-5, Activation.GELU, true);
        Path model = folder.resolve(processing.id());
        if (model.toFile().mkdir()) {
            RandomGpt2.write(model, config, 21, true);
        }
        return TestModels.RUNTIME.call(
            () -> new Gpt2(ModelFolder.open(model), processing, Gpt2.Precision.SINGLE));
    }

    static Stream<Arguments> models() {
        return Stream.concat(
            Stream.of(Fixture.TINY, Fixture.SMALL).flatMap(fixture -> Stream.of(Processing.values())
                .map(processing -> Arguments.of(fixture + " " + processing, TestModels.model(fixture, processing)))),
            Stream.of(Processing.values()).map(processing -> Arguments.of("random " + processing,
                random(processing))));
    }

    private static SweepResult run(PathSweep sweep, BatchLimits limits, List<SweepResult> reports) {
        return TestModels.RUNTIME.call(() -> sweep.run(sweep.base(new Cancellation()), limits, 0, reports::add,
            new Cancellation()));
    }

    private static SweepResult run(PathSweep sweep) {
        return run(sweep, BatchLimits.ofMachine(Sweep.ROWS, Long.MAX_VALUE), new ArrayList<>());
    }

    private static double slow(Gpt2 model, Head sender, Head receiver, HookPoint part, Metric metric) {
        return TestModels.RUNTIME.call(() -> {
            PathPatch patch = PathPatch.from(sender, model, CLEAN, CORRUPT, new Cancellation());
            return metric.of(patch.into(receiver, part, new Cancellation()), Optional.of(patch.cleanLogits()));
        });
    }

    private static void assertSame(String what, double actual, double expected) {
        assertThat(actual).as(what).isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("models")
    void everySenderIsARunOfItsOwn(String name, Gpt2 model) {
        Random random = new Random(name.length());
        int layers = model.config().layers();
        int heads = model.config().heads();
        for (HookPoint part : PARTS) {
            Head receiver = new Head(1 + random.nextInt(layers - 1), random.nextInt(heads));

            SweepResult result = run(PathSweep.into(receiver, part, model, CLEAN, CORRUPT, METRIC));

            assertThat(result.isComplete()).isTrue();
            assertThat(result.possible()).isEqualTo(receiver.layer() * heads);
            for (int layer = 0; layer < layers; layer++) {
                for (int head = 0; head < heads; head++) {
                    if (layer >= receiver.layer()) {
                        assertThat(result.get(layer, head)).isNaN();
                        assertThat(result.impossible().get(layer * heads + head)).isTrue();
                    } else {
                        Head sender = new Head(layer, head);
                        assertSame("%s into %s.%s".formatted(sender, receiver, part), result.get(layer, head),
                            slow(model, sender, receiver, part, METRIC));
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("models")
    void everyReceiverIsARunOfItsOwn(String name, Gpt2 model) {
        Random random = new Random(name.length());
        int layers = model.config().layers();
        int heads = model.config().heads();
        Metric metric = new Metric.Divergence();
        for (HookPoint part : PARTS) {
            Head sender = new Head(random.nextInt(layers - 1), random.nextInt(heads));

            SweepResult result = run(PathSweep.from(sender, part, model, CLEAN, CORRUPT, metric));

            assertThat(result.isComplete()).isTrue();
            for (int layer = 0; layer < layers; layer++) {
                for (int head = 0; head < heads; head++) {
                    assertThat(result.impossible().get(layer * heads + head)).isEqualTo(layer <= sender.layer());
                    if (layer > sender.layer()) {
                        assertSame("%s into %s".formatted(sender, part), result.get(layer, head),
                            slow(model, sender, new Head(layer, head), part, metric));
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("models")
    void oneReceiverAloneHasTheValueOfTheWholeMap(String name, Gpt2 model) {
        Head sender = new Head(0, 1);
        Head receiver = new Head(2, 2);
        int cell = 2 * model.config().heads() + 2;
        for (HookPoint part : PARTS) {
            SweepResult all = run(PathSweep.from(sender, part, model, CLEAN, CORRUPT, METRIC));
            SweepResult one = run(PathSweep.between(sender, receiver, part, model, CLEAN, CORRUPT, METRIC));

            assertThat(one.shape()).isEqualTo(all.shape());
            assertThat(one.done().stream()).containsExactly(cell);
            assertThat(one.possible()).isEqualTo(1);
            assertSame("%s into %s.%s".formatted(sender, receiver, part), one.values()[cell], all.values()[cell]);
            assertSame("a run of its own", one.values()[cell], slow(model, sender, receiver, part, METRIC));
        }
    }

    @Test
    void everySizeOfBatchGivesTheSame() {
        Gpt2 model = TestModels.model(Fixture.SMALL);
        PathSweep sweep = PathSweep.into(new Head(3, 1), HookPoint.K, model, CLEAN, CORRUPT, METRIC);
        List<SweepResult> one = new ArrayList<>();
        List<SweepResult> all = new ArrayList<>();

        SweepResult alone = run(sweep, new BatchLimits(1, Long.MAX_VALUE), one);
        SweepResult together = run(sweep, new BatchLimits(1_000_000, Long.MAX_VALUE), all);

        assertThat(one).hasSize(1 + 18);
        assertThat(all).hasSize(2);
        for (int cell = 0; cell < 18; cell++) {
            assertSame("cell " + cell, alone.values()[cell], together.values()[cell]);
        }
        assertThat(one.get(0).done().isEmpty()).isTrue();
        assertThat(one.get(5).done().cardinality()).isEqualTo(5);
    }

    @Test
    void whereNoPathLeadsIsRefused() {
        Gpt2 model = TestModels.model(Fixture.TINY);
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() ->
            PathSweep.into(new Head(0, 1), HookPoint.Q, model, CLEAN, CORRUPT, METRIC))
            .withMessageContaining("L0H1").withMessageContaining("first layer");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() ->
            PathSweep.from(new Head(2, 1), HookPoint.Q, model, CLEAN, CORRUPT, METRIC))
            .withMessageContaining("L2H1").withMessageContaining("last layer");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() ->
            PathSweep.between(new Head(1, 1), new Head(1, 2), HookPoint.Q, model, CLEAN, CORRUPT, METRIC))
            .withMessageContaining("L1H2").withMessageContaining("later layer than L1H1");
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() ->
            PathSweep.between(new Head(1, 1), new Head(3, 2), HookPoint.Q, model, CLEAN, CORRUPT, METRIC));
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() ->
            PathSweep.from(new Head(3, 1), HookPoint.Q, model, CLEAN, CORRUPT, METRIC))
            .withMessageContaining("layer 3");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() ->
            PathSweep.from(new Head(0, 1), HookPoint.Q, model, CLEAN, CLEAN, METRIC))
            .withMessageContaining("the same");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() ->
            PathSweep.from(new Head(0, 1), HookPoint.Z, model, CLEAN, CORRUPT, METRIC));
        Cancellation raised = new Cancellation();
        raised.request();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> TestModels.RUNTIME.call(() ->
            PathSweep.from(new Head(0, 1), HookPoint.Q, model, CLEAN, CORRUPT, METRIC).base(raised)));
    }
}
