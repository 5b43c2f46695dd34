package org.headscope.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.headscope.model.ActivationCache;
import org.headscope.model.HookPoint;
import org.headscope.weights.Tensor;

/** The attention of several heads in one map. It belongs to no single head, so it is to be labelled as such. */
public final class CombinedAttention {

    private CombinedAttention() {
    }

    /**
     * The mean, place by place.
     *
     * @param maps at least one, all [T, T]
     * @throws AnalysisRefusal if there is none
     */
    public static Tensor mean(Collection<Tensor> maps) {
        check(maps);
        double[] sum = new double[maps.iterator().next().size()];
        for (Tensor map : maps) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += map.at(i);
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / maps.size());
        }
        return Tensor.of(mean, maps.iterator().next().shape());
    }

    /**
     * The largest value, place by place.
     *
     * @param maps at least one, all [T, T]
     * @throws AnalysisRefusal if there is none
     */
    public static Tensor maximum(Collection<Tensor> maps) {
        check(maps);
        float[] maximum = maps.iterator().next().toArray();
        for (Tensor map : maps) {
            for (int i = 0; i < maximum.length; i++) {
                maximum[i] = Math.max(maximum[i], map.at(i));
            }
        }
        return Tensor.of(maximum, maps.iterator().next().shape());
    }

    private static void check(Collection<Tensor> maps) {
        if (maps.isEmpty()) {
            throw new AnalysisRefusal("There is no head to combine; choose at least one.");
        }
    }

    /**
     * Attention rollout (Abnar and Zuidema, Quantifying Attention Flow in Transformers, 2020): how much of each
     * position reaches each later one if every layer passes on half of the stream as it is and half by the mean of its
     * heads.
     *
     * @param cache of a run that kept {@link HookPoint#PATTERN} of every layer
     * @param layers of the model
     * @return one [T, T] a layer, from the input to after that layer; rows are queries and sum to 1
     */
    public static List<Tensor> rollout(ActivationCache cache, int layers) {
        List<Tensor> rollouts = new ArrayList<>();
        double[][] soFar = null;
        for (int layer = 0; layer < layers; layer++) {
            double[][] step = halfOfTheHeads(cache.get(HookPoint.PATTERN, layer).slice(0));
            soFar = soFar == null ? step : times(step, soFar);
            rollouts.add(tensor(soFar));
        }
        return List.copyOf(rollouts);
    }

    /** Half the mean of the patterns, [H, T, T], and half of each position itself. */
    private static double[][] halfOfTheHeads(Tensor patterns) {
        int heads = patterns.extent(0);
        int length = patterns.extent(1);
        double[][] half = new double[length][length];
        for (int query = 0; query < length; query++) {
            for (int head = 0; head < heads; head++) {
                Tensor row = patterns.slice(head, query);
                for (int key = 0; key <= query; key++) {
                    half[query][key] += (double) row.at(key) / 2 / heads;
                }
            }
            half[query][query] += 0.5;
        }
        return half;
    }

    /** Of two triangles. */
    private static double[][] times(double[][] later, double[][] earlier) {
        int length = later.length;
        double[][] product = new double[length][length];
        for (int query = 0; query < length; query++) {
            for (int between = 0; between <= query; between++) {
                for (int key = 0; key <= between; key++) {
                    product[query][key] += later[query][between] * earlier[between][key];
                }
            }
        }
        return product;
    }

    private static Tensor tensor(double[][] rows) {
        float[] values = new float[rows.length * rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / rows.length][i % rows.length];
        }
        return Tensor.of(values, rows.length, rows.length);
    }
}
