package org.headscope.weights.hub;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, taken by the thread that asked for it as it arrives. Java's own stream would wait for ever for
 * a server that has fallen silent.
 */
final class StreamedBody implements BodySubscriber<StreamedBody>, Closeable {

    /** What came: bytes, the end (no bytes), or what went wrong. */
    private record Piece(List<ByteBuffer> bytes, Throwable failure) {
    }

    private static final Duration LOOK = Duration.ofMillis(100);

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public CompletionStage<StreamedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription.complete(to);
        to.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), null));
    }

    /**
     * Waits for what comes next.
     *
     * @param cancelled looks whether to stop, and throws if so
     * @return empty at the end of the body
     * @throws HttpTimeoutException if nothing comes for so long
     */
    List<ByteBuffer> next(Duration longest, Runnable cancelled) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            cancelled.run();
            try {
                Piece piece = pieces.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (piece != null) {
                    return bytes(piece);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (System.nanoTime() > end) {
                throw new HttpTimeoutException("nothing has come for %d s".formatted(longest.toSeconds()));
            }
        }
    }

    private List<ByteBuffer> bytes(Piece piece) throws IOException {
        if (piece.failure() != null) {
            throw piece.failure() instanceof IOException e ? e : new IOException(piece.failure());
        }
        if (!piece.bytes().isEmpty()) {
            subscription.join().request(1);
        }
        return piece.bytes();
    }

    /** Lets the rest go, and the connection with it. */
    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
