package org.headscope.weights.hub;

import java.util.OptionalLong;

/**
 * How far the fetching of a model is.
 *
 * @param file that is being fetched
 * @param bytes of all files that are here, those of earlier times included
 * @param of how many bytes there are
 * @param bytesPerSecond over the last seconds; 0 before anything has arrived
 * @param note why nothing moves, such as another process that fetches the same file; empty otherwise
 */
public record FetchProgress(String file, long bytes, long of, double bytesPerSecond, String note) {

    /** At this speed; empty before it is known. */
    public OptionalLong secondsLeft() {
        return bytesPerSecond <= 0 ? OptionalLong.empty()
            : OptionalLong.of((long) Math.ceil((of - bytes) / bytesPerSecond));
    }
}
