package org.headscope.session.code;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.headscope.model.Head;
import org.headscope.patching.Metric;
import org.headscope.session.Document;
import org.headscope.session.ModelNote;
import org.headscope.session.OpenModel;
import org.headscope.weights.ModelFolder;

/**
 * What code is written about.
 *
 * @param location what Python finds the model by: a folder, or its name on the hub
 * @param watched ids of the tokens that are read out
 * @param tokenText what a token of the vocabulary reads
 * @param plans what is shown beside the document itself
 * @param references the file of the reference prompts whose mean is put in
 */
public record Subject(ModelNote model, String location, Document document, List<Integer> watched,
                      IntFunction<String> tokenText, Plans plans, Optional<String> references) {

    public Subject {
        watched = List.copyOf(watched);
    }

    /**
     * About a document that is open in a model.
     *
     * @param watched ids of the tokens that are read out
     * @param references the file of the reference prompts whose mean is put in
     */
    public static Subject of(OpenModel model, Document document, List<Integer> watched, Plans plans,
                             Optional<String> references) {
        return new Subject(ModelNote.of(model), location(model.folder()), document, watched,
            id -> model.tokenizer().token(id).text(), plans, references);
    }

    private static String location(ModelFolder model) {
        if (BundledModel.isPacked(model)) {
            return BundledModel.FOLDER;
        }
        Path above = model.path().toAbsolutePath().getParent();
        // Python finds what the hub's cache holds by its name.
        return above != null && above.endsWith("snapshots") ? model.name() : model.path().toAbsolutePath().toString();
    }

    public Subject with(Plans others) {
        return new Subject(model, location, document, watched, tokenText, others, references);
    }

    boolean hasCorrupt() {
        return !document.corrupt().isEmpty();
    }

    Head head() {
        return document.focus().orElse(new Head(0, 0));
    }

    /** Of the first two watched tokens, or of the only one. */
    public Optional<Metric> metric() {
        if (watched.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(watched.size() == 1 ? new Metric.Logit(watched.get(0))
            : new Metric.Difference(watched.get(0), watched.get(1)));
    }
}
