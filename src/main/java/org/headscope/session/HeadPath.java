package org.headscope.session;

import java.util.Optional;
import java.util.Set;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.PathSweep;

/**
 * What one head, the sender, tells the query, key or value of a later one, the receiver, and nobody else.
 *
 * @param part what of the receiver reads it: {@link HookPoint#Q}, {@link HookPoint#K} or {@link HookPoint#V}
 */
public record HeadPath(Head sender, Head receiver, HookPoint part) {

    /** The parts of a receiver that can be told something. */
    public static final Set<HookPoint> PARTS = PathSweep.PARTS;

    /** @throws IllegalArgumentException if there is no such path */
    public HeadPath {
        if (!PARTS.contains(part) || whyNot(sender, receiver).isPresent()) {
            throw new IllegalArgumentException("No path leads from %s to %s %s.".formatted(sender, receiver, part));
        }
    }

    /** Why nothing leads from one head to another, in one sentence; empty where something does. */
    public static Optional<String> whyNot(Head sender, Head receiver) {
        if (sender.equals(receiver)) {
            return Optional.of("%s hears nothing of what it writes itself; choose a head of a later layer."
                .formatted(sender));
        }
        if (sender.layer() == receiver.layer()) {
            return Optional.of("%s lies in the same layer as %s, so it reads before that has written; choose a head of a "
                .formatted(receiver, sender) + "later layer.");
        }
        return sender.layer() < receiver.layer() ? Optional.empty()
            : Optional.of("%s lies in an earlier layer than %s, so it reads before that has written; choose a head of a "
                .formatted(receiver, sender) + "later layer.");
    }

    /** Such as "L0H3 → L1H0 q". */
    @Override
    public String toString() {
        return "%s → %s %s".formatted(sender, receiver, part.shortName());
    }
}
