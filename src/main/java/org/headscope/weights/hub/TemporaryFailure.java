package org.headscope.weights.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What may be over in a while: an overloaded hub, one in repair. */
final class TemporaryFailure extends IOException {

    private final int status;
    private final transient Optional<Duration> askedWait;

    /** @param askedWait how long the hub asks to be left alone */
    TemporaryFailure(int status, Optional<Duration> askedWait) {
        super("status " + status);
        this.status = status;
        this.askedWait = askedWait;
    }

    int status() {
        return status;
    }

    Optional<Duration> askedWait() {
        return askedWait;
    }
}
