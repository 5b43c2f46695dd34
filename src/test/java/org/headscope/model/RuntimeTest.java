package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headscope.TestModels.RUNTIME;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeTest {

    @Test
    void allWorkIsDoneOnOneThread() {
        Thread first = RUNTIME.call(Thread::currentThread);

        assertThat(first.getName()).isEqualTo("headscope-inference");
        assertThat(first.isDaemon()).isTrue();
        assertThat(RUNTIME.submit(Thread::currentThread).join()).isSameAs(first);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void workThatWaitsForWorkDoesNotWaitForItself() {
        assertThat(RUNTIME.<Thread>call(() -> RUNTIME.call(Thread::currentThread)))
            .isSameAs(RUNTIME.call(Thread::currentThread));
    }

    @Test
    void failuresArriveAsTheyWereThrown() {
        IllegalStateException failure = new IllegalStateException("its own");
        StackOverflowError error = new StackOverflowError();
        IOException checked = new IOException("checked");

        assertThatThrownBy(() -> RUNTIME.call(() -> {
            throw failure;
        })).isSameAs(failure);
        assertThatThrownBy(() -> RUNTIME.call(() -> {
            throw error;
        })).isSameAs(error);
        assertThatThrownBy(() -> RUNTIME.call(() -> {
            throw checked;
        })).isInstanceOf(CompletionException.class).hasCause(checked);
        assertThat(RUNTIME.call(() -> 7)).isEqualTo(7);
    }

    @Test
    void aClosedRuntimeFinishesItsQueueAndTakesNoMore() {
        Runtime runtime = Runtime.start(1);
        var queued = runtime.submit(() -> 7);
        runtime.close();

        assertThat(queued.join()).isEqualTo(7);
        assertThatThrownBy(() -> runtime.call(() -> 8)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void theEngineIsNamed() {
        assertThat(RUNTIME.engine()).isEqualTo("PyTorch 2.7.1");
        assertThat(RUNTIME.threads()).isEqualTo(1);
    }
}
