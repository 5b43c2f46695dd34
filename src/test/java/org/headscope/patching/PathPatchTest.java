package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.PlainGpt2;
import org.headscope.model.SiteRefusal;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathPatchTest {

    private static final List<HookPoint> PARTS = List.of(HookPoint.Q, HookPoint.K, HookPoint.V);

    static Stream<Fixture> fixtures() {
        return Stream.of(Fixture.TINY, Fixture.SMALL);
    }

    private static PathPatch from(Gpt2 model, Head sender, Prompt clean, Prompt corrupt) {
        return TestModels.RUNTIME.call(() -> PathPatch.from(sender, model, clean, corrupt, new Cancellation()));
    }

    private static Logits into(PathPatch patch, Head receiver, HookPoint part) {
        return TestModels.RUNTIME.call(() -> patch.into(receiver, part, new Cancellation()));
    }

    /** The head of a forward pass in plain loops reads the other prompt's sender. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void oneHeadAloneReadsTheCleanSender(Fixture fixture) {
        Gpt2 model = TestModels.model(fixture, Processing.RAW);
        PlainGpt2 plain = new PlainGpt2(model.config(), new ModelCopy(fixture.modelPath()).tensors());
        int[] clean = fixture.ids("clean");
        int[] corrupt = Arrays.stream(clean).map(id -> id * 7 % 439).toArray();
        int last = clean.length - 1;
        int top = model.config().layers() - 1;
        for (Head sender : List.of(new Head(0, 1), new Head(top - 1, 2))) {
            PathPatch patch = from(model, sender, SweepPrompts.of(clean), SweepPrompts.of(corrupt));
            double[][] change = minus(plain.headOutput(clean, sender.layer(), sender.head()),
                plain.headOutput(corrupt, sender.layer(), sender.head()));
            for (Head receiver : List.of(new Head(sender.layer() + 1, 0), new Head(top, 3))) {
                for (HookPoint part : PARTS) {
                    double[] expected = plain.logits(corrupt, Optional.of(new PlainGpt2.Addition(receiver.layer(),
                        receiver.head(), PARTS.indexOf(part), change)))[last];
                    double[] without = plain.logits(corrupt)[last];

                    Logits actual = into(patch, receiver, part);

                    assertThat(distance(expected, without)).as("effect").isGreaterThan(2e-4);
                    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                    for (int id = 0; id < expected.length; id++) {
                        assertThat((double) actual.logit(id)).as("%s to %s.%s", sender, receiver, part)
                            .isCloseTo(expected[id], within(1e-5 * largest));
                    }
                }
            }
        }
    }

    private static double[][] minus(double[][] a, double[][] b) {
        double[][] difference = new double[a.length][a[0].length];
        for (int row = 0; row < a.length; row++) {
            for (int column = 0; column < a[0].length; column++) {
                difference[row][column] = a[row][column] - b[row][column];
            }
        }
        return difference;
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void thePairTurnedRoundSwapsItsRuns() {
        Gpt2 model = TestModels.model(Fixture.TINY);
        Prompt clean = SweepPrompts.of(Fixture.TINY.ids("clean"));
        Prompt corrupt = SweepPrompts.of(Fixture.TINY.ids("corrupt"));
        PathPatch there = from(model, new Head(0, 0), clean, corrupt);
        PathPatch back = from(model, new Head(0, 0), corrupt, clean);

        assertThat(there.cleanLogits().logit(81)).isCloseTo(back.corruptLogits().logit(81), within(1e-5f));
        assertThat(there.corruptLogits().logit(81)).isCloseTo(back.cleanLogits().logit(81), within(1e-5f));
    }

    @Test
    void aReceiverLiesAboveItsSender() {
        Gpt2 model = TestModels.model(Fixture.TINY);
        Prompt clean = SweepPrompts.of(1, 2, 3);
        Prompt corrupt = SweepPrompts.of(1, 2, 4);
        PathPatch patch = from(model, new Head(1, 0), clean, corrupt);

        for (Head below : List.of(new Head(1, 1), new Head(0, 0))) {
            assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> into(patch, below, HookPoint.Q))
                .withMessageContaining("L1H0").withMessageContaining(below.toString());
        }
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> into(patch, new Head(3, 0), HookPoint.Q))
            .withMessageContaining("layer 3");
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> into(patch, new Head(2, 4), HookPoint.Q))
            .withMessageContaining("head 4");
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> from(model, new Head(0, 4), clean, corrupt));
        assertThatExceptionOfType(ExperimentRefusal.class)
            .isThrownBy(() -> from(model, new Head(0, 0), clean, SweepPrompts.of(1, 2)));
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> into(patch, new Head(2, 0), HookPoint.Z));
        Cancellation raised = new Cancellation();
        raised.request();
        assertThatExceptionOfType(CancellationException.class)
            .isThrownBy(() -> TestModels.RUNTIME.call(() -> patch.into(new Head(2, 0), HookPoint.Q, raised)));
    }
}
