package org.headscope.command;

import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.function.Function;
import org.headscope.model.Gpt2;
import org.headscope.model.Runtime;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Tokenizer;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;

/** A loaded model, and how long it has been computing. */
final class LoadedModel implements AutoCloseable {

    private final OpenModel model;
    private long nanoseconds;

    LoadedModel(OpenModel model) {
        this.model = model;
    }

    /** Computes on the inference thread; the time counts into {@link #seconds}. */
    <T> T compute(Function<Gpt2, T> work) {
        return model.runtime().call(() -> {
            long start = System.nanoTime();
            T result = work.apply(model.gpt2());
            nanoseconds += System.nanoTime() - start;
            return result;
        });
    }

    /** What all computations took together. */
    double seconds() {
        return nanoseconds / 1e9;
    }

    OpenModel model() {
        return model;
    }

    ModelFolder folder() {
        return model.folder();
    }

    Gpt2Config config() {
        return model.folder().config();
    }

    Tokenizer tokenizer() {
        return model.tokenizer();
    }

    Runtime runtime() {
        return model.runtime();
    }

    /** An answer about this model. */
    Answer answer() {
        Answer answer = Answer.about(folder(), model.gpt2().processing());
        String why = model.placement().sentence();
        return why.isEmpty() ? answer : answer.put("device",
            new JsonPrimitive(model.gpt2().processor().label().toLowerCase(Locale.ROOT)))
            .put("device_reason", new JsonPrimitive(why)).line(why);
    }

    @Override
    public void close() {
        model.close();
        model.runtime().close();
    }
}
