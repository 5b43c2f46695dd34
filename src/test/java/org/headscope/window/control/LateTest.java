package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class LateTest {

    private final Late late = new Late();
    private final Pane pane = new Pane();
    private final Node below = new Region();
    private final Node hidden = new Region();
    private final Node between = new Region();
    private final Node hiddenToo = new Region();

    @BeforeEach
    void add() {
        hidden.setVisible(false);
        hiddenToo.setVisible(false);
        late.add(pane, List.of(below, hidden, between, hiddenToo));
    }

    @Test
    void whatIsHiddenJoinsInItsPlaceOnceItIsSeenAndStays() {
        assertThat(pane.getChildren()).containsExactly(below, between);

        hiddenToo.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, between, hiddenToo);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, hidden, between, hiddenToo);

        hidden.setVisible(false);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(below, hidden, between, hiddenToo);
    }

    @Test
    void theRestJoinsAtRestOneAfterTheOther() throws TimeoutException {
        List<Integer> sizes = new ArrayList<>();
        AtomicBoolean resting = new AtomicBoolean();
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> late.joinAtRest(() -> {
            sizes.add(pane.getChildren().size());
            return resting.get();
        }));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> sizes.size() > 20);
        assertThat(late.joinedProperty().get()).isFalse();

        resting.set(true);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> late.joinedProperty().get());
        assertThat(pane.getChildren()).containsExactly(below, hidden, between, hiddenToo);
        assertThat(sizes.stream().distinct()).containsExactly(2, 3);
        assertThat(hidden.isVisible()).isFalse();
    }
}
