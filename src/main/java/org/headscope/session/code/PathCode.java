package org.headscope.session.code;

import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.session.HeadPath;
import org.headscope.session.Substitution.Side;

/**
 * Python for one path, as Wang et al. (2022) patch it: the receiver alone reads what the sender writes in the other
 * run.
 */
final class PathCode {

    private final PathPlan plan;

    PathCode(PathPlan plan) {
        this.plan = plan;
    }

    /** Leaves the metric in {@code path}. */
    String code() {
        HeadPath path = plan.path();
        Side into = plan.substitution().into();
        Head sender = path.sender();
        String input = Hook.of(HookPoint.Q_INPUT, path.receiver().layer()).name()
            .replace("_q_", "_" + path.part().shortName() + "_");
        return Snippets.metric(plan.metric(), into.other()) + """
            %1$s
            model.set_use_split_qkv_input(True)
            name = "%2$s"
            change = (%3$s_cache[name] - %4$s_cache[name])[:, :, %5$d] @ model.W_O[%6$d, %5$d]
            def follow(value, hook):
                value[:, :, %7$d] += change
                return value
            path_logits = model.run_with_hooks(%4$s, fwd_hooks=[("%8$s", follow)])
            model.set_use_split_qkv_input(False)
            path = metric(path_logits).item()
            print(path, "recovered", (path - metric(%4$s_logits)) / (metric(%3$s_logits) - metric(%4$s_logits)))
            """.formatted(Python.comment("%s: %s into %s".formatted(path, into.other().word(), into.word())),
                Hook.of(HookPoint.Z, sender.layer()).name(), into.other().word(), into.word(), sender.head(),
                sender.layer(), path.receiver().head(), input);
    }
}
