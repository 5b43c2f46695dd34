package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.headscope.figure.Cell;
import org.headscope.figure.CellState;
import org.headscope.figure.Figure;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.junit.jupiter.api.Test;

/** Where the cells of sweeps stand in their maps. */
class SweepMapsTest {

    private static final int LAYERS = 2;
    private static final int HEADS = 3;
    private static final List<String> TOKENS = List.of("a", "b", "c", "d");

    /** Every value is its own number. */
    private static SweepMaps maps(HookPoint point, By by, int... shape) {
        int cells = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        BitSet done = new BitSet();
        done.set(0, cells - 1);
        return new SweepMaps(new SweepKind(point, by), new SweepResult(shape,
            IntStream.range(0, cells).asDoubleStream().toArray(), done, OptionalDouble.of(1), 0), TOKENS, v -> 2 * v);
    }

    private static List<String> names(SweepMaps maps) {
        return maps.maps().stream().map(NamedMap::name).toList();
    }

    @Test
    void headsAreOneMapOfLayersByHeads() {
        SweepMaps maps = maps(HookPoint.Z, By.HEAD, LAYERS, HEADS);

        Matrix matrix = maps.maps().get(0).matrix();
        assertThat(maps.maps()).hasSize(1);
        assertThat(maps.rows().labels()).containsExactly("L0", "L1");
        assertThat(maps.columns().labels()).containsExactly("H0", "H1", "H2");
        assertThat(matrix.value(1, 1)).isEqualTo(2f * 4);
        assertThat(maps.cell(0, new Cell(1, 1))).isEqualTo(4);
        assertThat(matrix.state(1, 2)).as("the last one is not done").isEqualTo(CellState.NOT_COMPUTED);
    }

    @Test
    void layersAreOneMapOfLayersByPositions() {
        SweepMaps maps = maps(HookPoint.RESID_PRE, By.POSITION, LAYERS, TOKENS.size());

        assertThat(maps.columns().labels()).isEqualTo(TOKENS);
        assertThat(maps.maps().get(0).matrix().value(1, 2)).isEqualTo(2f * 6);
    }

    @Test
    void headsWithPositionsAreAMapForEachLayer() {
        SweepMaps maps = maps(HookPoint.Z, By.POSITION, LAYERS, TOKENS.size(), HEADS);

        assertThat(names(maps)).containsExactly("L0", "L1");
        assertThat(maps.rows().labels()).containsExactly("H0", "H1", "H2");
        assertThat(maps.columns().labels()).isEqualTo(TOKENS);
        int number = (1 * TOKENS.size() + 3) * HEADS + 1;
        assertThat(maps.cell(1, new Cell(1, 3))).isEqualTo(number);
        assertThat(maps.maps().get(1).matrix().value(1, 3)).isEqualTo(2f * number);
    }

    @Test
    void edgesAreAMapForEachLayerWhoseKeysComeLast() {
        SweepMaps maps = maps(HookPoint.PATTERN, By.EDGE, LAYERS, HEADS, TOKENS.size());

        assertThat(names(maps)).containsExactly("L0", "L1");
        assertThat(maps.columns().title()).startsWith("Key");
        int number = (1 * HEADS + 2) * TOKENS.size() + 1;
        assertThat(maps.cell(1, new Cell(2, 1))).isEqualTo(number);
        assertThat(maps.maps().get(1).matrix().value(2, 1)).isEqualTo(2f * number);
    }

    @Test
    void whatIsIdenticalOrHasNoPathIsNoValue() {
        BitSet first = BitSet.valueOf(new long[] {1});
        BitSet second = BitSet.valueOf(new long[] {2});
        SweepResult result = new SweepResult(new int[] {1, 3}, new double[] {0, Double.NaN, 5}, BitSet.valueOf(
            new long[] {5}), second, first, OptionalDouble.of(1), 0, 1);
        Matrix matrix = new SweepMaps(new SweepKind(HookPoint.Z, By.HEAD), result, TOKENS, v -> v).maps().get(0)
            .matrix();

        assertThat(matrix.state(0, 0)).isEqualTo(CellState.IDENTICAL);
        assertThat(matrix.state(0, 1)).isEqualTo(CellState.NO_PATH);
        assertThat(matrix.state(0, 2)).isEqualTo(CellState.VALUE);
    }

    @Test
    void exportsNameTheLayers() {
        Figure figure = maps(HookPoint.Z, By.POSITION, LAYERS, TOKENS.size(), HEADS)
            .figure("title", "", Scale.signedUnit(), "Recovered");

        assertThat(figure.mapKey()).isEqualTo("layer");
        assertThat(figure.maps()).extracting(NamedMap::name).containsExactly("L0", "L1");
        assertThat(maps(HookPoint.Z, By.HEAD, LAYERS, HEADS).figure("title", "", Scale.signedUnit(), "").mapKey())
            .isEmpty();
    }
}
