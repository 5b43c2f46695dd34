package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.headscope.analysis.LogitLens;
import org.headscope.analysis.LogitLens.Norm;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.RankLines;
import org.headscope.figure.TokenGrid;
import org.headscope.model.Logits.Candidate;
import org.headscope.session.OpenModel;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.control.Numerals;

/**
 * The logit lens of one run.
 *
 * @param tokens whose logits and ranks were read, in the lens's order
 */
public record ShownLens(Finished runs, Side side, Norm norm, List<Integer> tokens, LogitLens lens) {

    public ShownLens {
        tokens = List.copyOf(tokens);
    }

    Prompt prompt() {
        return runs.prompt(side).orElseThrow();
    }

    private OpenModel model() {
        return runs.model();
    }

    String label(int token) {
        // An embedding may have more rows than the tokenizer has ids.
        return token < model().tokenizer().size() ? model().tokenizer().token(token).label() : "#" + token;
    }

    /** Which run, and how the norm was taken. */
    public String what() {
        return "%s run, norm %s".formatted(side.word(), norm.name().toLowerCase(Locale.ROOT));
    }

    private String caption() {
        return "“%s”. Model %s, %s".formatted(prompt().text(), model().folder().name(),
            model().gpt2().processing().label());
    }

    private Axis layers() {
        return new Axis("Read after", "half-layer", lens.layers());
    }

    // ---- the grid ----

    /** The likeliest token at some of the positions, coloured as chosen. */
    TokenGrid grid(Coloring coloring, int first, int count) {
        int rank = coloring.token().isPresent() ? tokens.indexOf(coloring.token().getAsInt()) : -1;
        float[] values = new float[lens.layers().size() * count];
        List<List<String>> texts = new ArrayList<>();
        for (int layer = 0; layer < lens.layers().size(); layer++) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < count; column++) {
                LogitLens.Place place = lens.at(layer, first + column);
                row.add(label(place.top().get(0).id()));
                values[layer * count + column] = rank >= 0 ? place.ranks().get(rank)
                    : (float) place.top().get(0).prob();
            }
            texts.add(row);
        }
        Axis positions = new Axis("What follows each position", "token",
            prompt().labels().subList(first, first + count));
        return new TokenGrid("Logit lens: the likeliest next token, " + what(), caption(), layers(), positions, texts,
            Matrix.of(lens.layers().size(), count, values),
            rank >= 0 ? TokenGrid.Ink.RANK : TokenGrid.Ink.PROBABILITY,
            rank >= 0 ? "R" + coloring.label().substring(1) : "Probability of the token shown", Set.of());
    }

    /** The likeliest tokens of a cell, best first. */
    List<Candidate> top(Cell cell) {
        return lens.at(cell.row(), cell.column()).top();
    }

    /** Such as "after 2_mid at ·Tom (7)". */
    String place(Cell cell) {
        return "after %s at %s".formatted(lens.layers().get(cell.row()), position(cell.column()));
    }

    String position(int position) {
        return "%s (%d)".formatted(prompt().labels().get(position), position);
    }

    /** A cell in one sentence. */
    String words(Cell cell) {
        StringBuilder words = new StringBuilder(place(cell)).append(": ");
        top(cell).forEach(candidate -> words.append(label(candidate.id())).append(" logit ")
            .append(Numerals.logit(candidate.logit())).append(", ").append(Numerals.probability(candidate.prob()))
            .append("; "));
        return words.toString();
    }

    /** A line for every half-layer, position and token among the likeliest. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("layer", "position", "token", "rank", "next", "id",
            "logit", "prob")));
        for (int layer = 0; layer < lens.layers().size(); layer++) {
            for (int position = 0; position < lens.positions(); position++) {
                List<Candidate> top = lens.at(layer, position).top();
                for (int rank = 0; rank < top.size(); rank++) {
                    Candidate candidate = top.get(rank);
                    rows.add(List.of(lens.layers().get(layer), Integer.toString(position),
                        prompt().labels().get(position), Integer.toString(rank), label(candidate.id()),
                        Integer.toString(candidate.id()), Float.toString(candidate.logit()),
                        Double.toString(candidate.prob())));
                }
            }
        }
        return rows;
    }

    // ---- the ranks ----

    /** The watched tokens' ranks through the layers at one position; as many as can be told apart. */
    RankLines ranks(int position) {
        List<RankLines.Line> lines = IntStream.range(0, Math.min(tokens.size(), RankLines.MOST))
            .mapToObj(token -> new RankLines.Line(label(tokens.get(token)), IntStream.range(0, lens.layers().size())
                .mapToObj(layer -> lens.at(layer, position).ranks().get(token)).toList())).toList();
        return new RankLines("Rank as the token after %s, %s".formatted(position(position), what()), caption(),
            layers(), lines, model().folder().config().vocabulary());
    }

    /** One half-layer in words. */
    String ranksAt(int layer, int position) {
        StringBuilder words = new StringBuilder("after ").append(lens.layers().get(layer)).append(": ");
        for (int token = 0; token < Math.min(tokens.size(), RankLines.MOST); token++) {
            words.append(token == 0 ? "" : ", ").append(label(tokens.get(token))).append(" rank %,d, logit ".formatted(
                lens.at(layer, position).ranks().get(token)))
                .append(Numerals.logit(lens.at(layer, position).logits().get(token)));
        }
        return words.toString();
    }

    /** A line for every watched token and half-layer. */
    List<List<String>> rankTable(int position) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("token", "id", "layer", "rank", "logit")));
        for (int token = 0; token < tokens.size(); token++) {
            for (int layer = 0; layer < lens.layers().size(); layer++) {
                LogitLens.Place place = lens.at(layer, position);
                rows.add(List.of(label(tokens.get(token)), Integer.toString(tokens.get(token)),
                    lens.layers().get(layer), Integer.toString(place.ranks().get(token)),
                    Float.toString(place.logits().get(token))));
            }
        }
        return rows;
    }
}
