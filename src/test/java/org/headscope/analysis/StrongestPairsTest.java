package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.headscope.TestModels;
import org.headscope.analysis.StrongestPairs.Entry;
import org.headscope.model.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a plain loop, with more rows and columns than one tile has. */
class StrongestPairsTest {

    private static final int ROWS = 1700;
    private static final int COLUMNS = 4500;
    private static final int WIDTH = 8;
    private static final int COUNT = 40;

    /** @param growth how much longer the last rows are than the first ones, where the largest entries then lie */
    private static float[] rows(Random random, int count, double growth) {
        float[] rows = new float[count * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.nextGaussian() * (1 + growth * i / rows.length));
        }
        return rows;
    }

    private static List<Entry> byPlainLoop(float[] x, float[] y) {
        PriorityQueue<Entry> best = new PriorityQueue<>(Comparator.comparingDouble(Entry::value));
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                float sum = 0;
                for (int i = 0; i < WIDTH; i++) {
                    sum += x[row * WIDTH + i] * y[column * WIDTH + i];
                }
                if (best.size() < COUNT || sum > best.peek().value()) {
                    best.add(new Entry(row, column, sum));
                }
                if (best.size() > COUNT) {
                    best.poll();
                }
            }
        }
        return best.stream().sorted(Comparator.comparingDouble(entry -> -entry.value())).toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 3", "5, 3", "50, 1", "50, 3"})
    void theyAreThoseOfTheWholeProduct(double growth, int threads) {
        Random random = new Random(4);
        float[] x = rows(random, ROWS, growth);
        float[] y = rows(random, COLUMNS, growth);
        List<Double> shares = new ArrayList<>();

        List<Entry> found = TestModels.RUNTIME.call(() -> {
            int before = JniUtils.getNumThreads();
            JniUtils.setNumThreads(threads);
            try (EngineArrays arrays = new EngineArrays()) {
                return new StrongestPairs(arrays, x, y, WIDTH).largest(COUNT, shares::add, new Cancellation());
            } finally {
                JniUtils.setNumThreads(before);
            }
        });

        List<Entry> expected = byPlainLoop(x, y);
        assertThat(found).hasSize(COUNT);
        for (int rank = 0; rank < COUNT; rank++) {
            Entry entry = found.get(rank);
            assertThat(entry.row()).as("rank %d", rank).isEqualTo(expected.get(rank).row());
            assertThat(entry.column()).as("rank %d", rank).isEqualTo(expected.get(rank).column());
            assertThat(entry.value()).isCloseTo(expected.get(rank).value(), within(1e-5f * expected.get(0).value()));
        }
        assertThat(shares).isSorted().endsWith(1.0);
    }

    @Test
    void equalOnesComeInTheOrderOfTheirRowsAndColumns() {
        float[] same = new float[ROWS * WIDTH];
        Arrays.fill(same, 1);

        List<Entry> found = TestModels.RUNTIME.call(() -> {
            int before = JniUtils.getNumThreads();
            JniUtils.setNumThreads(3);
            try (EngineArrays arrays = new EngineArrays()) {
                return new StrongestPairs(arrays, same, same, WIDTH).largest(3, share -> { }, new Cancellation());
            } finally {
                JniUtils.setNumThreads(before);
            }
        });

        assertThat(found).containsExactly(new Entry(0, 0, WIDTH), new Entry(0, 1, WIDTH), new Entry(0, 2, WIDTH));
    }
}
