package org.headscope.session.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headscope.model.Head;
import org.headscope.patching.Metric;
import org.headscope.weights.Processing;

/** The Python with which TransformerLens computes what the window shows. */
public final class TransformerLensCode {

    /** How many tokens a prompt is continued by. */
    static final int CONTINUED = 8;

    private final Subject subject;
    private final Version version;

    TransformerLensCode(Subject subject, Version version) {
        this.subject = subject;
        this.version = version;
    }

    /**
     * A whole script for some views.
     *
     * @return empty where the document holds nothing for any of them, such as no patch
     */
    public static Optional<String> of(List<View> views, Subject subject, Version version) {
        TransformerLensCode code = new TransformerLensCode(subject, version);
        String all = views.stream().flatMap(view -> code.view(view).stream()).collect(Collectors.joining("\n"));
        return all.isEmpty() ? Optional.empty() : Optional.of("%s\n%s\n%s".formatted(code.model(), code.runs(), all));
    }

    String model() {
        return new ModelCode(subject, version).code();
    }

    String runs() {
        return new Snippets(subject).runs();
    }

    /** Every view that there is something for. */
    List<View> views() {
        List<View> views = new ArrayList<>();
        for (View view : View.values()) {
            if (view(view).isPresent()) {
                views.add(view);
            }
        }
        return views;
    }

    /** After {@link #model} and {@link #runs}. */
    Optional<String> view(View view) {
        return switch (view) {
            case PATTERNS -> Optional.of(patterns());
            case COMPARE -> subject.hasCorrupt() ? Optional.of(compare()) : Optional.empty();
            case PATCH -> new Snippets(subject).patch();
            case SWEEP -> subject.plans().sweep().map(plan -> new SweepCode(new Snippets(subject), plan).code());
            case PATH -> subject.plans().path().map(plan -> new PathCode(plan).code());
            case LENS -> Optional.of(lens());
            case ATTRIBUTION -> subject.metric().map(this::attribution);
            case NEURON -> subject.plans().neuron().map(plan ->
                new NeuronCode(plan, subject.model().processing()).code());
            case DETECTORS -> Optional.of(detectors());
            case CIRCUIT -> subject.plans().circuit().map(plan -> new CircuitCode(plan, version).code());
            case GENERATION -> Optional.of(generation());
        };
    }

    private String patterns() {
        Head head = subject.head();
        return """
            pattern = clean_cache["blocks.%d.attn.hook_pattern"][0]  # [head, query, key]
            print(pattern[%d, -1])  # L%1$dH%2$d, what the last token attends to
            try:
                import circuitsvis as cv
                from IPython.display import display
                display(cv.attention.attention_heads(attention=pattern, tokens=model.to_str_tokens(clean[0])))
            except ImportError:
                pass  # pip install circuitsvis draws all heads of the layer
            """.formatted(head.layer(), head.head());
    }

    private String compare() {
        Head head = subject.head();
        return """
            name, head = "blocks.%d.attn.hook_pattern", %d
            clean_pattern, corrupt_pattern = clean_cache[name][0, head], corrupt_cache[name][0, head]
            if clean_pattern.shape == corrupt_pattern.shape:
                print(clean_pattern - corrupt_pattern)
            """.formatted(head.layer(), head.head());
    }

    private String lens() {
        return """
            stream, labels = clean_cache.accumulated_resid(layer=None, incl_mid=True, return_labels=True)
            lens = model.ln_final(stream) @ model.W_U + model.b_U  # [half-layer, batch, position, token]
            for label, logits in zip(labels, lens[:, 0, -1]):
                print(label, repr(model.to_string(logits.argmax()[None])), logits[tokens].tolist())
            """;
    }

    private String attribution(Metric metric) {
        String parts = """
            heads = clean_cache.stack_head_results(layer=-1, pos_slice=-1)
            parts, labels = clean_cache.decompose_resid(layer=-1, pos_slice=-1, mode="all", return_labels=True)
            """;
        return parts + (subject.model().processing() == Processing.RAW ? rawAttribution(metric)
            : processedAttribution(metric)) + """
            print(by_head)
            print(dict(zip(labels, by_part.tolist())))
            """;
    }

    private static String processedAttribution(Metric metric) {
        String direction = metric instanceof Metric.Difference difference
            ? "tokens=%d, incorrect_tokens=%d".formatted(difference.of(), difference.versus())
            : "tokens=%d".formatted(metric.columns()[0]);
        return """
            by_head = clean_cache.logit_attrs(heads, %1$s, pos_slice=-1).reshape(model.cfg.n_layers, -1)
            by_part = clean_cache.logit_attrs(parts, %1$s, pos_slice=-1).reshape(-1)
            """.formatted(direction);
    }

    private static String rawAttribution(Metric metric) {
        String direction = metric instanceof Metric.Difference difference
            ? "(model.W_U[:, %d] - model.W_U[:, %d])".formatted(difference.of(), difference.versus())
            : "model.W_U[:, %d]".formatted(metric.columns()[0]);
        return """
            # logit_attrs leaves out the last LayerNorm's weights, which unprocessed models have.
            direction = %s * model.ln_final.w / clean_cache["ln_final.hook_scale"][0, -1]
            by_head = ((heads - heads.mean(-1, keepdim=True)) @ direction).reshape(model.cfg.n_layers, -1)
            by_part = ((parts - parts.mean(-1, keepdim=True)) @ direction).reshape(-1)
            """.formatted(direction);
    }

    private String detectors() {
        return """
            from transformer_lens.head_detector import detect_head

            kinds = ("previous_token_head", "duplicate_token_head", "induction_head")
            scores = {kind: detect_head(model, clean_text, kind) for kind in kinds}
            print(scores)
            """;
    }

    /** Without the cache of keys and values, in which some versions disagree with the model itself. */
    private String generation() {
        return """
            text = clean
            for _ in range(min(%d, model.cfg.n_ctx - clean.shape[1])):
                text = torch.cat([text, model(text)[:, -1:].argmax(-1)], dim=1)
            print(model.to_string(text[0]))
            """.formatted(CONTINUED);
    }
}
