package org.headscope.window.headmap;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

/** What is said of the head under the pointer, and how heads are counted with the first that a person reads about. */
final class HeadTip {

    private static final String COUNTED = "Layers and heads are counted from zero.";
    private static final Duration PAUSE = Duration.millis(600);
    /** Nanoseconds that a tip has to stand for somebody to have read it. */
    private static final long READING = 1_000_000_000;

    private final Node node;
    private final Tooltip tooltip = new Tooltip();
    private Optional<String> said = Optional.empty();
    private long since;
    private boolean isRead;

    /** @param node on which heads are pointed at */
    HeadTip(Node node) {
        this.node = node;
        tooltip.setShowDelay(PAUSE);
        tooltip.setOnShown(event -> since = System.nanoTime());
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
        } else {
            Tooltip.uninstall(node, tooltip);
        }
    }

    /** What stands there is about to go. */
    private void look() {
        isRead |= said.isPresent() && System.nanoTime() - since >= READING;
    }
}
