package org.headscope.session.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;

/** Pieces of Python that loads a model, runs the pair, and replaces parts of it. */
final class Snippets {

    private final Subject subject;

    Snippets(Subject subject) {
        this.subject = subject;
    }

    // ---- the pair ----

    /** The prompts as tokens, and their runs with all activations. */
    String runs() {
        StringBuilder code = new StringBuilder(run(Side.CLEAN, subject.document().clean()));
        if (subject.hasCorrupt()) {
            code.append(run(Side.CORRUPT, subject.document().corrupt()));
        }
        return code.append(tokens()).toString();
    }

    private static String run(Side side, String text) {
        String name = side.word();
        return """
            %1$s_text = %2$s
            %1$s = model.to_tokens(%1$s_text)
            %1$s_logits, %1$s_cache = model.run_with_cache(%1$s)
            """.formatted(name, Python.text(text));
    }

    private String tokens() {
        return "tokens = [%s]  %s\n".formatted(subject.watched().stream().map(Object::toString)
                .collect(Collectors.joining(", ")), Python.comment(subject.watched().stream()
                .map(id -> Python.text(subject.tokenText().apply(id))).collect(Collectors.joining(", "))));
    }

    // ---- metrics ----

    /** A function {@code metric(logits)}. */
    static String metric(Metric metric, Side other) {
        return "def metric(logits):\n    return %s\n\n".formatted(value(metric, other));
    }

    private static String value(Metric metric, Side other) {
        if (metric instanceof Metric.Logit logit) {
            return "logits[0, -1, %d]".formatted(logit.token());
        }
        if (metric instanceof Metric.Difference difference) {
            return "logits[0, -1, %d] - logits[0, -1, %d]".formatted(difference.of(), difference.versus());
        }
        if (metric instanceof Metric.LogProb logProb) {
            return "logits[0, -1].log_softmax(-1)[%d]".formatted(logProb.token());
        }
        if (metric instanceof Metric.Prob prob) {
            return "logits[0, -1].softmax(-1)[%d]".formatted(prob.token());
        }
        return ("torch.nn.functional.kl_div(logits[0, -1].log_softmax(-1), %s_logits[0, -1].log_softmax(-1), "
            + "log_target=True, reduction=\"sum\")").formatted(other.word());
    }

    // ---- replacing ----

    /** What is put in at a place, as an expression of {@code value}, the activation, and {@code hook}. */
    private static String replacement(Source source, Place place, Side from) {
        if (source instanceof Source.Number number) {
            return Python.number(number.value());
        }
        if (source instanceof Source.Attention attention) {
            return name(attention) + place.indexOfPattern();
        }
        if (source instanceof Source.Mean) {
            return "value.mean(%d, keepdim=True)%s".formatted(place.positionAxis(), place.meanIndex());
        }
        if (source instanceof Source.ReferenceMean) {
            return "means[hook.name]%s".formatted(place.indexWithoutPositions());
        }
        return "%s_cache[hook.name]%s".formatted(from.word(), place.index());
    }

    private static String name(Source.Attention attention) {
        return attention.rule().name().toLowerCase(Locale.ROOT) + "_attention";
    }

    /** A hook function that replaces one place. */
    static String hook(String name, Source source, Place place, Side from) {
        return hook(name, place, replacement(source, place, from));
    }

    private static String hook(String name, Place place, String expression) {
        return """
            def %s(value, hook):
                value%s = %s
                return value
            """.formatted(name, place.index(), expression);
    }

    private static String hook(String name, Patch patch, Side from) {
        Place place = Place.of(patch.site());
        String other = replacement(patch.source(), place, from);
        String code = hook(name, place, patch.strength() == 1 ? other : "(1 - %1$s) * value%2$s + %1$s * %3$s"
            .formatted(Python.number(patch.strength()), place.index(), other));
        return patch.renormalized() ? code.replace("    return value\n", """
                rows = value%1$s
                sums = rows.sum(-1, keepdim=True)
                value%1$s = torch.where(sums > 0, rows / sums, rows)
                return value
            """.formatted(place.rows().index())) : code;
    }

    /** Patterns by rules, [query, key], where such are put in. */
    static String attention(Stream<Source> sources, Side into) {
        List<Source.Attention> rules = sources.filter(Source.Attention.class::isInstance)
            .map(Source.Attention.class::cast).distinct().toList();
        return rules.isEmpty() ? "" : "n = %s.shape[1]\n".formatted(into.word()) + rules.stream().map(rule ->
            name(rule) + " = " + switch (rule.rule()) {
                case UNIFORM -> "torch.ones(n, n).tril() / torch.arange(1, n + 1)[:, None]\n";
                case FIRST -> "torch.eye(n)[[0] * n]\n";
                case PREVIOUS -> "torch.eye(n)[[max(query - 1, 0) for query in range(n)]]\n";
            }).collect(Collectors.joining());
    }

    /** What has to be switched on so that hooks which are off by default fire. */
    private static String switches(Set<HookPoint> points) {
        List<String> switches = new ArrayList<>();
        if (points.contains(HookPoint.ATTN_IN)) {
            switches.add("model.set_use_attn_in(True)\n");
        }
        if (points.contains(HookPoint.Q_INPUT) || points.contains(HookPoint.K_INPUT)
            || points.contains(HookPoint.V_INPUT)) {
            switches.add("model.set_use_split_qkv_input(True)\n");
        }
        if (points.contains(HookPoint.RESULT)) {
            switches.add("model.set_use_attn_result(True)\n");
        }
        if (points.contains(HookPoint.MLP_IN)) {
            switches.add("model.set_use_hook_mlp_in(True)\n");
        }
        return String.join("", switches);
    }

    /** The means over the reference prompts, {@code means}, where they are put in. */
    String means(Stream<Source> sources) {
        return sources.noneMatch(Source.ReferenceMean.class::isInstance) ? "" : """
            # The mean over all positions of all reference prompts, one a line.
            lines = open(%s, encoding="utf-8-sig").read().splitlines()
            sums, positions = {}, 0
            for line in filter(str.strip, lines):
                _, cache = model.run_with_cache(line)
                positions += cache["blocks.0.hook_resid_pre"].shape[1]
                for name, value in cache.items():
                    if name.startswith("blocks.") and "pattern" not in name and "scores" not in name:
                        sums[name] = sums.get(name, 0) + value[0].sum(0)
            means = {name: total / positions for name, total in sums.items()}

            """.formatted(Python.text(subject.references().orElse("references.txt")));
    }

    // ---- the staged patches ----

    /** All patches that are on, at once; empty where there are none. */
    Optional<String> patch() {
        Substitution substitution = subject.document().substitution();
        List<Patch> patches = subject.document().patches().stream().filter(StagedPatch::on)
            .map(staged -> staged.patch(substitution.source())).toList();
        if (patches.isEmpty()) {
            return Optional.empty();
        }
        Side into = substitution.into();
        StringBuilder code = new StringBuilder(means(patches.stream().map(Patch::source)));
        code.append(attention(patches.stream().map(Patch::source), into)).append(switches(patches, into.other()));
        StringBuilder hooks = new StringBuilder();
        for (int i = 0; i < patches.size(); i++) {
            Patch patch = patches.get(i);
            code.append(Python.comment("%s: %s into %s".formatted(patch.site(), patch.needsClean()
                ? into.other().word() : patch.how(), into.word()))).append('\n')
                .append(hook("patch_" + i, patch, into.other())).append('\n');
            hooks.append("    (%s, patch_%d),\n".formatted(Python.text(patch.site().hook().name()), i));
        }
        code.append("patched_logits = model.run_with_hooks(%s, fwd_hooks=[\n%s])\n".formatted(into.word(), hooks));
        return Optional.of(code.append(readOut()).toString());
    }

    /** The other run is made once more where it did not keep what only now is switched on. */
    private static String switches(List<Patch> patches, Side other) {
        String switches = switches(patches.stream().map(patch -> patch.site().hook().point())
            .collect(Collectors.toSet()));
        return switches.isEmpty() || patches.stream().noneMatch(Patch::needsClean) ? switches
            : switches + "_, %1$s_cache = model.run_with_cache(%1$s)\n".formatted(other.word());
    }

    private String readOut() {
        if (!subject.hasCorrupt()) {
            return """
                for token in tokens:
                    print(token, clean_logits[0, -1, token].item(), patched_logits[0, -1, token].item())
                """;
        }
        return """
            for token in tokens:
                before, after, now = (logits[0, -1, token].item() for logits in
                                      (corrupt_logits, clean_logits, patched_logits))
                print(token, after, before, now, "recovered", (now - before) / (after - before))
            """;
    }
}
