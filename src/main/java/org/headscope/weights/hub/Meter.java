package org.headscope.weights.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Counts what arrives and tells the listener, not too often. */
final class Meter {

    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SPEED_OVER = TimeUnit.SECONDS.toNanos(5);

    private record Sample(long time, long arrived) {
    }

    private final FetchListener listener;
    private final long of;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private String file = "";
    private long before;
    private long inFile;
    private long arrived;
    private long told = Long.MIN_VALUE;
    private boolean isBehind;

    Meter(FetchListener listener, long of) {
        this.listener = listener;
        this.of = of;
        samples.add(new Sample(System.nanoTime(), 0));
    }

    void begin(String name) {
        file = name;
        inFile = 0;
        tell("");
    }

    /** How much of the file was here before, or still is after a new beginning. */
    void startAt(long bytes) {
        inFile = bytes;
    }

    void arrived(long bytes) {
        inFile += bytes;
        arrived += bytes;
        isBehind = true;
        long now = System.nanoTime();
        if (told == Long.MIN_VALUE || now - told > EVERY) {
            samples.add(new Sample(now, arrived));
            while (samples.size() > 2 && now - samples.getFirst().time() > SPEED_OVER) {
                samples.removeFirst();
            }
            tell("");
        }
    }

    /** The file is here as a whole. */
    void end(long size) {
        before += size;
        inFile = 0;
        tell("");
    }

    /** Says why nothing moves. */
    void tell(String note) {
        told = System.nanoTime();
        isBehind = false;
        listener.progress(new FetchProgress(file, before + inFile, of, note.isEmpty() ? speed() : 0, note));
    }

    private double speed() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return last.time() == first.time() ? 0
            : (last.arrived() - first.arrived()) / ((last.time() - first.time()) / 1e9);
    }

    /** @throws CancellationException if the listener wants it */
    void stopIfCancelled() {
        if (listener.isCancelled() || Thread.currentThread().isInterrupted()) {
            // So that whoever stopped it knows how far it came.
            tell("");
            throw new CancellationException("cancelled");
        }
        if (isBehind && System.nanoTime() - told > EVERY) {
            // Nothing more comes for now, and the last of what came has not been told.
            tell("");
        }
    }

    /** Sleeps, but not on after a wish to stop. */
    void pause(long milliseconds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            stopIfCancelled();
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, EVERY));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stopIfCancelled();
    }
}
