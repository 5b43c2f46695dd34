package org.headscope.model;

import ai.djl.engine.Engine;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine and the one thread that it works on. PyTorch's memory grows with every new thread that computes, so all
 * models of a process share this thread; work waits its turn in the order in which it was handed in.
 */
public final class Runtime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runtime.class);

    /** For how long the memory of a model that was closed is kept for the next. */
    private static final long KEPT_SECONDS = 2;

    private final MemoryBudget memory;
    private final Gpus gpus;
    private volatile Wish wish = Wish.CPU;
    private volatile Thread thread;

    private final ExecutorService inference = Executors.newSingleThreadExecutor(work -> {
        thread = new Thread(work, "headscope-inference");
        thread.setDaemon(true);
        return thread;
    });

    private Runtime(MemoryBudget memory, Gpus gpus) {
        this.memory = memory;
        this.gpus = gpus;
    }

    /**
     * Makes the thread; the engine itself is loaded by the first piece of work.
     *
     * @param threads that one operation may use; 0 leaves the choice to the engine. Only the first runtime of a
     *     process decides.
     * @throws org.headscope.refusal.Refusal if the environment gives a budget of memory that is no size
     */
    public static Runtime start(int threads) {
        return start(threads, MemoryBudget.ofEnvironment());
    }

    /** @param memory what all models and runs together may take */
    public static Runtime start(int threads, MemoryBudget memory) {
        return start(threads, memory, Gpus::inEngine);
    }

    /** @param gpus finds those that there are */
    public static Runtime start(int threads, MemoryBudget memory, Gpus gpus) {
        prepareEngine(threads);
        return new Runtime(memory, gpus);
    }

    private static void prepareEngine(int threads) {
        System.setProperty("ai.djl.offline", "true");
        if (threads > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        }
        // OpenMP's waiting threads spin by default, which makes two of them slower than one on a busy machine. The
        // variable is read when the library loads, so it must stand in the real environment before that.
        try {
            if (System.getenv("OMP_WAIT_POLICY") == null && !Platform.isWindows()) {
                Native.load(Platform.C_LIBRARY_NAME, Environment.class).setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
            }
        } catch (UnsatisfiedLinkError e) {
            LOG.info("OMP_WAIT_POLICY could not be set; runs may be slower on a busy machine.", e);
        }
    }

    /**
     * Has memory that nothing refers to any more given back to the system: that of weights lies outside Java's heap,
     * where nothing tells the collector that there is much to be had, and what the engine has freed the C library
     * keeps.
     */
    public static void giveBackMemory() {
        Block.releaseSpare();
        System.gc();
        if (Platform.isLinux()) {
            try {
                Native.load(Platform.C_LIBRARY_NAME, Heap.class).malloc_trim(new NativeLong(0));
            } catch (UnsatisfiedLinkError e) {
                LOG.debug("This C library keeps what was freed.", e);
            }
        }
    }

    /**
     * Gives memory back as above a little later, when the work that is queued by then is done: whoever closes a model to
     * open another does so at once, and that one uses the memory again.
     *
     * @param isMuch whether all there is to be had is worth a collection of the whole heap
     */
    public void giveBackMemorySoon(boolean isMuch) {
        CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS, inference)
            .execute(isMuch ? Runtime::giveBackMemory : Block::releaseSpare);
    }

    private interface Heap extends Library {

        int malloc_trim(NativeLong kept);
    }

    /** The C library's environment, which Java itself cannot write to. */
    private interface Environment extends Library {

        int setenv(String name, String value, int overwrite);
    }

    /**
     * Has something done when the process is asked to end, by Ctrl+C for instance. The process ends once it is done.
     *
     * @return takes it back, unless the process is ending already
     */
    public static Runnable onEnd(Runnable work) {
        Thread hook = new Thread(work, "headscope-end");
        java.lang.Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                java.lang.Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                LOG.debug("The process is ending.", e);
            }
        };
    }

    /** Hands work to the inference thread. A failure arrives in the future as it was thrown. */
    public <T> CompletableFuture<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        inference.execute(() -> complete(result, work));
        return result;
    }

    private static <T> CompletableFuture<T> complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable e) {
            // Errors too, an exhausted memory among them: whoever waits must hear of every end.
            result.completeExceptionally(e);
        }
        return result;
    }

    /**
     * Hands work to the inference thread, or on that thread itself does it at once: whoever waits for it there would
     * wait for ever.
     */
    public <T> CompletableFuture<T> begin(Callable<T> work) {
        return Thread.currentThread() == thread ? complete(new CompletableFuture<>(), work) : submit(work);
    }

    /**
     * Hands work to the inference thread and waits for it; on that thread itself, does it at once. Never call this on
     * the FX thread.
     */
    public <T> T call(Callable<T> work) {
        try {
            return begin(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** What all models and runs together may take. */
    public MemoryBudget memory() {
        return memory;
    }

    /** What models that are opened from now on shall compute on; the CPU at first. May be changed on any thread. */
    public void setWish(Wish wish) {
        this.wish = wish;
    }

    Wish wish() {
        return wish;
    }

    Gpus finder() {
        return gpus;
    }

    /** How many GPUs the engine can compute with. */
    public int gpus() {
        return call(gpus::count);
    }

    /** The engine's name and version, loading it if need be. */
    public String engine() {
        return call(() -> Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion());
    }

    /** The version of DJL, the library through which the engine is called. */
    public static String library() {
        return "DJL " + Engine.getDjlVersion();
    }

    /** How many threads one operation uses. */
    public int threads() {
        return call(() -> {
            Engine.getInstance();
            return ai.djl.pytorch.jni.JniUtils.getNumThreads();
        });
    }

    /** Lets the work that is queued come to its end and takes no more. */
    @Override
    public void close() {
        inference.shutdown();
    }
}
