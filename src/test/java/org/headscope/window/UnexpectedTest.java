package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
}
