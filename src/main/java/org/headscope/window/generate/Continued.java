package org.headscope.window.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.headscope.analysis.Generation.Step;
import org.headscope.analysis.Sampling;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.TokenGrid;
import org.headscope.model.Logits.Candidate;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;

/**
 * A prompt and what the model has added so far.
 *
 * @param wanted how many tokens were asked for
 */
public record Continued(OpenModel model, Prompt prompt, Sampling sampling, int wanted, List<Step> steps) {

    public Continued {
        steps = List.copyOf(steps);
    }

    Continued with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Continued(model, prompt, sampling, wanted, more);
    }

    /** The new tokens. */
    public int[] ids() {
        return steps.stream().mapToInt(Step::id).toArray();
    }

    /** What they add to the prompt. */
    public String text() {
        // An embedding may have more rows than the tokenizer has ids: those add no text.
        return model.tokenizer().decode(Arrays.stream(ids()).filter(id -> id < model.tokenizer().size()).toArray());
    }

    public boolean isComplete() {
        return steps.size() == wanted;
    }

    String label(int token) {
        return token < model.tokenizer().size() ? model.tokenizer().token(token).label() : "#" + token;
    }

    /** How the tokens were chosen. */
    String how() {
        if (sampling.isGreedy()) {
            return "the likeliest token each time";
        }
        return "temperature %s%s%s, seed %d".formatted(sampling.temperature(),
            sampling.topK().isPresent() ? ", top-k " + sampling.topK().getAsInt() : "",
            sampling.topP().isPresent() ? ", top-p " + sampling.topP().getAsDouble() : "", sampling.seed());
    }

    /** The likeliest tokens of some steps, one step a column; the chosen ones are outlined. */
    TokenGrid grid(int first, int count) {
        int ranks = steps.get(0).top().size();
        float[] values = new float[ranks * count];
        List<List<String>> texts = new ArrayList<>();
        Set<Cell> chosen = new HashSet<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < count; column++) {
                Candidate candidate = steps.get(first + column).top().get(rank);
                row.add(label(candidate.id()));
                values[rank * count + column] = (float) candidate.prob();
                if (candidate.id() == steps.get(first + column).id()) {
                    chosen.add(new Cell(rank, column));
                }
            }
            texts.add(row);
        }
        return new TokenGrid("The likeliest tokens at each step; outlined: the chosen one",
            "“%s”, continued by %s. Model %s, %s".formatted(prompt.text(), how(), model.folder().name(),
                model.gpt2().processing().label()),
            new Axis("Rank", "rank", IntStream.range(0, ranks).mapToObj(Integer::toString).toList()),
            new Axis("The new tokens", "token", steps.subList(first, first + count).stream()
                .map(step -> label(step.id())).toList()),
            texts, Matrix.of(ranks, count, values), TokenGrid.Ink.PROBABILITY, "Probability", chosen);
    }

    /** A line for every step and token among its likeliest. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("step", "chosen", "chosen id", "chosen prob", "rank",
            "token", "id", "logit", "prob")));
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            for (int rank = 0; rank < step.top().size(); rank++) {
                Candidate candidate = step.top().get(rank);
                rows.add(List.of(Integer.toString(number), label(step.id()), Integer.toString(step.id()),
                    Double.toString(step.prob()), Integer.toString(rank), label(candidate.id()),
                    Integer.toString(candidate.id()), Float.toString(candidate.logit()),
                    Double.toString(candidate.prob())));
            }
        }
        return rows;
    }
}
