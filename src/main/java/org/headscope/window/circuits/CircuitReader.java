package org.headscope.window.circuits;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.Axis;
import org.headscope.figure.Matrix;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Tensor;
import org.headscope.window.circuits.ShownCircuit.CircuitMap;
import org.headscope.window.circuits.ShownCircuit.HeadAxes;
import org.headscope.window.circuits.ShownCircuit.TokenPair;
import org.headscope.window.work.Job;

/**
 * What is to be read from a model's weights. To be used on the inference thread.
 *
 * @param head for what is about one
 * @param prompt for what is about its tokens
 */
record CircuitReader(OpenModel model, CircuitKind kind, Head head, Optional<Prompt> prompt, Extreme extreme) {

    /** Enough to see what a head is about. */
    static final int PAIRS = 50;

    ShownCircuit read(Job job) {
        Circuits circuits = new Circuits(model.gpt2());
        if (kind == CircuitKind.COPYING) {
            return copying(circuits.copying(job.cancellation()));
        }
        if (kind.input().isPresent()) {
            return composition(circuits.composition(kind.input().get(), job::progress, job.cancellation()));
        }
        if (kind.isPairs()) {
            return pairs(circuits.strongest(head, kind.circuit(), extreme, PAIRS, job::progress, job.cancellation()));
        }
        return onPrompt(circuits.between(prompt.orElseThrow().ids(), head, kind.circuit()));
    }

    private ShownCircuit copying(HeadScores scores) {
        float[] values = new float[scores.layers() * scores.heads()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) scores.get(new Head(i / scores.heads(), i % scores.heads()));
        }
        return map("Copying score of each head", new CircuitMap(Matrix.of(scores.layers(), scores.heads(), values),
            Axis.layers(scores.layers()), Axis.heads(scores.heads()), Scale.signedUnit(), "Copying score"),
            Optional.empty());
    }

    /** Heads that have no later layer, or no earlier one, are left out: they compose with none. */
    private ShownCircuit composition(Tensor scores) {
        Gpt2Config config = model.folder().config();
        int each = (config.layers() - 1) * config.heads();
        List<Head> from = heads(0, each, config);
        List<Head> to = heads(config.heads(), each, config);
        if (each == 0) {
            return new ShownCircuit(kind, "One layer alone composes with none", Optional.empty(), List.of(),
                Optional.empty());
        }
        float[] values = new float[each * each];
        for (int i = 0; i < values.length; i++) {
            Head writer = from.get(i / each);
            Head reader = to.get(i % each);
            values[i] = scores.get(writer.layer(), writer.head(), reader.layer(), reader.head());
        }
        Matrix matrix = Matrix.of(each, each, values);
        return map(kind + ", what each head writes to each later one", new CircuitMap(matrix,
            new Axis("From head (writes)", "head", names(from)), new Axis("To head (reads)", "head", names(to)),
            Scale.upTo(Scale.signedMax(matrix).max()), "Composition score"), Optional.of(new HeadAxes(from, to)));
    }

    private static List<Head> heads(int first, int count, Gpt2Config config) {
        return IntStream.range(first, first + count)
            .mapToObj(i -> new Head(i / config.heads(), i % config.heads())).toList();
    }

    private static List<String> names(List<Head> heads) {
        return heads.stream().map(Head::toString).toList();
    }

    private ShownCircuit pairs(List<Circuits.Pair> pairs) {
        List<TokenPair> named = IntStream.range(0, pairs.size()).mapToObj(rank -> new TokenPair(rank + 1,
            label(pairs.get(rank).from()), label(pairs.get(rank).to()), pairs.get(rank).value())).toList();
        return new ShownCircuit(kind, "%s, %s entries of its %s circuit on the vocabulary".formatted(head,
            extreme == Extreme.LARGEST ? "largest" : "smallest", kind.circuit()), Optional.empty(), named,
            Optional.empty());
    }

    /** A model may have more ids than its tokenizer. */
    private String label(int id) {
        return id < model.tokenizer().size() ? model.tokenizer().token(id).label() : "#" + id;
    }

    private ShownCircuit onPrompt(Tensor values) {
        List<String> labels = prompt.orElseThrow().labels();
        boolean isOv = kind.circuit() == Circuit.OV;
        Matrix matrix = Matrix.of(values.extent(0), values.extent(1), values.toArray());
        return map("%s, %s circuit between the prompt's tokens".formatted(head, kind.circuit()), new CircuitMap(matrix,
            new Axis(isOv ? "Token attended to" : "Query's token", "token", labels),
            new Axis(isOv ? "Token whose logit changes" : "Key's token", "token", labels), Scale.signedMax(matrix),
            isOv ? "Change of logit" : "Score before scaling"), Optional.empty());
    }

    private ShownCircuit map(String title, CircuitMap map, Optional<HeadAxes> heads) {
        return new ShownCircuit(kind, title, Optional.of(map), List.of(), heads);
    }
}
