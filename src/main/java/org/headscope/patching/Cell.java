package org.headscope.patching;

import java.util.function.Supplier;
import org.headscope.model.Intervention;

/**
 * One cell of a sweep: a run that differs in one intervention.
 *
 * @param layer that it is shown in
 * @param start the first position that it can change
 * @param kind what there is to compute
 * @param change made when the cell's batch is computed; null where there is nothing to compute
 */
record Cell(int layer, int start, Kind kind, Supplier<Intervention> change) {

    enum Kind {
        /** Has to be computed. */
        CHANGED,
        /** Changes nothing, so that it has the corrupt run's value to the last bit. */
        UNCHANGED,
        /** Stands for something that there is not, such as a path from a later layer to an earlier one. */
        IMPOSSIBLE
    }

    static Cell changed(int layer, int start, Supplier<Intervention> change) {
        return new Cell(layer, start, Kind.CHANGED, change);
    }

    static Cell unchanged(int layer) {
        return new Cell(layer, 0, Kind.UNCHANGED, null);
    }

    static Cell impossible(int layer) {
        return new Cell(layer, 0, Kind.IMPOSSIBLE, null);
    }
}
