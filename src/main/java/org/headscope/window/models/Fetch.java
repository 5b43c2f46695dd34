package org.headscope.window.models;

import java.util.Locale;
import java.util.OptionalLong;
import org.headscope.weights.hub.FetchProgress;
import org.headscope.weights.hub.KnownModel;
import org.headscope.weights.hub.ModelName;

/**
 * A model that is being fetched, or was begun.
 *
 * @param progress how far it had come when it was last heard of
 * @param problem why it stopped, in one sentence; empty unless it failed
 */
record Fetch(ModelName name, State state, FetchProgress progress, String problem) {

    private static final FetchProgress NOTHING_YET = new FetchProgress("", 0, 0, 0, "");

    /** Whether anything moves. */
    enum State {
        RUNNING, PAUSED, FAILED
    }

    static Fetch begun(ModelName name) {
        return new Fetch(name, State.RUNNING, NOTHING_YET, "");
    }

    /** Of an earlier start. */
    static Fetch left(ModelName name) {
        return begun(name).paused();
    }

    Fetch at(FetchProgress now) {
        return new Fetch(name, state, now, problem);
    }

    Fetch paused() {
        return new Fetch(name, State.PAUSED, progress, "");
    }

    Fetch failed(String why) {
        return new Fetch(name, State.FAILED, progress, why);
    }

    Fetch resumed() {
        return new Fetch(name, State.RUNNING, progress, "");
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** 0 to 1; negative where nothing is known. */
    double share() {
        return progress.of() == 0 ? -1 : (double) progress.bytes() / progress.of();
    }

    /** Such as "210 MB of 548 MB, 12.0 MB/s, 28 s left". */
    String line() {
        if (progress.of() == 0) {
            return !isRunning() ? "Paused; what has arrived is kept"
                : progress.note().isEmpty() ? "Asking the hub" : progress.note();
        }
        String sizes = "%s of %s".formatted(KnownModel.readable(progress.bytes()), KnownModel.readable(progress.of()));
        if (!isRunning()) {
            return sizes + " are here";
        }
        return progress.note().isEmpty() ? sizes + speed() : "%s; %s".formatted(sizes, progress.note());
    }

    private String speed() {
        OptionalLong left = progress.secondsLeft();
        return left.isEmpty() ? "" : String.format(Locale.ROOT, ", %.1f MB/s, %s left",
            progress.bytesPerSecond() / 1e6, duration(left.getAsLong()));
    }

    private static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
