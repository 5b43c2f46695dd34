package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

class ReferenceMeansTest {

    private static final Gpt2 MODEL = TestModels.model(Fixture.TINY);
    private static final Prompt LONG = SweepPrompts.of(5, 17, 300, 2, 44, 81);
    private static final Prompt SHORT = SweepPrompts.of(9, 120);

    private static ReferenceMeans means(HookPoint point, Prompt... prompts) {
        return TestModels.RUNTIME.call(() -> ReferenceMeans.of(MODEL, List.of(prompts),
            hook -> hook.point() == point, new Cancellation()));
    }

    private static Run run(Prompt prompt) {
        return TestModels.run(MODEL, prompt.ids(), RunOptions.plain().keepingDefaults());
    }

    @Test
    void everyPositionOfEveryPromptCountsOnce() {
        ReferenceMeans means = means(HookPoint.Z, LONG, SHORT);

        assertThat(means.prompts()).isEqualTo(2);
        for (int layer = 0; layer < 3; layer++) {
            Tensor mean = means.of(Hook.of(HookPoint.Z, layer));
            assertThat(mean.shape()).containsExactly(4, 12);
            Tensor first = run(LONG).cache().get(HookPoint.Z, layer);
            Tensor second = run(SHORT).cache().get(HookPoint.Z, layer);
            for (int head = 0; head < 4; head++) {
                for (int i = 0; i < 12; i++) {
                    double sum = 0;
                    for (int position = 0; position < 6; position++) {
                        sum += first.get(0, position, head, i);
                    }
                    sum += second.get(0, 0, head, i) + second.get(0, 1, head, i);
                    assertThat((double) mean.get(head, i)).isCloseTo(sum / 8, within(1e-6));
                }
            }
        }
        assertThat(means(HookPoint.MLP_OUT, SHORT).of(Hook.of(HookPoint.MLP_OUT, 1)).shape()).containsExactly(48);
    }

    @Test
    void thePromptItselfAsReferenceIsItsOwnMean() {
        Source reference = new Source.ReferenceMean(means(HookPoint.Z, LONG));
        Patch patch = new Patch(Site.head(HookPoint.Z, new Head(1, 2)), reference);
        Experiment experiment = TestModels.RUNTIME.call(() -> Experiment.run(MODEL, LONG, new Cancellation()));

        Logits patched = TestModels.RUNTIME.call(() -> experiment.patched(List.of(patch), new Cancellation()));

        Logits expected = TestModels.RUNTIME.call(() -> experiment.patched(
            List.of(new Patch(patch.site(), Source.MEAN)), new Cancellation()));
        for (int id = 0; id < expected.vocabulary(); id++) {
            assertThat(patched.logit(id)).isCloseTo(expected.logit(id), within(1e-5f));
        }
        assertThat(reference).hasToString("mean over 1 reference prompt");
    }

    @Test
    void sweepsTakeThem() {
        Source reference = new Source.ReferenceMean(means(HookPoint.V, SHORT, LONG));
        assertThat(reference).hasToString("mean over 2 reference prompts");
        for (By by : List.of(By.HEAD, By.POSITION)) {
            SweepKind kind = new SweepKind(HookPoint.V, by);
            Metric metric = new Metric.Logit(7);
            Sweep sweep = new Sweep(MODEL, Optional.empty(), LONG, kind, reference, metric);

            SweepResult result = TestModels.RUNTIME.call(() -> sweep.run(new Cancellation()));

            Experiment experiment = TestModels.RUNTIME.call(() -> Experiment.run(MODEL, LONG, new Cancellation()));
            List<Site> sites = kind.sites(MODEL.config(), LONG.size());
            for (int cell = 0; cell < sites.size(); cell += 5) {
                Patch patch = new Patch(sites.get(cell), reference);
                double expected = metric.of(TestModels.RUNTIME.call(
                    () -> experiment.patched(List.of(patch), new Cancellation())), Optional.empty());
                assertThat(result.values()[cell]).isCloseTo(expected, within(5e-5));
            }
        }
    }

    @Test
    void whatHasNoMeanIsRefused() {
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> means(HookPoint.PATTERN, LONG, SHORT))
            .withMessageContaining("pattern");
        assertThatExceptionOfType(ExperimentRefusal.class).isThrownBy(() -> means(HookPoint.Z))
            .withMessageContaining("at least one");
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> means(HookPoint.Z, LONG).of(Hook.of(HookPoint.Q, 1)));
    }
}
