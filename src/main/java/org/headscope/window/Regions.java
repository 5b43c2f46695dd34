package org.headscope.window;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.control.LatePart;

/** The regions of the window in reading order, and the way from one to the next by keys. */
final class Regions {

    /** @param keys the control in it that takes the keys */
    private record Stop(Node region, Supplier<Node> keys) { }

    private final List<Stop> stops;

    Regions(LatePart<?> promptBar, Node headMap, Node workspace, Supplier<Node> shownMap, LatePart<?> inspector) {
        // Keys may come before these two are there.
        this.stops = List.of(new Stop(promptBar, () -> promptBar.get().lookup("#clean-field")),
            new Stop(headMap, () -> headMap.lookup("#head-grid")), new Stop(workspace, shownMap),
            new Stop(inspector, () -> inspector.get().lookup("#stage")));
    }

    List<Action> actions() {
        return List.of(
            Action.of("next-region", Section.WINDOW_REGION, "Next region", () -> move(1)).keys("F6"),
            Action.of("previous-region", Section.WINDOW_REGION, "Previous region", () -> move(-1)).keys("Shift+F6"));
    }

    private void move(int step) {
        Scene scene = stops.get(0).region().getScene();
        Node owner = scene.getFocusOwner();
        int now = IntStream.range(0, stops.size()).filter(i -> isInside(owner, stops.get(i).region())).findFirst()
            .orElse(step > 0 ? -1 : stops.size());
        // What is hidden or disabled takes no keys.
        for (int i = 1; i <= stops.size(); i++) {
            Node next = stops.get(Math.floorMod(now + i * step, stops.size())).keys().get();
            next.requestFocus();
            if (next == scene.getFocusOwner()) {
                return;
            }
        }
    }

    /** Whether a node is another one, or in it. */
    static boolean isInside(Node node, Node parent) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == parent) {
                return true;
            }
        }
        return false;
    }
}
