package org.headscope.window.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * The parts of a window that are not seen when it opens. Each joins the window when it is first seen; the rest do so one
 * after the other once the window has nothing else to do. Until then the toolkit would style and lay out what nobody
 * looks at.
 */
public final class Late {

    /** So many frames without anything to do are rest. */
    private static final int REST = 6;

    /** The newest first: a part is made before what it is put into, which takes less when it joins while still empty. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper joined = new ReadOnlyBooleanWrapper();

    /** Adds nodes to a pane in this order, those that are not visible later. */
    public void add(Pane pane, List<? extends Node> nodes) {
        for (Node node : nodes) {
            if (node.isVisible()) {
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

    /** Lets all that wait join, one in a frame, as soon as nothing has been going on for some frames. */
    public void joinAtRest(BooleanSupplier resting) {
        new AnimationTimer() {
            private int rest;

            @Override
            public void handle(long now) {
                rest = resting.getAsBoolean() ? rest + 1 : 0;
                if (rest > REST && !waiting.isEmpty()) {
                    waiting.pop().run();
                }
                if (waiting.isEmpty()) {
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
