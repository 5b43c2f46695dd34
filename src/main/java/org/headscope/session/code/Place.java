package org.headscope.session.code;

import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;

/**
 * A part of an activation as Python names it.
 *
 * @param positions a slice, an index or a variable
 * @param head likewise; ":" for all
 * @param key likewise; empty for a whole row or an activation without keys
 */
record Place(HookPoint point, String positions, String head, String key) {

    private static final String ALL = ":";

    static Place of(Site site) {
        String head = site.head().isPresent() ? Integer.toString(site.head().getAsInt()) : ALL;
        return new Place(site.hook().point(), slice(site.positions()), head,
            site.keys().isAll() ? "" : slice(site.keys()));
    }

    private static String slice(Positions positions) {
        return positions.isAll() ? ALL : "%d:%d".formatted(positions.from(), positions.to() + 1);
    }

    /** The index into the whole activation, such as {@code [:, 5:8, 1]}. */
    String index() {
        return switch (point.axes()) {
            case POSITION -> "[:, %s]".formatted(positions);
            case POSITION_HEAD -> "[:, %s, %s]".formatted(positions, head);
            case HEAD_QUERY_KEY -> "[:, %s, %s%s]".formatted(head, positions, key.isEmpty() ? "" : ", " + key);
        };
    }

    /** The same place of the mean over positions, which keeps a position's axis of length 1. */
    String meanIndex() {
        return new Place(point, ALL, head, key).index();
    }

    /** Which axis the positions lie along. */
    int positionAxis() {
        return point.axes() == HookPoint.Axes.HEAD_QUERY_KEY ? 2 : 1;
    }

    /** The same rows of a pattern, all keys of them. */
    Place rows() {
        return new Place(point, positions, head, "");
    }

    /** The same place of one pattern, without batch and head. */
    String indexOfPattern() {
        return "[%s%s]".formatted(positions, key.isEmpty() ? "" : ", " + key);
    }

    /** The same place of an activation that has neither a batch nor positions. */
    String indexWithoutPositions() {
        return point.axes() == HookPoint.Axes.POSITION_HEAD ? "[%s]".formatted(head) : "";
    }
}
