package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class UnexpectedTest {

    private final List<String> said = new ArrayList<>();
    private final Unexpected unexpected = new Unexpected(said::add);

    @Test
    void whatNobodyThoughtOfIsSaidInOneSentence() {
        unexpected.uncaughtException(Thread.currentThread(), new IllegalStateException("inner workings"));

        assertThat(said).containsExactly("Headscope failed at something and does not know why (IllegalStateException); "
            + "save the session, and start again if it goes on.");
    }

    @Test
    void nothingIsSaidOfPaintingWhileTheProcessEnds() {
        RejectedExecutionException end = new RejectedExecutionException("terminated");
        end.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("com.sun.javafx.tk.quantum.QuantumRenderer", "submitRenderJob", null, 221)});
        unexpected.uncaughtException(Thread.currentThread(), end);
        assertThat(said).isEmpty();

        unexpected.uncaughtException(Thread.currentThread(), new RejectedExecutionException("of ours"));
        assertThat(said).hasSize(1);
    }
}
