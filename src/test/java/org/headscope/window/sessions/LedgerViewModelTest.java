package org.headscope.window.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.session.Ledger.Kind;
import org.headscope.session.Ledger.Line;
import org.headscope.window.Settings;
import org.headscope.window.TestBench;
import org.headscope.window.sweep.SweepViewModel;
import org.junit.jupiter.api.Test;

class LedgerViewModelTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T21:00:00Z"), ZoneOffset.UTC);

    private static LedgerViewModel ledger(TestBench bench) {
        return new LedgerViewModel(bench.workbench(), new SessionsViewModel(bench.workbench(), bench.view(),
            new Settings(), null, Optional.empty()), CLOCK);
    }

    private static List<Line> lines(LedgerViewModel ledger) {
        return ledger.ledgerProperty().get().lines();
    }

    @Test
    void runsPatchesAndSweepsAreWrittenDown() {
        try (TestBench bench = TestBench.demo()) {
            LedgerViewModel ledger = ledger(bench);
            SweepViewModel sweep = new SweepViewModel(bench.workbench());
            sweep.shownProperty().addListener((observed, before, now) -> ledger.write(now));

            bench.workbench().edit("", Document::withoutPatches);
            bench.workbench().edit("", document -> document.toggled(TestBench.INDUCTION, HookPoint.Z));
            sweep.sweep();

            assertThat(lines(ledger)).extracting(Line::kind).containsExactly(Kind.RUN, Kind.PATCH, Kind.SWEEP);
            Line patched = lines(ledger).get(1);
            assertThat(patched.time()).isEqualTo(CLOCK.instant());
            assertThat(patched.what()).isEqualTo("L1H0 z: clean into corrupt");
            assertThat(patched.metric()).isEqualTo("logit difference ·went − ·travelled");
            assertThat(patched.recovered().orElseThrow()).isCloseTo(0.776, within(2e-3));
            assertThat(lines(ledger).get(2).what()).isEqualTo("z by head, clean into corrupt, strongest L1H0");
            assertThat(lines(ledger).get(2).recovered().orElseThrow()).isCloseTo(0.776, within(2e-3));
        }
    }

    @Test
    void whatIsComputedOnceMoreIsNotWrittenDownOnceMore() {
        try (TestBench bench = TestBench.demo()) {
            LedgerViewModel ledger = ledger(bench);
            SweepViewModel sweep = new SweepViewModel(bench.workbench());
            sweep.shownProperty().addListener((observed, before, now) -> ledger.write(now));
            bench.workbench().edit("", Document::withoutPatches);
            bench.workbench().edit("", document -> document.toggled(TestBench.INDUCTION, HookPoint.Z));
            sweep.sweep();
            List<Line> before = lines(ledger);

            bench.workbench().restart(bench.workbench().document());
            sweep.sweep();
            assertThat(lines(ledger)).isEqualTo(before);

            bench.typeClean("Tom went to the house. Tom");
            assertThat(lines(ledger)).extracting(Line::kind).containsExactlyInAnyOrder(Kind.RUN, Kind.PATCH,
                Kind.SWEEP, Kind.PATCH, Kind.SWEEP);
        }
    }

    @Test
    void anotherMetricOfTheSameRunTakesItsPlace() {
        try (TestBench bench = TestBench.demo()) {
            LedgerViewModel ledger = ledger(bench);
            bench.workbench().edit("", Document::withoutPatches);
            bench.workbench().edit("", document -> document.withPins(List.of(TestBench.WENT)));

            assertThat(lines(ledger)).hasSize(1);
            assertThat(lines(ledger).get(0).metric()).isEqualTo("logit of ·went");
        }
    }

    @Test
    void aLineComesBackAndUndoTakesThatBack() {
        try (TestBench bench = TestBench.demo()) {
            LedgerViewModel ledger = ledger(bench);
            bench.workbench().edit("", Document::withoutPatches);
            Document then = bench.workbench().document();
            bench.typeClean("The keys are on the table. The");
            Document now = bench.workbench().document();

            ledger.bringBack(lines(ledger).get(0));
            assertThat(bench.workbench().document()).isEqualTo(then);
            bench.workbench().undo();
            assertThat(bench.workbench().document()).isEqualTo(now);
        }
    }

    @Test
    void twoTickedLinesAreComparedInTheirOrder() {
        try (TestBench bench = TestBench.demo()) {
            LedgerViewModel ledger = ledger(bench);
            bench.workbench().edit("", Document::withoutPatches);
            bench.workbench().edit("", document -> document.toggled(TestBench.INDUCTION, HookPoint.Z));
            bench.workbench().edit("", document -> document.toggled(new Head(2, 0), HookPoint.Z));

            ledger.tick(lines(ledger).get(2));
            assertThat(ledger.differences()).isEmpty();
            ledger.tick(lines(ledger).get(1));

            assertThat(ledger.tickedProperty().get()).containsExactly(lines(ledger).get(1), lines(ledger).get(2));
            assertThat(ledger.differences()).extracting(difference -> difference.what())
                .containsExactly("Patches", "Value", "Recovered");
            ledger.tick(lines(ledger).get(0));
            assertThat(ledger.tickedProperty().get()).hasSize(2);
            assertThat(ledger.course()).hasSize(3);
        }
    }
}
