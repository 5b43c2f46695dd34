package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;

class CombinedAttentionTest {

    private static final Tensor ONE = Tensor.of(new float[] {1, 0, 0.25f, 0.75f}, 2, 2);
    private static final Tensor OTHER = Tensor.of(new float[] {1, 0, 0.5f, 0.5f}, 2, 2);

    @Test
    void meanAndMaximumGoPlaceByPlace() {
        assertThat(CombinedAttention.mean(List.of(ONE, OTHER)).toArray()).containsExactly(1, 0, 0.375f, 0.625f);
        assertThat(CombinedAttention.maximum(List.of(ONE, OTHER)).toArray()).containsExactly(1, 0, 0.5f, 0.75f);
        assertThat(CombinedAttention.mean(List.of(ONE))).isEqualTo(ONE);
        assertThatThrownBy(() -> CombinedAttention.mean(List.of())).isInstanceOf(AnalysisRefusal.class);
        assertThatThrownBy(() -> CombinedAttention.maximum(List.of())).isInstanceOf(AnalysisRefusal.class);
    }

    @Test
    void rolloutSharesOutOnePositionsWholeStream() {
        List<Tensor> rollout = rollout(Fixture.SMALL.ids("text"));

        assertThat(rollout).hasSize(4);
        for (Tensor layer : rollout) {
            for (int query = 0; query < layer.extent(0); query++) {
                double sum = 0;
                for (int key = 0; key < layer.extent(1); key++) {
                    assertThat(layer.get(query, key)).isGreaterThanOrEqualTo(0);
                    assertThat(key <= query || layer.get(query, key) == 0).isTrue();
                    sum += layer.get(query, key);
                }
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void rolloutMultipliesTheLayers() {
        int[] ids = {4, 9};
        Run run = run(ids);
        List<Tensor> rollout = rollout(ids);

        double stays = 1;
        for (int layer = 0; layer < rollout.size(); layer++) {
            double mean = 0;
            for (int head = 0; head < 6; head++) {
                mean += run.cache().get(HookPoint.PATTERN, layer).get(0, head, 1, 1) / 6;
            }
            stays *= 0.5 + mean / 2;
            assertThat((double) rollout.get(layer).get(1, 1)).isCloseTo(stays, within(1e-6));
        }
    }

    private static Run run(int[] ids) {
        return TestModels.run(TestModels.model(Fixture.SMALL), ids, RunOptions.plain()
            .keeping(hook -> hook.point() == HookPoint.PATTERN));
    }

    private static List<Tensor> rollout(int[] ids) {
        return CombinedAttention.rollout(run(ids).cache(), 4);
    }
}
