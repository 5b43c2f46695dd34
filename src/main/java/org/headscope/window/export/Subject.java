package org.headscope.window.export;

import java.util.Optional;
import org.headscope.window.control.Taken;

/**
 * Something that can be exported, or could if there were more.
 *
 * @param id    names it once and for all
 * @param name  as a person reads it
 * @param taken empty while there is nothing
 * @param whyNot what would make it, in one sentence; empty where it is there
 */
public record Subject(String id, String name, Optional<Taken> taken, String whyNot) {

    /** @param whyNot said where there is nothing */
    public static Subject of(String id, String name, Optional<Taken> taken, String whyNot) {
        return new Subject(id, name, taken, taken.isPresent() ? "" : whyNot);
    }

    /** Whether there is something. */
    public boolean isThere() {
        return taken.isPresent();
    }
}
