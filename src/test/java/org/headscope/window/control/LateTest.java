package org.headscope.window.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> late.join(() -> false, () -> false, () -> {
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

    @Test
    void aPartIsMadeOnceWhenItIsSeenOrNeeded() {
        AtomicInteger made = new AtomicInteger();
        LatePart<Region> part = late.part(() -> {
            made.incrementAndGet();
            return new Region();
        });
        List<Region> told = new ArrayList<>();
        part.whenMade(told::add);
        assertThat(part.isVisible()).isFalse();
        assertThat(part.made()).isEmpty();

        part.setVisible(true);
        part.setVisible(false);
        part.setVisible(true);
        part.whenMade(told::add);

        assertThat(made).hasValue(1);
        assertThat(part.getChildren()).containsExactly(part.get());
        assertThat(told).containsExactly(part.get(), part.get());
    }

    @Test
    void whatIsSeenAtOnceIsMadeAfterWhatTheWindowIsOpenedFor() throws TimeoutException {
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger frames = new AtomicInteger();
        List<String> made = new CopyOnWriteArrayList<>();
        late.part(() -> named("hidden", made));
        late.nextPart(() -> named("first", made));
        late.nextPart(() -> named("second", made));

        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> late.join(() -> true, there::get, () -> {
            // Working all the time; nobody waits longer than for what the window is opened for.
            there.set(frames.incrementAndGet() > 3);
            return false;
        }));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> made.size() == 2);

        assertThat(made).containsExactly("first", "second");
        assertThat(frames.get()).isGreaterThan(3);
        assertThat(late.joinedProperty().get()).isFalse();
    }

    @Test
    void whatIsSeenAtOnceIsNotKeptBackForALargeModel() throws TimeoutException {
        List<String> made = new CopyOnWriteArrayList<>();
        late.nextPart(() -> named("inspector", made));

        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> late.join(() -> false, () -> false, () -> false));

        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> !made.isEmpty());
    }

    private static Region named(String name, List<String> made) {
        made.add(name);
        return new Region();
    }
}
