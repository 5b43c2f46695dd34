package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.LogitAttribution.Neuron;
import org.headscope.analysis.LogitAttribution.Part;
import org.headscope.figure.Axis;
import org.headscope.figure.Bars;
import org.headscope.figure.Bars.Bar;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.control.Numerals;

/**
 * What each part of a run adds to a logit at one position.
 *
 * @param heads [layer][head]
 * @param parts in TransformerLens's order
 * @param neurons those that add most, the largest first, then those that take away most
 * @param bias of the unembedding
 * @param total the sum of all parts and the bias
 * @param logit what the run itself says
 * @param source which can tell more of it, on the inference thread
 */
public record Attributed(Finished runs, Side side, int position, AttributionTarget target, double[][] heads,
                         List<Part> parts, List<Neuron> neurons, double bias, double total, double logit,
                         LogitAttribution source) {

    public Attributed {
        parts = List.copyOf(parts);
        neurons = List.copyOf(neurons);
    }

    private Prompt prompt() {
        return runs.prompt(side).orElseThrow();
    }

    /** Such as "·Tom (7)". */
    String place() {
        return "%s (%d)".formatted(prompt().labels().get(position), position);
    }

    /** What is attributed and where. */
    public String what() {
        return "%s of %s after %s, %s run".formatted(target.quantity(), target.label(), place(), side.word());
    }

    /** Where the logit is read. */
    String where() {
        return "%s run, after %s".formatted(side.word(), place());
    }

    private String caption(By by) {
        return "“%s”. %s. %s".formatted(prompt().text(), closing(by), model());
    }

    private String model() {
        return "Model %s, %s".formatted(runs.model().folder().name(), runs.model().gpt2().processing().label());
    }

    /** The prompt and the model, for the caption of a picture. */
    String origin() {
        return "“%s”. %s".formatted(prompt().text(), model());
    }

    /** What the parts that are shown add together. */
    double shown(By by) {
        return switch (by) {
            case HEAD -> Arrays.stream(heads).flatMapToDouble(Arrays::stream).sum();
            case PART -> parts.stream().mapToDouble(Part::value).sum();
            case NEURON -> neurons.stream().mapToDouble(Neuron::value).sum();
        };
    }

    /** What all parts that are not shown add, without the bias. */
    double rest(By by) {
        return total - bias - shown(by);
    }

    /** The sum that has to come out, such as "heads +6.101, all else +1.982, bias +0.100: sum 8.183 = logit 8.183". */
    public String closing(By by) {
        String rest = by == By.PART ? "" : ", all else %s".formatted(Numerals.part(rest(by)));
        return "%s %s%s, bias %s: sum %s %s %s %s".formatted(by.plural(), Numerals.part(shown(by)), rest,
            Numerals.part(bias), Numerals.logit(total), isClosed() ? "=" : "≠", target.quantity(),
            Numerals.logit(logit));
    }

    /** Whether the sum agrees with the run, up to rounding. */
    public boolean isClosed() {
        return Math.abs(total - logit) <= 1e-4 * Math.max(1, Math.abs(logit));
    }

    // ---- pictures ----

    Matrix matrix() {
        float[] values = new float[heads.length * heads[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) heads[i / heads[0].length][i % heads[0].length];
        }
        return Matrix.of(heads.length, heads[0].length, values);
    }

    Scale scale() {
        return Scale.signedMax(matrix());
    }

    String meaning() {
        return "Adds to the " + target.quantity();
    }

    Heatmap heatmap() {
        return Heatmap.ofHeads("What each head adds to the " + what(), caption(By.HEAD), matrix(), scale(), meaning())
            .withCellValues();
    }

    Axis layers() {
        return Axis.layers(heads.length);
    }

    /** By part, the bias at the end, or by neuron. */
    Bars bars(By by) {
        List<Bar> bars = new ArrayList<>();
        if (by == By.PART) {
            parts.forEach(part -> bars.add(new Bar(part.label(), part.value(), false)));
            bars.add(new Bar("bias", bias, true));
        } else {
            // Beside what all others add together, single neurons would be hairlines.
            neurons.forEach(neuron -> bars.add(new Bar(neuron.label(), neuron.value(), false)));
        }
        return new Bars("What each %s adds to the %s".formatted(by.singular(), what()), caption(by), bars, "adds",
            "takes away");
    }

    /** A line for every part that is shown, then what closes the sum. */
    List<List<String>> table(By by) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("part", "value")));
        switch (by) {
            case HEAD -> {
                for (int layer = 0; layer < heads.length; layer++) {
                    for (int head = 0; head < heads[layer].length; head++) {
                        rows.add(row(new Head(layer, head).toString(), heads[layer][head]));
                    }
                }
            }
            case PART -> parts.forEach(part -> rows.add(row(part.label(), part.value())));
            case NEURON -> neurons.forEach(neuron -> rows.add(row(neuron.label(), neuron.value())));
        }
        if (by != By.PART) {
            rows.add(row("all else", rest(by)));
        }
        rows.add(row("bias", bias));
        rows.add(row("total", total));
        rows.add(row(target.quantity(), logit));
        return rows;
    }

    private static List<String> row(String name, double value) {
        return List.of(name, Double.toString(value));
    }
}
