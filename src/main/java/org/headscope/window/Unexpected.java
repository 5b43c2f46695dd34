package org.headscope.window;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the window that something failed which nobody had thought of, and keeps what is known of it in the log. */
final class Unexpected implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    private final Consumer<String> report;

    /** @param report shows a sentence; called on the thread on which something failed */
    Unexpected(Consumer<String> report) {
        this.report = report;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        LOG.error("Unexpected", error);
        report.accept("Headscope failed at something and does not know why (%s); save the session, and start again if "
            .formatted(error.getClass().getSimpleName()) + "it goes on.");
    }
}
