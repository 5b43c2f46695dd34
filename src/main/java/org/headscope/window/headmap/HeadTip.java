package org.headscope.window.headmap;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.stage.PopupWindow;
import javafx.util.Duration;

/** What is said of the head under the pointer, and how heads are counted with the first that a person reads about. */
final class HeadTip {

    private static final String COUNTED = "Layers and heads are counted from zero.";
    private static final Duration PAUSE = Duration.millis(600);
    /** Nanoseconds that a tip has to stand for somebody to have read it. */
    private static final long READING = 1_000_000_000;

    private final Node node;
    private final Supplier<Optional<Point2D>> corner;
    private final Tooltip tooltip = new Tooltip();
    private Optional<String> said = Optional.empty();
    private long since;
    private boolean isRead;

    /**
     * @param node on which heads are pointed at
     * @param corner the lower left one of the head that is pointed at, on the screen
     */
    HeadTip(Node node, Supplier<Optional<Point2D>> corner) {
        this.node = node;
        this.corner = corner;
        tooltip.setShowDelay(PAUSE);
        tooltip.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_TOP_LEFT);
        tooltip.setOnShown(event -> {
            since = System.nanoTime();
            place();
        });
        tooltip.setOnHiding(event -> look());
    }

    /** The pointer has come to another head, or has left them all. */
    void say(Optional<String> words) {
        if (tooltip.isShowing()) {
            look();
        }
        said = words;
        since = System.nanoTime();
        tooltip.setText(said.map(of -> isRead ? of : of + "\n" + COUNTED).orElse(""));
        if (said.isPresent()) {
            Tooltip.install(node, tooltip);
            place();
        } else {
            Tooltip.uninstall(node, tooltip);
        }
    }

    /** Below the head that it is about, which the toolkit would cover in part. */
    private void place() {
        if (tooltip.isShowing()) {
            corner.get().ifPresent(at -> {
                tooltip.setAnchorX(at.getX());
                tooltip.setAnchorY(at.getY());
            });
        }
    }

    /** What stands there is about to go. */
    private void look() {
        isRead |= said.isPresent() && System.nanoTime() - since >= READING;
    }
}
