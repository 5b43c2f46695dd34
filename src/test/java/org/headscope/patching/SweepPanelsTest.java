package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.model.Cancellation;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Panels against the sweeps that each of them is; {@link SweepTest} holds those to TransformerLens's. */
class SweepPanelsTest {

    private static final Prompt CLEAN = SweepPrompts.of(Fixture.TINY.ids("clean"));
    private static final Prompt CORRUPT = SweepPrompts.of(Fixture.TINY.ids("corrupt"));
    private static final Metric METRIC = new Metric.Difference(5, 81);

    private static SweepPanels panels(List<SweepKind> kinds, Source source) {
        return new SweepPanels(TestModels.model(Fixture.TINY), Optional.of(CLEAN), CORRUPT, kinds, source, METRIC);
    }

    private static List<SweepResult> run(SweepPanels panels, List<List<SweepResult>> reports, Cancellation flag) {
        return TestModels.RUNTIME.call(() -> panels.run(panels.base(new Cancellation()), Sweep.ROWS, report -> {
            reports.add(report);
            if (reports.size() == 9) {
                flag.request();
            }
        }, flag));
    }

    static Stream<List<SweepKind>> kinds() {
        return Stream.of(SweepPanels.ofHeads(By.HEAD), SweepPanels.ofHeads(By.POSITION), SweepPanels.ofBlocks());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsASweepOfItsOwn(List<SweepKind> kinds) {
        List<List<SweepResult>> reports = new ArrayList<>();

        for (Source source : List.of(Source.CLEAN, Source.ZERO)) {
            reports.clear();
            List<SweepResult> results = TestModels.RUNTIME.call(() -> {
                SweepPanels panels = panels(kinds, source);
                return panels.run(panels.base(new Cancellation()), Sweep.ROWS, reports::add, new Cancellation());
            });

            assertThat(results).hasSize(kinds.size());
            assertThat(reports).allSatisfy(report -> assertThat(report).hasSize(kinds.size()));
            assertThat(reports.get(0).get(1).clean()).isEqualTo(results.get(1).clean());
            for (int i = 0; i < kinds.size(); i++) {
                Sweep alone = new Sweep(TestModels.model(Fixture.TINY), Optional.of(CLEAN), CORRUPT, kinds.get(i),
                    source, METRIC);
                double[] expected = TestModels.RUNTIME.call(() -> alone.run(new Cancellation())).values();
                assertThat(results.get(i).isComplete()).isTrue();
                assertThat(results.get(i).values()).as("%s", kinds.get(i)).containsExactly(expected, within(1e-5));
            }
        }
    }

    @Test
    void whatWasDoneOfEachIsKept() {
        List<List<SweepResult>> reports = new ArrayList<>();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> run(
            panels(SweepPanels.ofHeads(By.POSITION), Source.ZERO), reports, new Cancellation()));

        List<SweepResult> last = reports.get(reports.size() - 1);
        assertThat(last).hasSize(5);
        assertThat(last.get(0).done().isEmpty()).isFalse();
        assertThat(last.get(4).done().isEmpty()).isTrue();
        assertThat(last.get(4).corrupt()).isEqualTo(last.get(0).corrupt());
    }
}
