package org.headscope.session.code;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.session.Substitution.Side;

/**
 * Python for a sweep: TransformerLens's own function where it has one that does the same, or else a loop over the
 * cells. The map is left in {@code sweep}, with the axes that Headscope gives it; several maps are stacked.
 */
final class SweepCode {

    private final Snippets snippets;
    private final SweepPlan plan;
    private final Side into;

    SweepCode(Snippets snippets, SweepPlan plan) {
        this.snippets = snippets;
        this.plan = plan;
        this.into = plan.substitution().into();
    }

    String code() {
        String maps = plan.end().isPresent() ? paths(plan.end().get()) : maps();
        Source source = plan.substitution().source();
        return Snippets.metric(plan.metric(), into.other()) + snippets.means(Stream.of(source))
            + Snippets.attention(Stream.of(source), into) + maps + shown();
    }

    private String shown() {
        return isPatching() ? """
            recovered = (sweep - metric(%1$s_logits)) / (metric(%2$s_logits) - metric(%1$s_logits))
            print(recovered)
            """.formatted(into.word(), into.other().word()) : "print(sweep)\n";
    }

    // ---- places ----

    private String maps() {
        if (isEveryHeadPart() && isPatching()) {
            return "sweep = patching.get_act_patch_attn_head_all_pos_every(model, %s, %s_cache, metric)\n"
                .formatted(into.word(), into.other().word());
        }
        if (plan.kinds().size() == 1) {
            return map("sweep", plan.kinds().get(0));
        }
        List<String> names = plan.kinds().stream().map(kind -> kind.point().shortName() + "_map").toList();
        String all = plan.kinds().stream().map(kind -> map(kind.point().shortName() + "_map", kind))
            .collect(Collectors.joining());
        return all + "sweep = torch.stack([%s])\n".formatted(String.join(", ", names));
    }

    private boolean isPatching() {
        return plan.substitution().source() instanceof Source.Clean;
    }

    /** In TransformerLens's order. */
    private boolean isEveryHeadPart() {
        return plan.kinds().stream().allMatch(kind -> kind.by() == By.HEAD) && plan.kinds().stream()
            .map(SweepKind::point).toList().equals(List.of(HookPoint.Z, HookPoint.Q, HookPoint.K, HookPoint.V,
                HookPoint.PATTERN));
    }

    private String map(String name, SweepKind kind) {
        Optional<String> function = isPatching() ? function(kind) : Optional.empty();
        return function.map(own -> "%s = patching.get_act_patch_%s(model, %s, %s_cache, metric)%s\n".formatted(name,
            own, into.word(), into.other().word(), isPatternByPosition(kind) ? ".transpose(1, 2)" : ""))
            .orElseGet(() -> loop(name, kind));
    }

    private static boolean isPatternByPosition(SweepKind kind) {
        return kind.point() == HookPoint.PATTERN && kind.by() == By.POSITION;
    }

    private static Optional<String> function(SweepKind kind) {
        if (kind.by() == By.EDGE) {
            return Optional.empty();
        }
        if (SweepKind.OF_HEADS.contains(kind.point())) {
            String part = kind.point() == HookPoint.Z ? "out" : kind.point().shortName();
            return Optional.of("attn_head_%s_%s".formatted(part, kind.by() == By.HEAD ? "all_pos" : "by_pos"));
        }
        return switch (kind.point()) {
            case RESID_PRE, RESID_MID, ATTN_OUT, MLP_OUT -> Optional.of(kind.point().shortName());
            default -> Optional.empty();
        };
    }

    /** One run a cell. */
    private String loop(String name, SweepKind kind) {
        boolean heads = SweepKind.OF_HEADS.contains(kind.point());
        String hook = Hook.of(kind.point(), 0).name().replace("blocks.0.", "blocks.{layer}.");
        return switch (kind.by()) {
            case HEAD -> loop(name, hook, "n_layers, n_heads", "layer, head",
                List.of("head in range(n_heads)"), new Place(kind.point(), ":", "head", ""));
            case EDGE -> loop(name, hook, "n_layers, n_heads, n_tokens", "layer, head, key",
                List.of("head in range(n_heads)", "key in range(n_tokens)"),
                new Place(kind.point(), "-1:", "head", "key"));
            case POSITION -> heads ? loop(name, hook, "n_layers, n_tokens, n_heads", "layer, position, head",
                List.of("position in range(n_tokens)", "head in range(n_heads)"),
                new Place(kind.point(), "position:position + 1", "head", ""))
                : loop(name, hook, "n_layers, n_tokens", "layer, position", List.of("position in range(n_tokens)"),
                new Place(kind.point(), "position:position + 1", ":", ""));
        };
    }

    private String loop(String name, String hook, String shape, String cell, List<String> loops, Place place) {
        StringBuilder code = new StringBuilder("""
            n_layers, n_heads, n_tokens = model.cfg.n_layers, model.cfg.n_heads, %s.shape[1]
            %s = torch.zeros(%s)
            for layer in range(n_layers):
            """.formatted(into.word(), name, shape));
        String indent = "    ";
        for (String loop : loops) {
            code.append(indent).append("for ").append(loop).append(":\n");
            indent += "    ";
        }
        String body = Snippets.hook("put_in", plan.substitution().source(), place, into.other())
            + "%s[%s] = metric(model.run_with_hooks(%s, fwd_hooks=[(f\"%s\", put_in)]))\n".formatted(name, cell,
            into.word(), hook);
        return code.append(body.indent(indent.length())).append("\n").toString();
    }

    // ---- paths ----

    /** Wang et al. (2022): the receiver alone reads what the sender writes in the other run. */
    private String paths(SweepPlan.End end) {
        Head head = end.head();
        String part = plan.kinds().get(0).point().shortName();
        String loops = end.sends() ? """
            for layer in range(%d, n_layers):
                for head in range(n_heads):
                    sender, receiver = (%d, %d), (layer, head)
            """.formatted(head.layer() + 1, head.layer(), head.head()) : """
            for layer in range(%d):
                for head in range(n_heads):
                    sender, receiver = (layer, head), (%d, %d)
            """.formatted(head.layer(), head.layer(), head.head());
        return """
            model.set_use_split_qkv_input(True)
            n_layers, n_heads = model.cfg.n_layers, model.cfg.n_heads
            sweep = torch.full((n_layers, n_heads), float("nan"))
            """ + loops + """
                    name = f"blocks.{sender[0]}.attn.hook_z"
                    change = (%1$s_cache[name] - %2$s_cache[name])[:, :, sender[1]] @ model.W_O[sender]
                    def put_in(value, hook):
                        value[:, :, receiver[1]] += change
                        return value
                    sweep[layer, head] = metric(model.run_with_hooks(
                        %2$s, fwd_hooks=[(f"blocks.{receiver[0]}.hook_%3$s_input", put_in)]))
            model.set_use_split_qkv_input(False)
            """.formatted(into.other().word(), into.word(), part);
    }
}
