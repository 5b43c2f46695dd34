package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalDouble;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Ledger.Difference;
import org.headscope.session.Ledger.Kind;
import org.headscope.session.Ledger.Line;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Document START = Document.notebook();

    private static Line line(int second, Document document, double value) {
        return new Line(Instant.ofEpochSecond(second), Kind.PATCH, document, "demo", "a patch", "x − y",
            OptionalDouble.of(8), OptionalDouble.of(-2), OptionalDouble.of(value), OptionalDouble.of((value + 2) / 10));
    }

    @Test
    void theSameAgainAddsNothingWheneverItWas() {
        Ledger once = Ledger.EMPTY.with(line(1, START, 6));

        assertThat(once.with(line(2, START, 6))).isEqualTo(once);
        assertThat(once.with(line(2, START, 7)).lines()).hasSize(2);
        assertThat(once.with(line(2, START, 7)).with(line(3, START, 6)).lines()).hasSize(3);
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        Ledger ledger = Ledger.EMPTY;
        for (int i = 0; i < Ledger.LIMIT + 3; i++) {
            ledger = ledger.with(line(i, START, i));
        }

        assertThat(ledger.lines()).hasSize(Ledger.LIMIT);
        assertThat(ledger.lines().get(0).value()).hasValue(3);
    }

    @Test
    void twoLinesTellWhatDiffers() {
        Line before = line(1, START, 6);
        Document changed = START.withClean("Ann sang").toggled(new Head(1, 0), HookPoint.Z)
            .toggled(new Head(2, 1), HookPoint.V);

        assertThat(Ledger.differences(before, line(2, changed, 3))).containsExactly(
            new Difference("Clean", "Tom went to the store. Tom", "Ann sang"),
            new Difference("Patches", "", "L1H0.z, L2H1.v"),
            new Difference("Value", "6.000", "3.000"),
            new Difference("Recovered", "80.0 %", "50.0 %"));
        assertThat(Ledger.differences(before, line(9, START, 6))).isEmpty();
    }

    @Test
    void theCourseShowsThePatchedValueAndElseTheCleanOne() {
        Line patched = line(1, START, 6);
        Line run = new Line(patched.time(), Kind.RUN, START, "demo", "ran", "x − y", patched.clean(),
            patched.corrupt(), OptionalDouble.empty(), OptionalDouble.empty());

        assertThat(patched.shown()).hasValue(6);
        assertThat(run.shown()).hasValue(8);
    }
}
