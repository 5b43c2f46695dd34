package org.headscope.window.sessions;

import java.util.List;
import java.util.stream.Stream;

/**
 * One quiet line above the window's regions.
 *
 * @param text a sentence or two
 * @param offers what can be done about it
 */
record Notice(String text, List<Offer> offers) {

    Notice {
        offers = List.copyOf(offers);
    }

    /** @param label such as "Start fresh" */
    record Offer(String label, Runnable run) {
    }

    static Notice of(String text) {
        return new Notice(text, List.of());
    }

    /** With another sentence behind those that there are. */
    Notice adding(String sentence) {
        return new Notice((text + " " + sentence).strip(), offers);
    }

    Notice offering(String label, Runnable run) {
        return new Notice(text, Stream.concat(offers.stream(), Stream.of(new Offer(label, run))).toList());
    }
}
