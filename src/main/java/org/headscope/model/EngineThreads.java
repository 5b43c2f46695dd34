package org.headscope.model;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Many small operations of the engine side by side. An operation that is spread over threads has to wake and to await
 * them, which takes as long as multiplying a hundred thousand numbers; here the thread that asks for one computes it
 * alone.
 */
public final class EngineThreads {

    private EngineThreads() {
    }

    /**
     * Does the same work on as many threads as an operation may use, the calling one among them, and returns when all
     * of them have ended. Call it on the inference thread.
     *
     * @param work that shares what is to be done between the threads that do it
     * @throws RuntimeException the first that the work has thrown
     */
    public static void each(Runnable work) {
        int threads = JniUtils.getNumThreads();
        CompletableFuture<?>[] others = IntStream.range(1, threads)
            .mapToObj(i -> CompletableFuture.runAsync(() -> alone(work), EngineThreads::start))
            .toArray(CompletableFuture[]::new);
        try {
            alone(work);
        } finally {
            CompletableFuture.allOf(others).handle((unused, failure) -> null).join();
            JniUtils.setNumThreads(threads);
        }
        try {
            CompletableFuture.allOf(others).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The number is the thread's own, and the one that threads begin with. */
    private static void alone(Runnable work) {
        JniUtils.setNumThreads(1);
        work.run();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "headscope-inference-beside");
        thread.setDaemon(true);
        thread.start();
    }
}
