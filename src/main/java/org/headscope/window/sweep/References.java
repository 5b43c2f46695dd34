package org.headscope.window.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.model.Cancellation;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.patching.PromptList;
import org.headscope.patching.ReferenceMeans;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;

/**
 * The means over the reference prompts in a file, of all that can be swept but patterns, which have none.
 *
 * @param model that ran them
 */
record References(Path file, ReferenceMeans means, OpenModel model) {

    /**
     * Reads a file and runs its prompts. Must not be called on the FX thread.
     *
     * @throws org.headscope.refusal.Refusal if it is no list of prompts
     */
    static References read(Path file, OpenModel model, boolean bos, Cancellation cancellation) {
        List<Prompt> prompts = PromptList.read(file, line -> model.tokenizer().prompt(line, bos),
            model.folder().config().positions());
        return new References(file, model.runtime().call(
            () -> ReferenceMeans.of(model.gpt2(), prompts, References::isSwept, cancellation)), model);
    }

    private static boolean isSwept(Hook hook) {
        HookPoint point = hook.point();
        return !point.hasKeys() && Stream.of(SweepKind.OF_HEADS, SweepKind.OF_LAYERS)
            .anyMatch(points -> points.contains(point));
    }

    Source source() {
        return new Source.ReferenceMean(means);
    }
}
