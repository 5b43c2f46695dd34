package org.headscope.window.lens;

import java.util.OptionalInt;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.session.Substitution.Side;

/** Which run the lens and the attribution read, and where: one choice for both, so that they can be compared. */
public final class Place {

    private final ObjectProperty<Side> side = new SimpleObjectProperty<>(Side.CLEAN);
    private final ObjectProperty<OptionalInt> position = new SimpleObjectProperty<>(OptionalInt.empty());

    /** The run that is read. */
    public ObjectProperty<Side> sideProperty() {
        return side;
    }

    /** The position that a person chose; empty for the last one. */
    public ObjectProperty<OptionalInt> positionProperty() {
        return position;
    }

    /** The position in a prompt of so many tokens; the last one where it does not reach the chosen one. */
    public int within(int tokens) {
        return position.get().isPresent() ? Math.min(position.get().getAsInt(), tokens - 1) : tokens - 1;
    }
}
