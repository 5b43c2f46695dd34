package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.headscope.session.PromptHistory.Entry;
import org.junit.jupiter.api.Test;

class PromptHistoryTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final PromptHistory history = new PromptHistory();

    private static Entry pair(String clean, String corrupt) {
        return new Entry(clean, corrupt, true);
    }

    private void run(Entry entry, long second) {
        history.add(entry, START.plusSeconds(second));
    }

    @Test
    void theNewestIsFirstAndEachIsThereOnce() {
        run(pair("a", "b"), 0);
        run(pair("c", "d"), 60);
        run(pair("a", "b"), 120);
        assertThat(history.entries()).containsExactly(pair("a", "b"), pair("c", "d"));
    }

    @Test
    void aPairWithoutBosIsAnother() {
        run(pair("a", ""), 0);
        run(new Entry("a", "", false), 60);
        assertThat(history.entries()).hasSize(2);
    }

    @Test
    void whatIsTypedOnWithinAMomentTakesThePlaceOfItsBeginning() {
        run(pair("Tom went", "Sarah"), 0);
        run(pair("Tom went to", "Sarah"), 5);
        run(pair("Tom slowly went to", "Sarah"), 10);
        assertThat(history.entries()).containsExactly(pair("Tom slowly went to", "Sarah"));
    }

    @Test
    void whatIsTypedOnLaterOrAnewIsKept() {
        run(pair("Tom went", ""), 0);
        run(pair("Tom went to", ""), 11);
        run(pair("T", ""), 12);
        run(pair("The", ""), 13);
        assertThat(history.entries()).containsExactly(pair("The", ""), pair("Tom went to", ""), pair("Tom went", ""));
    }

    @Test
    void fiftyAreKept() {
        for (int i = 0; i < 60; i++) {
            run(pair("prompt " + i + ".", ""), 60L * i);
        }
        assertThat(history.entries()).hasSize(PromptHistory.LIMIT);
        assertThat(history.entries().get(0)).isEqualTo(pair("prompt 59.", ""));
    }

    @Test
    void booksAreNotKept() {
        run(pair("a".repeat(PromptHistory.LONGEST + 1), ""), 0);
        assertThat(history.entries()).isEmpty();
    }

    @Test
    void itIsWrittenAndReadWithoutLoss() {
        run(pair("a \"b\"\n\t\u0000 \u00e9 \ud83e\udd84 \ud83d", "c"), 0);
        String json = history.toJson();
        assertThat(json.chars()).allMatch(unit -> unit >= ' ' && unit < 0x7F);
        assertThat(PromptHistory.ofJson(json).entries()).isEqualTo(history.entries());
    }

    @Test
    void whatIsDamagedIsLeftOut() {
        assertThat(PromptHistory.ofJson("").entries()).isEmpty();
        assertThat(PromptHistory.ofJson("{").entries()).isEmpty();
        assertThat(PromptHistory.ofJson("{}").entries()).isEmpty();
        assertThat(PromptHistory.ofJson("[1]").entries()).isEmpty();
        assertThat(PromptHistory.ofJson("[{\"clean\":\"a\",\"corrupt\":\"\",\"bos\":true},{\"clean\":null}]").entries())
            .containsExactly(pair("a", ""));
    }
}
