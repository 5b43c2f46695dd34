package org.headscope.patching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.refusal.Refusal;

/** The same sweep of many pairs of prompts, so that what is found does not hang on one of them. */
public final class PairSweep {

    private final List<CellSweep> sweeps;

    /**
     * @param metric of each pair, whose tokens may be its own
     * @throws Refusal naming the line of a pair that cannot be swept, or that has another number of tokens than the
     *     first where a cell is a position
     */
    public PairSweep(Gpt2 model, PairSet set, SweepKind kind, Source source,
                     Function<PairSet.Pair, Metric> metric) {
        this(set, pair -> {
            checkPositions(kind, pair, set.pairs().get(0).corrupt().size());
            return new Sweep(model, Optional.of(pair.clean()), pair.corrupt(), kind, source, metric.apply(pair));
        });
    }

    /**
     * @param sweep of each pair, all of one shape
     * @throws Refusal naming the line of a pair that cannot be swept
     */
    public PairSweep(PairSet set, Function<PairSet.Pair, CellSweep> sweep) {
        List<CellSweep> made = new ArrayList<>();
        for (PairSet.Pair pair : set.pairs()) {
            try {
                made.add(sweep.apply(pair));
            } catch (Refusal e) {
                throw set.refusal(pair, e);
            }
        }
        this.sweeps = List.copyOf(made);
    }

    /**
     * Looks whether a pair has the positions that cells stand for.
     *
     * @param tokens of the first pair
     * @throws ExperimentRefusal if it has others
     */
    public static void checkPositions(SweepKind kind, PairSet.Pair pair, int tokens) {
        if (kind.by() != SweepKind.By.HEAD && pair.corrupt().size() != tokens) {
            throw new ExperimentRefusal(("the prompt has %d tokens and that of the first pair %d; where a cell "
                + "is a position, all pairs need as many, while a sweep by head takes any.")
                .formatted(pair.corrupt().size(), tokens));
        }
    }

    /**
     * Computes one pair after the other. Must be called on the inference thread.
     *
     * @param progress told of the pairs so far after each
     * @throws java.util.concurrent.CancellationException if the flag was raised; whole pairs have been reported
     */
    public PairSweepResult run(Consumer<PairSweepResult> progress, Cancellation cancellation) {
        List<SweepResult> done = new ArrayList<>();
        for (CellSweep sweep : sweeps) {
            done.add(sweep.run(cancellation));
            progress.accept(new PairSweepResult(done, sweeps.size()));
        }
        return new PairSweepResult(done, sweeps.size());
    }
}
