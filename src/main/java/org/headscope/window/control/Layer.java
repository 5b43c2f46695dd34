package org.headscope.window.control;

import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Lies over the whole window and holds at most one card, which stands at a control until it is closed, the keys go
 * elsewhere or a click falls beside it.
 */
public final class Layer extends Pane implements Overlay {

    private static final double MARGIN = 8;

    private final EventHandler<MouseEvent> besides = this::press;
    private final ChangeListener<Node> elsewhere = (observed, before, now) -> {
        if (now != null && !isInside(now)) {
            remove();
        }
    };
    private Region card;
    private Node cameFrom;
    private double wantedX;
    private double wantedY;

    public Layer() {
        setId("layer");
        setPickOnBounds(false);
    }

    private void press(MouseEvent event) {
        if (!card.localToScene(card.getLayoutBounds()).contains(event.getSceneX(), event.getSceneY())) {
            close();
        }
    }

    /**
     * Shows a card in place of the one before.
     *
     * @param x of its left edge in the scene; it is moved where it would not fit
     * @param y of its upper edge
     * @param focused the part of it that gets the keys
     */
    public void show(Region shown, double x, double y, Node focused) {
        remove();
        Scene scene = getScene();
        cameFrom = scene.getFocusOwner();
        card = shown;
        wantedX = x;
        wantedY = y;
        getChildren().setAll(card);
        applyCss();
        layout();
        focused.requestFocus();
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, besides);
        scene.focusOwnerProperty().addListener(elsewhere);
    }

    /** Shows a card under a control, left edges in line. */
    public void showUnder(Region shown, Node control, Node focused) {
        Bounds place = control.localToScene(control.getLayoutBounds());
        show(shown, place.getMinX(), place.getMaxY() + MARGIN / 2, focused);
    }

    @Override
    public boolean isOpen() {
        return card != null;
    }

    /** Takes the card away and gives the keys back to where they came from. */
    @Override
    public void close() {
        Node back = cameFrom;
        remove();
        if (back != null) {
            back.requestFocus();
        }
    }

    private void remove() {
        if (card != null) {
            getScene().removeEventFilter(MouseEvent.MOUSE_PRESSED, besides);
            getScene().focusOwnerProperty().removeListener(elsewhere);
            card = null;
            cameFrom = null;
            getChildren().clear();
        }
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void layoutChildren() {
        if (card != null) {
            card.autosize();
            Point2D at = sceneToLocal(wantedX, wantedY);
            card.relocate(within(at.getX(), card.getWidth(), getWidth()),
                within(at.getY(), card.getHeight(), getHeight()));
        }
    }

    private static double within(double wanted, double size, double room) {
        return Math.round(Math.max(MARGIN, Math.min(wanted, room - size - MARGIN)));
    }
}
