package org.headscope.patching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.refusal.Refusal;

/** The same sweep of many pairs of prompts, so that what is found does not hang on one of them. */
public final class PairSweep {

    private final List<OfPair> sweeps;

    /** What gives the results of one pair, one a panel. */
    @FunctionalInterface
    private interface OfPair {

        List<SweepResult> run(Cancellation cancellation);
    }

    /**
     * @param kinds at least one, of the same shape: a panel each
     * @param metric of each pair, whose tokens may be its own
     * @throws Refusal naming the line of a pair that cannot be swept, or that has another number of tokens than the
     *     first where a cell is a position
     */
    public PairSweep(Gpt2 model, PairSet set, List<SweepKind> kinds, Source source,
                     Function<PairSet.Pair, Metric> metric) {
        this.sweeps = each(set, pair -> {
            kinds.forEach(kind -> checkPositions(kind, pair, set.pairs().get(0).corrupt().size()));
            SweepPanels panels = new SweepPanels(model, Optional.of(pair.clean()), pair.corrupt(), kinds, source,
                metric.apply(pair));
            return cancellation -> panels.run(panels.base(cancellation), Sweep.ROWS, soFar -> { }, cancellation);
        });
    }

    /**
     * @param sweep of each pair, all of one shape
     * @throws Refusal naming the line of a pair that cannot be swept
     */
    public PairSweep(PairSet set, Function<PairSet.Pair, CellSweep> sweep) {
        this.sweeps = each(set, pair -> {
            CellSweep one = sweep.apply(pair);
            return cancellation -> List.of(one.run(cancellation));
        });
    }

    private static List<OfPair> each(PairSet set, Function<PairSet.Pair, OfPair> sweep) {
        List<OfPair> made = new ArrayList<>();
        for (PairSet.Pair pair : set.pairs()) {
            try {
                made.add(sweep.apply(pair));
            } catch (Refusal e) {
                throw set.refusal(pair, e);
            }
        }
        return List.copyOf(made);
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
     * @param progress told of the pairs so far after each, panel by panel
     * @return one result a panel
     * @throws java.util.concurrent.CancellationException if the flag was raised; whole pairs have been reported
     */
    public List<PairSweepResult> run(Consumer<List<PairSweepResult>> progress, Cancellation cancellation) {
        List<List<SweepResult>> done = new ArrayList<>();
        for (OfPair sweep : sweeps) {
            done.add(sweep.run(cancellation));
            progress.accept(panels(done));
        }
        return panels(done);
    }

    private List<PairSweepResult> panels(List<List<SweepResult>> pairs) {
        return IntStream.range(0, pairs.get(0).size()).mapToObj(panel -> new PairSweepResult(
            pairs.stream().map(results -> results.get(panel)).toList(), sweeps.size())).toList();
    }
}
