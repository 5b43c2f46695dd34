package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import org.headscope.Fixture;
import org.headscope.figure.CellState;
import org.headscope.figure.Figure;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;

/** A sweep of the small fixture's heads that was stopped after five cells. */
class SweepReportTest {

    private static final SweepLayout LAYOUT = SweepLayout.of(new SweepKind(HookPoint.Z, By.HEAD),
        Fixture.TINY.model().config(), List.of("a", "b"));

    private static SweepReport stopped() {
        double[] values = new double[12];
        BitSet done = new BitSet();
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = cell < 5 ? 1 + cell * 0.5 : Double.NaN;
            done.set(cell, cell < 5);
        }
        return new SweepReport(LAYOUT, new SweepResult(new int[] {3, 4}, values, done, OptionalDouble.of(3), 1),
            new double[0], "logit");
    }

    private static Answer answer() {
        return Answer.about(Fixture.TINY.model(), Processing.RAW);
    }

    @Test
    void cellsThatWereNotComputedAreNull() {
        Answer answer = answer();
        stopped().addNumbers(answer);

        JsonObject json = JsonParser.parseString(answer.json()).getAsJsonObject();
        assertThat(json.get("values")).hasToString("[[1.0,1.5,2.0,2.5],[3.0,null,null,null],[null,null,null,null]]");
        assertThat(json.get("recovered"))
            .hasToString("[[0.0,0.25,0.5,0.75],[1.0,null,null,null],[null,null,null,null]]");
    }

    @Test
    void theyAreDashesInATableAndEmptyInAFile() {
        Answer answer = answer();
        stopped().addMap(answer);

        assertThat(answer.text().lines().map(line -> line.replaceAll(" +", " ")))
            .contains("L0 0.0 25.0 50.0 75.0", "L1 100.0 – – –", "L2 – – – –",
                "strongest: L1H0 100.0 %, L0H3 75.0 %, L0H2 50.0 %, L0H1 25.0 %");
        List<List<String>> table = stopped().table(List.of(), List.of());
        assertThat(table.get(5)).containsExactly("1", "0", "3.0", "1.0");
        assertThat(table.get(6)).containsExactly("1", "1", "", "");
    }

    @Test
    void theyAreHatchedInAPicture() {
        Figure figure = new SweepFigures(new SweepParts(List.of("z"), List.of(stopped())), "", "").figure();

        Matrix matrix = figure.maps().get(0).matrix();
        assertThat(matrix.state(1, 0)).isEqualTo(CellState.VALUE);
        assertThat(matrix.value(1, 0)).isEqualTo(1);
        assertThat(matrix.state(1, 1)).isEqualTo(CellState.NOT_COMPUTED);
    }

    @Test
    void mapsOfHeadsStandLayerByLayer() {
        for (SweepKind kind : List.of(new SweepKind(HookPoint.Z, By.POSITION),
            new SweepKind(HookPoint.PATTERN, By.EDGE))) {
            SweepLayout layout = SweepLayout.of(kind, Fixture.TINY.model().config(), List.of("a", "b"));
            double[] values = new double[24];
            BitSet done = new BitSet();
            done.set(0, 24);
            boolean edges = kind.by() == By.EDGE;
            // Layer 1, head 2, position 1.
            int cell = edges ? 8 + 2 * 2 + 1 : 8 + 4 + 2;
            values[cell] = 1;
            int[] shape = edges ? new int[] {3, 4, 2} : new int[] {3, 2, 4};
            SweepReport report = new SweepReport(layout,
                new SweepResult(shape, values, done, OptionalDouble.of(1), 0), new double[0], "logit");
            Figure figure = new SweepFigures(new SweepParts(List.of("z"), List.of(report)), "", "").figure();

            assertThat(figure.maps()).hasSize(3);
            assertThat(figure.maps().get(1).matrix().value(2, 1)).isEqualTo(1);
            assertThat(figure.maps().get(1).matrix().maxAbs()).isEqualTo(1);
            assertThat(figure.maps().get(0).matrix().maxAbs()).isZero();
            assertThat(layout.name(cell)).isEqualTo(edges ? "L1H2@1,1" : "L1H2@1");
        }
    }

    @Test
    void panelsStandSideBySide() {
        SweepLayout layout = SweepLayout.of(new SweepKind(HookPoint.Z, By.POSITION), Fixture.TINY.model().config(),
            List.of("a", "b"));
        BitSet done = new BitSet();
        done.set(0, 24);
        double[] one = new double[24];
        double[] two = new double[24];
        // Layer 1, position 1, head 2.
        two[8 + 4 + 2] = 1;
        SweepParts maps = new SweepParts(List.of("z", "q"), List.of(one, two).stream().map(values -> new SweepReport(
            layout, new SweepResult(new int[] {3, 2, 4}, values, done, OptionalDouble.of(1), 0), new double[0],
            "logit")).toList());

        Figure figure = new SweepFigures(maps, "", "").figure();

        assertThat(figure.maps()).extracting(NamedMap::name).containsExactly("z", "q");
        assertThat(figure.rows().labels().get(6)).isEqualTo("L1H2");
        assertThat(figure.maps().get(0).matrix().maxAbs()).isZero();
        assertThat(figure.maps().get(1).matrix().value(6, 1)).isEqualTo(1);
        List<List<String>> table = maps.table();
        assertThat(table.get(0)).startsWith("part", "layer", "position");
        assertThat(table).hasSize(1 + 48);
        assertThat(table.get(1 + 24 + 14)).containsExactly("q", "1", "1", "b", "2", "1.0", "1.0");
    }
}
