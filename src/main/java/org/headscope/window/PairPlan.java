package org.headscope.window;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.MemoryBudget;
import org.headscope.model.RunMemory;
import org.headscope.model.RunOptions;
import org.headscope.model.Variants;
import org.headscope.patching.SweepKind;
import org.headscope.session.Document;
import org.headscope.weights.Gpt2Config;

/**
 * What the runs of a pair of prompts keep, so that it need not be computed again: as much as the memory budget holds.
 *
 * @param memory of both runs
 * @param fits whether they may be made at all
 */
public record PairPlan(Keeping keeping, RunMemory memory, boolean fits) {

    private static final Predicate<Hook> FOR_SWEEPS_OF_LAYERS = Variants.needs(SweepKind.OF_LAYERS);
    /** That a run may keep for sweeps of layers: 256 tokens of gpt2-small. */
    private static final long MOST_BYTES = 96L << 20;

    /** What is kept, most first. */
    public enum Keeping {
        /** All that can be looked at, patched and swept. */
        PATTERNS("every pattern is kept", Variants.needs(Set.copyOf(Document.PARTS))
            .or(hook -> Document.PARTS.contains(hook.point()))),
        /** Patterns, which grow with the square of the prompt, are made of queries and keys when they are looked at. */
        PARTS("a pattern is made of queries and keys when it is looked at", PATTERNS.kept.and(hook ->
            hook.point() != HookPoint.PATTERN)),
        /** What patterns are made of, and what later prompts go on from. Patches and sweeps run the prompts again. */
        LEAST("only queries, keys and values are kept, so patches run the prompts again", hook ->
            hook.point() == HookPoint.Q || hook.point() == HookPoint.K || hook.point() == HookPoint.V);

        private final String words;
        private final Predicate<Hook> kept;

        Keeping(String words, Predicate<Hook> kept) {
            this.words = words;
            this.kept = kept;
        }

        /** A part of a sentence. */
        public String words() {
            return words;
        }
    }

    /**
     * The most that fits in. The pair before stays until the next one is there, so there must be room for two of them.
     *
     * @param most is kept at most
     * @param corrupt tokens of the corrupt prompt; 0 where there is none
     */
    static PairPlan of(Gpt2Config config, MemoryBudget budget, Keeping most, int clean, int corrupt) {
        return Stream.of(Keeping.values()).filter(keeping -> keeping.compareTo(most) >= 0)
            .map(keeping -> keeping(config, budget, keeping, clean, corrupt)).filter(PairPlan::fits).findFirst()
            .orElseGet(() -> keeping(config, budget, Keeping.LEAST, clean, corrupt));
    }

    private static PairPlan keeping(Gpt2Config config, MemoryBudget budget, Keeping keeping, int clean, int corrupt) {
        RunMemory memory = Stream.of(clean, corrupt).filter(tokens -> tokens > 0)
            .map(tokens -> RunMemory.of(config, tokens, RunOptions.plain().lastLogitsOnly()
                .keeping(kept(config, keeping, tokens)))).reduce(new RunMemory(0, 0), RunMemory::and);
        return new PairPlan(keeping, memory, budget.holds(config, memory.and(memory)));
    }

    /** The longest prompts that can be run, two of them or one; at most what the model reads. */
    static int longest(Gpt2Config config, MemoryBudget budget, boolean both) {
        return MemoryBudget.longest(config.positions(),
            tokens -> keeping(config, budget, Keeping.LEAST, tokens, both ? tokens : 0).fits());
    }

    /** What the run of one of the prompts keeps. */
    Predicate<Hook> kept(Gpt2Config config, int tokens) {
        return kept(config, keeping, tokens);
    }

    private static Predicate<Hook> kept(Gpt2Config config, Keeping keeping, int tokens) {
        return keeping == Keeping.LEAST || bytesOfLayers(config, tokens) > MOST_BYTES ? keeping.kept
            : keeping.kept.or(FOR_SWEEPS_OF_LAYERS);
    }

    /** All parts of layers but the neurons are as wide as the residual stream. */
    private static long bytesOfLayers(Gpt2Config config, int tokens) {
        return (long) Float.BYTES * config.layers() * tokens
            * ((long) (SweepKind.OF_LAYERS.size() - 1) * config.width() + config.mlpWidth());
    }
}
