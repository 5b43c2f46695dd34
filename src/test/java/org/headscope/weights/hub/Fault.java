package org.headscope.weights.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that goes wrong: writes what it likes in place of the honest answer. */
interface Fault {

    void answer(FakeHub.Request request, FakeHub.Response honest, OutputStream out) throws IOException;

    /** Whether the line stays open, with nothing more on it, until the client gives up. */
    default boolean fallsSilent() {
        return false;
    }

    /** Says something else. */
    static Fault say(FakeHub.Response other) {
        return (request, honest, out) -> out.write(other.bytes(request));
    }

    /** Breaks off after so many bytes, counted from the answer's first. */
    static Fault breakAfter(int bytes) {
        return (request, honest, out) -> out.write(honest.bytes(request), 0,
            Math.min(bytes, honest.bytes(request).length));
    }

    /** Breaks off with so many bytes still to come. */
    static Fault breakBefore(int last) {
        return (request, honest, out) -> out.write(honest.bytes(request), 0,
            Math.max(0, honest.bytes(request).length - last));
    }

    /** Sends a part and then nothing, with the line left open. */
    static Fault fallSilentAfter(int bytes) {
        return new Silence(bytes);
    }

    /** Sends a part, and the rest once somebody allows it. */
    static Fault waitAfter(int bytes, CountDownLatch allowed) {
        return (request, honest, out) -> {
            byte[] all = honest.bytes(request);
            out.write(all, 0, bytes);
            out.flush();
            await(allowed);
            out.write(all, bytes, all.length - bytes);
        };
    }

    /** Sends the head, then a byte at a time with so long a pause after each, until the client gives up. */
    static Fault drip(long millisecondsEach) {
        return (request, honest, out) -> {
            byte[] all = honest.bytes(request);
            int head = all.length - honest.body().length;
            out.write(all, 0, head);
            CountDownLatch never = new CountDownLatch(1);
            try {
                for (int i = head; i < all.length && !never.await(millisecondsEach, TimeUnit.MILLISECONDS); i++) {
                    out.write(all, i, 1);
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A part and then nothing. */
    record Silence(int bytes) implements Fault {

        @Override
        public void answer(FakeHub.Request request, FakeHub.Response honest, OutputStream out) throws IOException {
            out.write(honest.bytes(request), 0, Math.min(bytes, honest.bytes(request).length));
            out.flush();
        }

        @Override
        public boolean fallsSilent() {
            return true;
        }
    }
}
