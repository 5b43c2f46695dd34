package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final StringWriter printed = new StringWriter();

    @Test
    void aRefusalIsTheUsersToMend() {
        assertThat(report(new Refusal("Not\nthis; that."))).isEqualTo(2);
        assertThat(printed.toString().strip()).isEqualTo("Not this; that.");
    }

    @Test
    void anythingElseIsAFailureInOneLine() {
        assertThat(report(new IllegalStateException("two\nlines"))).isEqualTo(1);
        assertThat(printed.toString().lines()).hasSize(1).first().asString().contains("two lines");
    }

    @Test
    void exhaustedMemoryHasARemedy() {
        assertThat(report(new OutOfMemoryError())).isEqualTo(1);
        assertThat(printed.toString()).contains("-Xmx");

        printed.getBuffer().setLength(0);
        assertThat(report(new EngineException("DefaultCPUAllocator: can't allocate memory"))).isEqualTo(1);
        assertThat(printed.toString().strip()).isEqualTo("Memory ran out; take a shorter prompt or close other programs.");
    }

    @Test
    void workThatWasStoppedSaysSo() {
        assertThat(report(new CancellationException("cancelled"))).isEqualTo(130);
        assertThat(printed.toString().strip()).isEqualTo("Stopped before there was anything to show.");
    }

    private int report(Throwable e) {
        return Failures.report(e, new PrintWriter(printed, true));
    }
}
