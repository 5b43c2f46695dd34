package org.headscope.window.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/**
 * The place of a part that a start can do without. The part is made when {@link Late} says, or earlier if somebody needs
 * it. Used on the toolkit's thread.
 *
 * @param <P> the part, which fills the place
 */
public final class LatePart<P extends Node> extends StackPane {

    private final Supplier<? extends P> maker;
    private final List<Consumer<? super P>> waiting = new ArrayList<>();
    private P part;

    LatePart(Supplier<? extends P> maker) {
        this.maker = maker;
        setPickOnBounds(false);
    }

    /** Keeps so much height free until the part is there, so that nothing around it moves then. */
    public LatePart<P> reserve(double height) {
        setMinHeight(height);
        return this;
    }

    /** The part, which is made if it is not there yet. */
    public P get() {
        if (part == null) {
            part = maker.get();
            getChildren().add(part);
            setMinHeight(USE_COMPUTED_SIZE);
            waiting.forEach(what -> what.accept(part));
            waiting.clear();
        }
        return part;
    }

    /** The part; empty while it is not made. */
    public Optional<P> made() {
        return Optional.ofNullable(part);
    }

    /** Does something with the part as soon as it is made. */
    public void whenMade(Consumer<? super P> what) {
        if (part == null) {
            waiting.add(what);
        } else {
            what.accept(part);
        }
    }
}
