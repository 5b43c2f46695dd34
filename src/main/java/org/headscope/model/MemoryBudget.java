package org.headscope.model;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.hub.KnownModel;

/**
 * How much memory the weights and the runs of a process may take together. May be asked and changed on any thread; what
 * is there already stays.
 */
public final class MemoryBudget {

    /** The environment's variable for another budget than half of the machine's memory: 8G or 900M. */
    public static final String VARIABLE = "HEADSCOPE_MEMORY";

    private static final String RAISE = " under Preferences, Memory, or with " + VARIABLE;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([MG])B?");

    private final long usual;
    private volatile long bytes;
    /** What of it may lie on Java's heap, where activations are kept. */
    private final long heap;

    private MemoryBudget(long bytes, long heap) {
        this.usual = bytes;
        this.bytes = bytes;
        this.heap = heap;
    }

    /** So much, of which Java may have what it has. */
    public static MemoryBudget of(long bytes) {
        // The rest is for what else there is, and for what has not been collected yet.
        return new MemoryBudget(bytes, java.lang.Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    static MemoryBudget unbounded() {
        return new MemoryBudget(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * What the environment says, or half of the machine's memory.
     *
     * @throws Refusal if the environment says something that is no size
     */
    public static MemoryBudget ofEnvironment() {
        return of(bytes(System.getenv()));
    }

    static long bytes(Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        if (given.isEmpty()) {
            return ofMachine() / 2;
        }
        Matcher size = SIZE.matcher(given.toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new Refusal("%s is “%s”, which is no size; write it such as 8G or 900M.".formatted(VARIABLE, given));
        }
        return Long.parseLong(size.group(1)) * (size.group(2).equals("G") ? 1_000_000_000L : 1_000_000L);
    }

    /** All the memory of the machine, or of the container that this runs in. */
    public static long ofMachine() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    /** For weights and runs together. */
    public long bytes() {
        return bytes;
    }

    /** What it was at first. */
    public long usual() {
        return usual;
    }

    /** Changes it from now on. */
    public void set(long another) {
        bytes = another;
    }

    /** What a model's weights leave of it; never below 0. */
    public long beside(Gpt2Config config) {
        return Math.max(0, bytes - Gpt2Weights.memory(config));
    }

    /** Whether runs fit in beside a model's weights. */
    public boolean holds(Gpt2Config config, RunMemory runs) {
        return runs.kept() <= heap && runs.bytes() <= beside(config);
    }

    /** Whether a run fits in, beside the model's weights and the earlier run that it goes on from. */
    boolean holds(Gpt2Config config, int tokens, RunOptions options) {
        long held = options.earlier().map(run -> run.cache().bytes()).orElse(0L);
        return holds(config, RunMemory.of(config, tokens, options).and(new RunMemory(held, 0)));
    }

    /**
     * Refuses a run that does not fit in.
     *
     * @throws MemoryRefusal naming the longest prompt that does
     */
    void check(Gpt2Config config, int tokens, RunOptions options) {
        if (!holds(config, tokens, options)) {
            throw tooLong(config, RunMemory.of(config, tokens, options), tokens, n -> holds(config, n, options));
        }
    }

    /**
     * Why runs of prompts so long are refused, and what to do.
     *
     * @param needed of them
     * @param fits whether runs of prompts of another length fit in
     */
    public MemoryRefusal tooLong(Gpt2Config config, RunMemory needed, int tokens, IntPredicate fits) {
        int longest = longest(tokens - 1, fits);
        boolean byHeap = needed.kept() > heap;
        return new MemoryRefusal("A run of %,d tokens needs about %s, but %s; %s, or %s.".formatted(tokens,
            KnownModel.readable(byHeap ? needed.kept() : needed.bytes()), byHeap
                ? "Java has only %s for it".formatted(KnownModel.readable(heap))
                : "the model leaves only %s of the memory budget".formatted(KnownModel.readable(beside(config))),
            longest == 0 ? "take a smaller model" : "shorten the prompt to %,d".formatted(longest),
            byHeap ? "give Java more with -Xmx" : "raise the budget" + RAISE));
    }

    /** The largest number up to a limit that fits, where all smaller ones do; 0 if none does. */
    public static int longest(int limit, IntPredicate fits) {
        int low = 0;
        int high = limit;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Refuses a model whose weights do not fit in, before anything of them is read.
     *
     * @throws MemoryRefusal naming what it needs
     */
    public void check(String name, Gpt2Config config) {
        check(name, Gpt2Weights.memory(config));
    }

    /** The same of what needs so many bytes in all. */
    void check(String name, long needed) {
        if (needed > bytes) {
            throw new MemoryRefusal("%s needs about %s; the memory budget is %s: raise it%s, or take a smaller model."
                .formatted(name, KnownModel.readable(needed), KnownModel.readable(bytes), RAISE));
        }
    }
}
