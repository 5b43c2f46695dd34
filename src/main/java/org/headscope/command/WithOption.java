package org.headscope.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.headscope.model.Cancellation;
import org.headscope.model.Hook;
import org.headscope.patching.PromptList;
import org.headscope.patching.ReferenceMeans;
import org.headscope.patching.Source;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;

/**
 * What stands after {@code --with}.
 *
 * @param source what needs nothing else
 * @param references the file of prompts whose mean is put in
 */
record WithOption(Optional<Source> source, Optional<Path> references) {

    private static final String MEAN_OF = "mean:";

    /** @throws Refusal if it is neither a source nor a mean over a file's prompts */
    static WithOption parse(String text) {
        if (text.startsWith(MEAN_OF) && text.length() > MEAN_OF.length()) {
            return new WithOption(Optional.empty(), Optional.of(Path.of(text.substring(MEAN_OF.length()))));
        }
        return new WithOption(Optional.of(Source.parse(text).orElseThrow(() -> new Refusal(
            "--with takes clean, zero, mean, mean:FILE, a number, or of a pattern uniform, first or previous, not “%s”."
                .formatted(Text.shortened(text))))),
            Optional.empty());
    }

    boolean isClean() {
        return source.filter(Source.CLEAN::equals).isPresent();
    }

    /**
     * Runs the reference prompts where there are such.
     *
     * @param where values are put in
     * @throws Refusal if the file, or a line of it, is of no use
     */
    Source source(LoadedModel loaded, CommonOptions common, Predicate<Hook> where, Cancellation cancellation) {
        if (source.isPresent()) {
            return source.get();
        }
        List<Prompt> prompts = PromptList.read(references.orElseThrow(),
            line -> common.prompt(loaded.tokenizer(), line), loaded.config().positions());
        return new Source.ReferenceMean(loaded.compute(
            model -> ReferenceMeans.of(model, prompts, where, cancellation)));
    }
}
