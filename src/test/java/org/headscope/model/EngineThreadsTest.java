package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.headscope.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineThreadsTest {

    private static final int THREADS = 3;

    /** Waits for all threads, so that none does the work of another one. */
    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does work on the inference thread while an operation may use several threads. */
    private static void withThreads(Runnable work) {
        TestModels.RUNTIME.engine();
        TestModels.RUNTIME.call(() -> {
            int before = JniUtils.getNumThreads();
            JniUtils.setNumThreads(THREADS);
            try {
                work.run();
                return null;
            } finally {
                assertThat(JniUtils.getNumThreads()).isEqualTo(THREADS);
                JniUtils.setNumThreads(before);
            }
        });
    }

    @Test
    void eachOfAsManyThreadsComputesAloneAndAllIsAsBeforeAfterwards() {
        CountDownLatch all = new CountDownLatch(THREADS);
        Map<Thread, Integer> uses = new ConcurrentHashMap<>();

        withThreads(() -> {
            EngineThreads.each(() -> {
                meet(all);
                uses.put(Thread.currentThread(), JniUtils.getNumThreads());
            });
            assertThat(uses).containsKey(Thread.currentThread());
        });

        assertThat(uses).hasSize(THREADS);
        assertThat(uses.values()).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnyThreadThrowsReachesTheCallerAndAllIsAsBefore(boolean isOfCaller) {
        CountDownLatch all = new CountDownLatch(THREADS);

        withThreads(() -> {
            Predicate<Thread> throwing = Thread.currentThread()::equals;
            assertThatThrownBy(() -> EngineThreads.each(() -> {
                meet(all);
                if (throwing.test(Thread.currentThread()) == isOfCaller) {
                    throw new IllegalStateException("of a thread");
                }
            })).isInstanceOf(IllegalStateException.class).hasMessage("of a thread");
        });
    }
}
