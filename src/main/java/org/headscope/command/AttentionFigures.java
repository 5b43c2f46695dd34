package org.headscope.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadGrid;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.figure.Triptych;
import org.headscope.model.ActivationCache;
import org.headscope.model.Head;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;

/** Pictures of attention: of one run, or of a clean run, a corrupt run and what differs. */
final class AttentionFigures {

    private static final String DIFFERENCE = "Attention, clean − corrupt";

    /** A prompt with the patterns that the model had on it. */
    record Attention(Prompt prompt, ActivationCache cache) {

        private Matrix matrix(Head head) {
            return Matrix.attention(prompt.size(), cache.pattern(head).toArray(), 0);
        }

        private List<String> labels() {
            return prompt.labels();
        }
    }

    private final String model;
    private final Gpt2Config config;

    AttentionFigures(ModelFolder folder, Processing processing) {
        this.model = folder.name() + ", " + processing.label();
        this.config = folder.config();
    }

    /** Every head of a model, layer by layer. */
    static List<Head> all(Gpt2Config config) {
        List<Head> heads = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            heads.addAll(ofLayer(config, layer));
        }
        return heads;
    }

    static List<Head> ofLayer(Gpt2Config config, int layer) {
        List<Head> heads = new ArrayList<>();
        for (int head = 0; head < config.heads(); head++) {
            heads.add(new Head(layer, head));
        }
        return heads;
    }

    /** One head large, all as a grid, others side by side. */
    Figure of(List<Head> heads, Attention run) {
        if (heads.size() == 1) {
            return Heatmap.attention(heads.get(0) + " attention", caption(run), run.labels(), run.matrix(heads.get(0)),
                Scale.absolute());
        }
        return isAll(heads) ? grid(run)
            : HeadRow.attention("Attention", caption(run), run.labels(), named(heads, run::matrix), Scale.absolute());
    }

    HeadGrid grid(Attention run) {
        return HeadGrid.attention("Attention of every head", caption(run), run.labels(), byLayer(run::matrix),
            Scale.absolute());
    }

    /** One head's triptych; of several heads, which would have no room for it, only what differs. */
    Figure of(List<Head> heads, Attention clean, Attention corrupt) {
        Triptych first = triptych(heads.get(0), clean, corrupt);
        if (heads.size() == 1) {
            return first;
        }
        String caption = "Clean " + caption(clean.prompt()) + " · corrupt " + caption(corrupt);
        Function<Head, Matrix> difference = head -> triptych(head, clean, corrupt).difference();
        return isAll(heads)
            ? new HeadGrid(DIFFERENCE, caption, first.rows(), first.columns(), byLayer(difference), Scale.signedUnit(),
                "Difference", null)
            : new HeadRow(DIFFERENCE, caption, first.rows(), first.columns(), named(heads, difference),
                Scale.signedUnit(), "Difference");
    }

    Triptych triptych(Head head, Attention clean, Attention corrupt) {
        return new Triptych(head + " attention", model, clean.prompt().text(), corrupt.prompt().text(),
            clean.labels(), corrupt.labels(), clean.matrix(head), corrupt.matrix(head), Scale.absolute(),
            Scale.signedUnit(), null);
    }

    private boolean isAll(List<Head> heads) {
        return heads.size() > config.heads() && heads.equals(all(config));
    }

    private static List<NamedMap> named(List<Head> heads, Function<Head, Matrix> map) {
        return heads.stream().map(head -> new NamedMap(head.toString(), map.apply(head))).toList();
    }

    private List<List<Matrix>> byLayer(Function<Head, Matrix> map) {
        List<List<Matrix>> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(ofLayer(config, layer).stream().map(map).toList());
        }
        return layers;
    }

    private String caption(Attention run) {
        return caption(run.prompt()) + " · " + model;
    }

    private static String caption(Prompt prompt) {
        return "“" + prompt.text() + "”";
    }
}
