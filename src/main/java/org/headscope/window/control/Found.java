package org.headscope.window.control;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tokens that are looked for.
 *
 * @param positions of all of them, in order
 * @param current the one that is looked at now; empty where there are none
 */
public record Found(Set<Integer> positions, Optional<Integer> current) {

    public static final Found NOTHING = of(List.of(), 0);

    public Found {
        positions = Collections.unmodifiableSet(new TreeSet<>(positions));
    }

    /** @param place of the current one among them */
    public static Found of(List<Integer> positions, int place) {
        return new Found(Set.copyOf(positions), positions.isEmpty() ? Optional.empty()
            : Optional.of(positions.get(place)));
    }
}
