package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Tooltip;
import javafx.stage.Window;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;

/** What a newcomer reads of the first head that the pointer rests on. */
class HeadTipTest extends InOneWindow {

    /** Whatever tips have said, in order; on its way the pointer may rest on other heads than it goes to. */
    private final List<String> read = new CopyOnWriteArrayList<>();

    private void watch(Window opened) {
        if (opened instanceof Tooltip tip && read.isEmpty()) {
            read.add(tip.getText());
            tip.textProperty().addListener((observed, before, now) -> read.add(now));
        }
    }

    private static boolean isShown(String head) {
        return Window.getWindows().stream().filter(Window::isShowing).anyMatch(opened -> opened instanceof Tooltip tip
            && tip.getText().startsWith(head));
    }

    @Test
    void onlyTheFirstThatCanBeReadTellsHowHeadsAreCounted() {
        window.fxRun(() -> Window.getWindows().addListener((ListChangeListener<Window>) change -> change.getList()
            .forEach(this::watch)));
        window.pointAt(new Head(2, 0));
        window.until("its tip", () -> isShown("L2H0"));
        long shown = System.nanoTime();
        assertThat(read.get(0)).matches("(?s)L\\dH\\d: .*\\nLayers and heads are counted from zero\\.");

        window.until("it can have been read", () -> System.nanoTime() - shown > TimeUnit.MILLISECONDS.toNanos(1_100));
        for (Head head : List.of(new Head(3, 1), new Head(2, 0))) {
            window.pointAt(head);
            window.until("another tip", () -> read.get(read.size() - 1).startsWith(head.toString()));
            assertThat(read.get(read.size() - 1)).doesNotContain("counted");
        }
    }
}
