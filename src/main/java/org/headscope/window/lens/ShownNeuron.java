package org.headscope.window.lens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.analysis.LogitAttribution.Writing;
import org.headscope.analysis.NeuronReading.Id;
import org.headscope.figure.Bars;
import org.headscope.figure.Bars.Bar;
import org.headscope.figure.Cell;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.figure.TokenStrip;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Taken;
import org.headscope.window.lens.HeadWriting.Written;

/**
 * A neuron over one of the prompts, and what it writes.
 *
 * @param activations one a position, as {@code mlp.hook_post}
 * @param promotes the tokens that it raises most, with what it adds for each unit of its activation
 * @param suppresses the tokens that it lowers most
 */
public record ShownNeuron(Finished runs, Side side, Id id, List<Float> activations, List<Written> promotes,
                          List<Written> suppresses) {

    public ShownNeuron {
        activations = List.copyOf(activations);
        promotes = List.copyOf(promotes);
        suppresses = List.copyOf(suppresses);
    }

    static ShownNeuron of(Finished runs, Side side, Id id, float[] activations, Writing writing) {
        List<Float> values = new ArrayList<>();
        for (float value : activations) {
            values.add(value);
        }
        return new ShownNeuron(runs, side, id, values, HeadWriting.named(runs.model().tokenizer(), writing.promotes()),
            HeadWriting.named(runs.model().tokenizer(), writing.suppresses()));
    }

    private Prompt prompt() {
        return runs.prompt(side).orElseThrow();
    }

    /** What is shown over the prompt. */
    String title() {
        return "Activation of %s, %s run".formatted(id, side.word());
    }

    private String model() {
        return "Model %s, %s".formatted(runs.model().folder().name(), runs.model().gpt2().processing().label());
    }

    private Matrix matrix() {
        float[] values = new float[activations.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = activations.get(i);
        }
        return Matrix.of(1, values.length, values);
    }

    /** The prompt, shaded by the activation. */
    TokenStrip strip() {
        return new TokenStrip(title(), "“%s”. %s".formatted(prompt().text(), model()), prompt().labels(), matrix(),
            Scale.signedMax(matrix()), "Activation");
    }

    /** One token in words, such as "·Tom (7): 1.234". */
    String words(Cell cell) {
        return "%s (%d): %s".formatted(prompt().labels().get(cell.column()), cell.column(),
            Numerals.logit(activations.get(cell.column())));
    }

    private Stream<Written> all() {
        return Stream.concat(promotes.stream(), suppresses.stream());
    }

    private Bars bars() {
        return new Bars("What %s writes for each unit of its activation".formatted(id), model(),
            all().map(token -> new Bar(token.label(), token.value(), false)).toList(), "promotes", "suppresses");
    }

    /** The activation as a picture, and as a table with every digit. */
    Taken taken() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("position", "token", id.toString())));
        for (int position = 0; position < activations.size(); position++) {
            rows.add(List.of(Integer.toString(position), prompt().labels().get(position),
                Float.toString(activations.get(position))));
        }
        return new Taken("%s-activation-%s".formatted(id, side.word()), this::strip, rows);
    }

    /** What it writes as a picture, and as a table with every digit. */
    Taken takenWriting() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("token", "id", id.toString())));
        all().forEach(token -> rows.add(List.of(token.label(), Integer.toString(token.id()),
            Float.toString(token.value()))));
        return new Taken(id + "-writes", this::bars, rows);
    }
}
