package org.headscope.window.models;

import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headscope.refusal.Refusal;
import org.headscope.weights.hub.FetchListener;
import org.headscope.weights.hub.FetchProgress;
import org.headscope.weights.hub.ModelStore;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Background;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in the background what asks the disk or the hub, and says in a sentence what goes wrong. Belongs to the FX
 * thread, where all answers arrive.
 *
 * @param stores where the models are; asked in the background
 */
record StoreWork(Background background, Supplier<ModelStore> stores) {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWork.class);

    /** Looks at this machine, or changes something on it. */
    <T> void here(String what, Function<ModelStore, T> work, Consumer<T> done, Consumer<String> failed) {
        background.run(Lane.MODELS, what, job -> work.apply(stores.get()), done,
            error -> failed.accept(sentence(error)));
    }

    /** Asks the hub. */
    <T> void hub(String what, BiFunction<ModelStore, FetchListener, T> work, Consumer<T> done,
                 Consumer<String> failed) {
        background.run(Lane.HUB, what, job -> work.apply(stores.get(), listening(job, now -> { })), done,
            error -> failed.accept(sentence(error)));
    }

    /** Stops asking the hub. */
    void dropHub() {
        background.drop(Lane.HUB);
    }

    /**
     * Fetches something.
     *
     * @param progressed told on the FX thread
     * @param failed gets what was thrown
     */
    <T> void fetch(String what, BiFunction<ModelStore, FetchListener, T> work, Consumer<FetchProgress> progressed,
                   Consumer<T> done, Consumer<Throwable> failed) {
        background.run(Lane.FETCH, what, job -> work.apply(stores.get(), listening(job, now -> {
            if (now.of() > 0) {
                job.progress((double) now.bytes() / now.of());
            }
            job.showNewest(() -> progressed.accept(now));
        })), done, failed);
    }

    /** Asks what is being fetched to stop. */
    void stopFetching() {
        background.activities().stream().filter(activity -> activity.lane() == Lane.FETCH).toList()
            .forEach(Activity::cancel);
    }

    private static FetchListener listening(Job job, Consumer<FetchProgress> told) {
        return new FetchListener() {
            @Override
            public void progress(FetchProgress progress) {
                told.accept(progress);
            }

            @Override
            public boolean isCancelled() {
                return job.cancellation().isRequested();
            }
        };
    }

    static String sentence(Throwable error) {
        if (error instanceof Refusal) {
            return error.getMessage();
        }
        if (error instanceof CancellationException) {
            return "This was cancelled.";
        }
        LOG.error("Background work failed", error);
        return "This failed for a reason that Headscope did not expect; the log says more.";
    }
}
