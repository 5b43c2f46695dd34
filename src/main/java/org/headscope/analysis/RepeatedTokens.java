package org.headscope.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.HookPoint;
import org.headscope.model.RunOptions;

/**
 * Prompts in which the same tokens come again after a period: what induction heads are found by, since nothing but
 * the repetition tells what comes next. TransformerLens's demos measure heads this way, on random tokens without BOS.
 */
public final class RepeatedTokens {

    private final List<int[]> rows;
    private final int period;

    private RepeatedTokens(List<int[]> rows, int period) {
        this.rows = rows;
        this.period = period;
    }

    /**
     * The scores of every head: the mean over queries and rows of the attention to one place.
     *
     * @param induction to the token after the same one, period − 1 before
     * @param duplicate to the same token, one period before
     * @param previous to the token before
     */
    public record Scores(HeadScores induction, HeadScores duplicate, HeadScores previous) {
    }

    /**
     * Random tokens, each row repeated once.
     *
     * @param vocabulary tokens are drawn from the ids below this number
     * @param bos a token that is never drawn, since heads rest on it
     * @param period how many tokens are repeated
     * @param batch number of rows
     * @param seed the same one gives the same rows
     * @throws AnalysisRefusal if there is nothing to repeat or to draw from
     */
    public static RepeatedTokens random(int vocabulary, OptionalInt bos, int period, int batch, long seed) {
        if (batch < 1) {
            throw new AnalysisRefusal("There is no batch of %,d prompts; take at least 1.".formatted(batch));
        }
        checkPeriod(period, Integer.MAX_VALUE);
        int[] candidates = IntStream.range(0, vocabulary).filter(id -> bos.isEmpty() || id != bos.getAsInt()).toArray();
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            int[] once = random.ints(period, 0, candidates.length).map(place -> candidates[place]).toArray();
            rows.add(IntStream.range(0, 2 * period).map(position -> once[position % period]).toArray());
        }
        return new RepeatedTokens(rows, period);
    }

    /**
     * Prompts that exist, taken as they are; whether they really repeat is not looked at.
     *
     * @throws AnalysisRefusal if the period does not fit into each of them
     */
    public static RepeatedTokens of(List<int[]> rows, int period) {
        rows.forEach(row -> checkPeriod(period, row.length));
        return new RepeatedTokens(rows.stream().map(int[]::clone).toList(), period);
    }

    private static void checkPeriod(int period, int length) {
        if (period < 2) {
            throw new AnalysisRefusal("A period of %d tells induction from nothing; take at least 2."
                .formatted(period));
        }
        if (period >= length) {
            throw new AnalysisRefusal("A period of %d does not fit into a prompt of %d tokens; take at most %d."
                .formatted(period, length, length - 1));
        }
    }

    /** The ids of each prompt. */
    public List<int[]> rows() {
        return rows.stream().map(int[]::clone).toList();
    }

    public int period() {
        return period;
    }

    /**
     * Runs every prompt and measures every head. Must be called on the inference thread.
     *
     * @throws AnalysisRefusal if the prompts are longer than the model reads
     * @throws org.headscope.model.ContextRefusal if the model has no such id
     */
    public Scores scores(Gpt2 model, Cancellation cancellation) {
        RunOptions options = RunOptions.plain().lastLogitsOnly().cancelledBy(cancellation)
            .keeping(hook -> hook.point() == HookPoint.PATTERN);
        List<Scores> each = new ArrayList<>();
        for (int[] row : rows) {
            checkLength(row.length, model.config().positions());
            var cache = model.run(row, model.fitting(row.length, options)).cache();
            each.add(new Scores(
                HeadScores.ofPatterns(cache, pattern -> HeadDetector.diagonal(pattern, period - 1)),
                HeadScores.ofPatterns(cache, pattern -> HeadDetector.diagonal(pattern, period)),
                HeadScores.ofPatterns(cache, pattern -> HeadDetector.diagonal(pattern, 1))));
        }
        return new Scores(HeadScores.mean(each.stream().map(Scores::induction).toList()),
            HeadScores.mean(each.stream().map(Scores::duplicate).toList()),
            HeadScores.mean(each.stream().map(Scores::previous).toList()));
    }

    private void checkLength(int length, int positions) {
        if (length > positions) {
            throw new AnalysisRefusal(("Repeating %,d tokens makes prompts of %,d, but this model reads at most %,d; "
                + "repeat at most %,d.").formatted(period, length, positions, positions / 2));
        }
    }
}
