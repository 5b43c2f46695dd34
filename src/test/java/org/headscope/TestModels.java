package org.headscope;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.headscope.model.Gpt2;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.weights.Processing;

/** The fixtures' models, loaded once for all tests, on one runtime. */
public final class TestModels {

    public static final Runtime RUNTIME = Runtime.start(1);

    private static final Map<String, Gpt2> LOADED = new ConcurrentHashMap<>();

    private TestModels() {
    }

    public static Gpt2 model(Fixture fixture, Processing processing) {
        return LOADED.computeIfAbsent(fixture + "/" + processing, key -> RUNTIME.call(
            () -> new Gpt2(fixture.model().weights(processing), Gpt2.Precision.SINGLE)));
    }

    public static Gpt2 model(Fixture fixture) {
        return model(fixture, Processing.TRANSFORMERLENS);
    }

    public static Run run(Gpt2 model, int[] ids, RunOptions options) {
        return RUNTIME.call(() -> model.run(ids, options));
    }
}
