package org.headscope.window.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * The parts of a window that a start can do without. Those that are not seen at once are made and join the window when
 * they are first seen, or once it has nothing else to do; those that are, when what the window is opened for is there.
 * Before that, time would go into what nobody looks at or waits for.
 */
public final class Late {

    /** So many frames without anything to do are rest. */
    private static final int REST = 6;
    /** Nanoseconds for which what is seen is kept back while nothing comes nearer; a large model takes its time. */
    private static final long PATIENCE = 800_000_000L;

    /** The newest first: what is put into another part joins before it, which takes less. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Runnable> next = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper joined = new ReadOnlyBooleanWrapper();

    /** The place of a part that is made when it is seen, or when all that waits joins. Not visible until it is told to. */
    public <P extends Node> LatePart<P> part(Supplier<? extends P> maker) {
        LatePart<P> part = new LatePart<>(maker);
        part.setVisible(false);
        part.visibleProperty().addListener((observed, before, now) -> part.get());
        waiting.push(part::get);
        return part;
    }

    /** The place of a part that is seen at once, and made as soon as what the window is opened for is there. */
    public <P extends Node> LatePart<P> nextPart(Supplier<? extends P> maker) {
        LatePart<P> part = new LatePart<>(maker);
        next.add(part::get);
        return part;
    }

    /** Adds nodes to a pane in this order, those that are not visible later; the place of a late part costs nothing. */
    public void add(Pane pane, List<? extends Node> nodes) {
        for (Node node : nodes) {
            if (node.isVisible() || node instanceof LatePart) {
                pane.getChildren().add(node);
            } else {
                Runnable join = () -> join(pane, nodes, node);
                waiting.push(join);
                node.visibleProperty().addListener((observed, before, now) -> join.run());
            }
        }
    }

    private static void join(Pane pane, List<? extends Node> nodes, Node node) {
        if (!pane.getChildren().contains(node)) {
            long below = nodes.subList(0, nodes.indexOf(node)).stream().filter(pane.getChildren()::contains).count();
            pane.getChildren().add((int) below, node);
        }
    }

    /**
     * Lets all that wait join, one in a frame: first those that are seen, then, as soon as nothing has been going on for
     * some frames, the others.
     *
     * @param near whether what the window is opened for is being made
     * @param there whether it has been painted
     * @param resting whether nothing is going on
     */
    public void join(BooleanSupplier near, BooleanSupplier there, BooleanSupplier resting) {
        new AnimationTimer() {
            private long since;
            private boolean isNear;
            private int rest;

            @Override
            public void handle(long now) {
                if (since == 0 || !isNear && near.getAsBoolean()) {
                    since = now;
                    isNear = near.getAsBoolean();
                }
                rest = resting.getAsBoolean() ? rest + 1 : 0;
                if (!next.isEmpty()) {
                    if (there.getAsBoolean() || now - since > PATIENCE) {
                        next.remove().run();
                    }
                } else if (rest > REST && !waiting.isEmpty()) {
                    waiting.pop().run();
                }
                if (next.isEmpty() && waiting.isEmpty()) {
                    stop();
                    joined.set(true);
                }
            }
        }.start();
    }

    /** Whether every part has joined the window. */
    public ReadOnlyBooleanProperty joinedProperty() {
        return joined.getReadOnlyProperty();
    }
}
