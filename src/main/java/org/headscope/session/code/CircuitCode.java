package org.headscope.session.code;

import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.model.Head;

/** Python for what the weights say: TransformerLens's own where it has it. The numbers are left in {@code circuit}. */
final class CircuitCode {

    private final CircuitPlan plan;
    private final Version version;

    CircuitCode(CircuitPlan plan, Version version) {
        this.plan = plan;
        this.version = version;
    }

    String code() {
        if (plan instanceof CircuitPlan.Copying) {
            return """
                # How far each head copies: 1 writes again what is read, -1 writes it with the opposite sign.
                eigenvalues = model.OV.eigenvalues  # [layer, head, d_head]
                circuit = eigenvalues.sum(-1).real / eigenvalues.abs().sum(-1)
                print(circuit)
                """;
        }
        if (plan instanceof CircuitPlan.Composition composition) {
            return """
                # How much of what each head writes each later one reads, [layer, head, later layer, later head].
                circuit = model.all_composition_scores("%s")%s
                print(circuit)
                """.formatted(composition.input(), version == Version.FOUR ? ".scores" : "");
        }
        return plan instanceof CircuitPlan.Pairs pairs ? pairs(pairs) : between((CircuitPlan.Between) plan);
    }

    /** In tiles, since all entries of the vocabulary by the vocabulary would not fit into most memories. */
    private static String pairs(CircuitPlan.Pairs pairs) {
        boolean isLargest = pairs.extreme() == Extreme.LARGEST;
        return """
            # The %1$s entries of the %2$s circuit of %3$s on the vocabulary, [token, token], tile by tile.
            left, right = %4$s, %5$s
            pairs = []
            for start in range(0, len(left), 512):
                tile = (left[start:start + 512] @ right).flatten()
                values, places = tile.topk(min(%6$d, len(tile))%7$s)
                pairs += [(value, start + place // right.shape[1], place %% right.shape[1])
                          for value, place in zip(values.tolist(), places.tolist())]
            pairs = sorted(pairs%8$s)[:%6$d]
            for value, source, target in pairs:
                print(repr(model.tokenizer.decode([source])), repr(model.tokenizer.decode([target])), value)
            circuit = torch.tensor([value for value, source, target in pairs])
            """.formatted(isLargest ? "largest" : "smallest", pairs.circuit(), pairs.head(),
            left("model.W_E", pairs.head(), pairs.circuit()),
            right(pairs.head(), pairs.circuit(), pairs.circuit() == Circuit.OV ? "model.W_U" : "model.W_E.T"),
            pairs.count(), isLargest ? "" : ", largest=False", isLargest ? ", reverse=True" : "");
    }

    private static String between(CircuitPlan.Between between) {
        String tokens = between.side().word() + "[0]";
        boolean isOv = between.circuit() == Circuit.OV;
        return """
            # The %1$s circuit of %2$s between the prompt's tokens: %3$s.
            embedded = model.W_E[%4$s]
            circuit = (%5$s) @ (%6$s)
            print(circuit)
            """.formatted(between.circuit(), between.head(), isOv ? "[token attended to, token whose logit changes]"
            : "[query's token, key's token]", tokens, left("embedded", between.head(), between.circuit()),
            right(between.head(), between.circuit(), isOv ? "model.W_U[:, %s]".formatted(tokens) : "embedded.T"));
    }

    /** [token, d_head] */
    private static String left(String tokens, Head head, Circuit circuit) {
        return "%s @ model.W_%s[%d, %d]".formatted(tokens, circuit == Circuit.OV ? "V" : "Q", head.layer(),
            head.head());
    }

    /** [d_head, token] */
    private static String right(Head head, Circuit circuit, String tokens) {
        return circuit == Circuit.OV ? "model.W_O[%d, %d] @ %s".formatted(head.layer(), head.head(), tokens)
            : "model.W_K[%d, %d].T @ %s".formatted(head.layer(), head.head(), tokens);
    }
}
