package org.headscope.command;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.headscope.model.Hook;
import org.headscope.refusal.Refusal;

/** Picks hooks by a pattern of their TransformerLens names, such as {@code blocks.*.attn.hook_[qkv]}. */
final class HookGlob {

    private HookGlob() {
    }

    /**
     * The hooks of a model that a pattern names, those included that are kept only on request.
     *
     * @throws Refusal if there are none; the sentence shows the names that there are
     */
    static Set<Hook> hooks(String glob, int layers) {
        PathMatcher matcher = matcher(glob);
        List<Hook> all = Hook.all(layers);
        Set<Hook> found = all.stream().filter(hook -> matcher.matches(Path.of(hook.name())))
            .collect(Collectors.toCollection(LinkedHashSet::new));
        if (found.isEmpty()) {
            throw new Refusal("“%s” names no hook; this model has %s (* for 0 to %d).".formatted(Text.shortened(glob),
                names(all), layers - 1));
        }
        return found;
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new Refusal("“%s” is no pattern of names (%s); write something such as blocks.*.attn.hook_z."
                .formatted(Text.shortened(glob), e.getDescription()), e);
        }
    }

    private static String names(List<Hook> all) {
        return all.stream().filter(hook -> hook.layer() <= 0).map(hook -> hook.name().replace("blocks.0.", "blocks.*."))
            .collect(Collectors.joining(", "));
    }
}
