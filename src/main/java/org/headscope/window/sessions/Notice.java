package org.headscope.window.sessions;

import java.util.Optional;

/**
 * One quiet line above the window's regions.
 *
 * @param text a sentence
 * @param offer what can be done about it
 */
record Notice(String text, Optional<Offer> offer) {

    /** @param label such as "Start fresh" */
    record Offer(String label, Runnable run) {
    }

    static Notice of(String text) {
        return new Notice(text, Optional.empty());
    }

    Notice offering(String label, Runnable run) {
        return new Notice(text, Optional.of(new Offer(label, run)));
    }
}
