package org.headscope.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.headscope.model.Cancellation;
import org.headscope.model.Runtime;

/**
 * Ctrl+C as a wish to stop computing and to be told what there is by then. The process waits with its end until the
 * answer has been printed.
 */
final class Interrupt implements AutoCloseable {

    /** What shells expect of a program that Ctrl+C ended: 128 and the signal's number, 2. */
    static final int STATUS = 130;

    private static final long LONGEST_SECONDS = 10;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch answered = new CountDownLatch(1);
    private Runnable forget = () -> { };

    /** Without this, Ctrl+C ends the process at once. */
    Cancellation listen() {
        forget = Runtime.onEnd(this::request);
        return cancellation;
    }

    /** Asks for the answer and waits for it. */
    void request() {
        cancellation.request();
        try {
            answered.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return cancellation.isRequested();
    }

    /** The answer has been printed. */
    @Override
    public void close() {
        answered.countDown();
        forget.run();
    }
}
