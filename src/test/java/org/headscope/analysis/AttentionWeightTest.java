package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

class AttentionWeightTest {

    private static final Head HEAD = new Head(2, 3);

    @Test
    void patternAndScoresAreTransformerLenss() {
        for (Fixture fixture : new Fixture[] {Fixture.TINY, Fixture.SMALL}) {
            Fixture.assertClose("pattern", of(fixture, AttentionWeight.PATTERN),
                fixture.tensor("clean/blocks.2.attn.hook_pattern").slice(0, 3), 5e-6);
            Fixture.assertClose("scores", of(fixture, AttentionWeight.SCORES),
                fixture.tensor("clean/blocks.2.attn.hook_attn_scores").slice(0, 3), 5e-6);
        }
    }

    @Test
    void scoresFollowFromQueriesAndKeys() {
        for (Fixture fixture : new Fixture[] {Fixture.TINY, Fixture.SMALL}) {
            Gpt2 model = TestModels.model(fixture);
            Run run = TestModels.run(model, fixture.ids("clean"), RunOptions.plain()
                .keeping(hook -> hook.point() == HookPoint.Q || hook.point() == HookPoint.K));

            Fixture.assertClose("scores", AttentionWeight.SCORES.of(model, run, HEAD),
                fixture.tensor("clean/blocks.2.attn.hook_attn_scores").slice(0, 3), 5e-6);
        }
    }

    @Test
    void eachKeyCountsByItsValuesLength() {
        Tensor values = Fixture.SMALL.tensor("clean/blocks.2.attn.hook_v").slice(0);
        Tensor pattern = of(Fixture.SMALL, AttentionWeight.PATTERN);
        Tensor weighed = of(Fixture.SMALL, AttentionWeight.TIMES_VALUE);

        for (int key = 0; key < 15; key++) {
            double squares = 0;
            for (int i = 0; i < 10; i++) {
                squares += Math.pow(values.get(key, 3, i), 2);
            }
            assertThat((double) weighed.get(14, key))
                .isCloseTo(pattern.get(14, key) * Math.sqrt(squares), within(1e-5));
        }
    }

    @Test
    void theFirstQueryCountsByWhatItsHeadWritesThere() {
        // The first query sees one key, with all of its attention: what the head writes is that value's output.
        Tensor written = Fixture.SMALL.tensor("clean/blocks.2.attn.hook_result").slice(0, 0, 3);
        double squares = 0;
        for (int i = 0; i < written.size(); i++) {
            squares += Math.pow(written.at(i), 2);
        }

        assertThat((double) of(Fixture.SMALL, AttentionWeight.TIMES_OUTPUT).get(0, 0))
            .isCloseTo(Math.sqrt(squares), within(1e-5));
    }

    @Test
    void aRunNeedsToKeepNoMoreThanItSays() {
        Gpt2 model = TestModels.model(Fixture.TINY);
        for (AttentionWeight weight : AttentionWeight.values()) {
            Run run = TestModels.run(model, new int[] {1, 2}, RunOptions.plain().keeping(weight::needs));

            assertThat(weight.of(model, run, HEAD).shape()).containsExactly(2, 2);
            assertThat(weight.label()).isNotEmpty();
            assertThat(run.cache().hooks()).noneMatch(hook -> hook.point() == HookPoint.Z);
        }
    }

    private static Tensor of(Fixture fixture, AttentionWeight weight) {
        Gpt2 model = TestModels.model(fixture);
        return weight.of(model, TestModels.run(model, fixture.ids("clean"), RunOptions.plain()
            .keeping(weight::needs)), HEAD);
    }
}
