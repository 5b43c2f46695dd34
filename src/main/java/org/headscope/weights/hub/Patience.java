package org.headscope.weights.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a hub is waited for.
 *
 * @param answer for the beginning of an answer
 * @param stall in which at least {@code leastBytes} of a file must arrive
 * @param attempts that may fail one after the other without anything new having arrived
 * @param firstWait after the first failure; each further one doubles it
 * @param longestWait that a hub may ask for before it is told to the person instead
 * @param progress how many bytes have to arrive for a line that breaks then to count as a new beginning
 */
record Patience(Duration answer, Duration stall, long leastBytes, int attempts, Duration firstWait,
                Duration longestWait, long progress) {

    static Patience normal() {
        return new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), 1024, 6, Duration.ofSeconds(1),
            Duration.ofMinutes(2), 1 << 20);
    }

    /** @param failures 1 or more; a little by chance, so that many who were refused together do not return together */
    Duration wait(int failures) {
        double factor = Math.pow(2, failures - 1) * ThreadLocalRandom.current().nextDouble(0.75, 1.25);
        return Duration.ofMillis(Math.min(longestWait.toMillis(), Math.round(firstWait.toMillis() * factor)));
    }
}
