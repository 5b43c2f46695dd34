package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.headscope.TestModels;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {

    /** Waits for all threads, so that none does the work of another one. */
    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachOfAsManyThreadsComputesAloneAndAllIsAsBeforeAfterwards() {
        int threads = TestModels.RUNTIME.threads();
        CountDownLatch all = new CountDownLatch(threads);
        Map<Thread, Integer> uses = new ConcurrentHashMap<>();

        Thread caller = TestModels.RUNTIME.call(() -> {
            EngineThreads.each(() -> {
                meet(all);
                uses.put(Thread.currentThread(), JniUtils.getNumThreads());
            });
            return Thread.currentThread();
        });

        assertThat(uses).hasSize(threads).containsKey(caller).containsValue(1);
        assertThat(uses.values()).containsOnly(1);
        assertThat(TestModels.RUNTIME.threads()).isEqualTo(threads);
    }

    @Test
    void whatAnyThreadThrowsReachesTheCallerAndAllIsAsBefore() {
        int threads = TestModels.RUNTIME.threads();

        for (boolean onCaller : new boolean[] {true, threads == 1}) {
            CountDownLatch all = new CountDownLatch(threads);
            assertThatThrownBy(() -> TestModels.RUNTIME.call(() -> {
                Thread caller = Thread.currentThread();
                EngineThreads.each(() -> {
                    meet(all);
                    if (onCaller == (Thread.currentThread() == caller)) {
                        throw new IllegalStateException("of a thread");
                    }
                });
                return null;
            })).hasMessageContaining("of a thread");
            assertThat(TestModels.RUNTIME.threads()).isEqualTo(threads);
        }
    }
}
