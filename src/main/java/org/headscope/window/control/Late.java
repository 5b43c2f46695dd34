package org.headscope.window.control;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * Children that join their pane when they are first seen: until then the toolkit would style and lay out what nobody
 * looks at, most of all at the start.
 */
public final class Late {

    private Late() {
    }

    /** Adds nodes in this order, those that are not visible as soon as they become so. */
    public static void add(Pane pane, List<? extends Node> nodes) {
        for (Node node : nodes) {
            if (node.isVisible()) {
                pane.getChildren().add(node);
            } else {
                node.visibleProperty().addListener(joining(pane, nodes, node));
            }
        }
    }

    private static ChangeListener<Boolean> joining(Pane pane, List<? extends Node> nodes, Node node) {
        return (observed, before, now) -> {
            if (now && !pane.getChildren().contains(node)) {
                long below = nodes.subList(0, nodes.indexOf(node)).stream().filter(pane.getChildren()::contains).count();
                pane.getChildren().add((int) below, node);
            }
        };
    }
}
