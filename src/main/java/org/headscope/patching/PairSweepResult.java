package org.headscope.patching;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The sweeps of some pairs, of one shape, and what they have in common.
 *
 * @param each every pair's own sweep, at least one, whole; in the order of the pairs
 * @param pairs how many there will be
 */
public record PairSweepResult(List<SweepResult> each, int pairs) {

    public PairSweepResult {
        each = List.copyOf(each);
    }

    public boolean isComplete() {
        return each.size() == pairs;
    }

    /**
     * The mean over the pairs, cell by cell, of the metric itself; so are its clean and its corrupt value. A share
     * that is recovered is therefore one of means, not a mean of shares, in which pairs that hardly differ would
     * outweigh all others.
     */
    public SweepResult mean() {
        SweepResult first = each.get(0);
        double[] means = new double[first.cells()];
        for (int cell = 0; cell < means.length; cell++) {
            means[cell] = meanOf(cell);
        }
        BitSet done = new BitSet();
        done.set(0, means.length);
        done.andNot(first.impossible());
        BitSet identical = (BitSet) first.identical().clone();
        each.forEach(result -> identical.and(result.identical()));
        return new SweepResult(first.shape(), means, done, first.impossible(), identical,
            OptionalDouble.of(mean(result -> result.clean().orElseThrow())), mean(SweepResult::corrupt), 1);
    }

    /**
     * The standard error of each cell's mean: the standard deviation with n − 1 in its denominator, divided by √n. NaN
     * for a single pair, which tells nothing about others.
     */
    public double[] standardError() {
        return IntStream.range(0, each.get(0).cells()).mapToDouble(this::standardError).toArray();
    }

    /** The same of one cell. */
    public double standardError(int cell) {
        int n = each.size();
        double mean = meanOf(cell);
        double squares = 0;
        for (SweepResult result : each) {
            squares += (result.values()[cell] - mean) * (result.values()[cell] - mean);
        }
        return n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    }

    private double meanOf(int cell) {
        return mean(result -> result.values()[cell]);
    }

    private double mean(ToDoubleFunction<SweepResult> value) {
        return each.stream().mapToDouble(value).average().orElseThrow();
    }
}
