package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class LateTest {

    private final Pane pane = new Pane();
    private final Node below = new Region();
    private final Node hidden = new Region();
    private final Node between = new Region();
    private final Node hiddenToo = new Region();

    @Test
    void whatIsHiddenJoinsInItsPlaceOnceItIsSeenAndStays() {
        hidden.setVisible(false);
        hiddenToo.setVisible(false);
        Late.add(pane, List.of(below, hidden, between, hiddenToo));
        assertThat(pane.getChildren()).containsExactly(below, between);

        hiddenToo.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, between, hiddenToo);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, hidden, between, hiddenToo);

        hidden.setVisible(false);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, hidden, between, hiddenToo);
    }
}
