package org.headscope.window.headmap;

import javafx.geometry.Point2D;
import javafx.scene.Node;
import org.headscope.model.Head;

/** Where the heads of a window's head map are on the screen. */
public final class HeadPoints {

    private HeadPoints() {
    }

    /** Must be called on the FX thread. */
    public static Point2D middleOf(Node grid, Head head) {
        return grid.localToScreen(((HeadGridCanvas) grid).middleOf(head));
    }
}
