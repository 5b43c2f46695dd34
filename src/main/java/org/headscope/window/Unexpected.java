package org.headscope.window;

import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the window that something failed which nobody had thought of, and keeps what is known of it in the log. */
final class Unexpected implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);
    private static final String TOOLKIT = "com.sun.javafx.tk.";

    private final Consumer<String> report;

    /** @param report shows a sentence; called on the thread on which something failed */
    Unexpected(Consumer<String> report) {
        this.report = report;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (isOfTheEnd(error)) {
            LOG.debug("The process is ending.", error);
            return;
        }
        LOG.error("Unexpected", error);
        report.accept("Headscope failed at something and does not know why (%s); save the session, and start again if "
            .formatted(error.getClass().getSimpleName()) + "it goes on.");
    }

    /** A process that is asked to end stops painting first, which the toolkit is not prepared for. */
    private static boolean isOfTheEnd(Throwable error) {
        return error instanceof RejectedExecutionException && Arrays.stream(error.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith(TOOLKIT));
    }
}
