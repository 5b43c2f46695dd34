package org.headscope.window;

import org.headscope.model.Runtime;
import org.headscope.session.OpenModel;
import org.headscope.weights.Processing;

/** Where a model comes from. Neither method is called on the FX thread. */
@FunctionalInterface
public interface ModelSource {

    /**
     * Finds what can be found wrong before another model is given up for this one.
     *
     * @throws org.headscope.refusal.Refusal if something is
     */
    default void check() {
    }

    /** Opens it, or waits until it is open. */
    OpenModel load();

    static ModelSource of(String name, Processing processing, Runtime runtime) {
        return new ModelSource() {
            @Override
            public void check() {
                OpenModel.check(name, runtime);
            }

            @Override
            public OpenModel load() {
                return OpenModel.open(name, processing, runtime);
            }
        };
    }

    /** What has been open once more. */
    static ModelSource again(OpenModel former) {
        // Only these, since what refers to the model itself would keep its memory.
        return of(OpenModel.openable(former.folder()), former.gpt2().processing(), former.runtime());
    }
}
