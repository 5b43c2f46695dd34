package org.headscope.patching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.headscope.Fixture;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairSetTest {

    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixture.DEMO.model().path());

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    private PairSet read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.csv"), text);
        return PairSet.read(file, prompt -> TOKENIZER.prompt(prompt, true), TOKENIZER::single);
    }

    private void refused(String text, String... parts) throws IOException {
        Path file = Files.write(folder.resolve("pairs.csv"), text.getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(Refusal.class).isThrownBy(
            () -> PairSet.read(file, prompt -> TOKENIZER.prompt(prompt, true), TOKENIZER::single))
            .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts).endsWith("."));
    }

    @Test
    void aRowIsAPairWithItsTokens() throws IOException {
        PairSet set = read("Tom went,Sarah went, went,#21650\nTom ran,Sarah ran\n");

        assertThat(set.name()).isEqualTo("pairs.csv");
        assertThat(set.pairs()).hasSize(2);
        PairSet.Pair first = set.pairs().get(0);
        assertThat(first.line()).isEqualTo(1);
        assertThat(first.clean().text()).isEqualTo("Tom went");
        assertThat(first.corrupt().text()).isEqualTo("Sarah went");
        assertThat(first.answer()).hasValue(1816);
        assertThat(first.wrong()).hasValue(21650);
        assertThat(set.pairs().get(1).answer()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void aHeaderNamesTheColumns() throws IOException {
        PairSet set = read("\uFEFFnote,Corrupt , clean,ANSWER\r\nfirst,Sarah went,Tom went, went\r\n");

        assertThat(set.pairs()).hasSize(1);
        assertThat(set.pairs().get(0).line()).isEqualTo(2);
        assertThat(set.pairs().get(0).clean().text()).isEqualTo("Tom went");
        assertThat(set.pairs().get(0).answer()).hasValue(1816);
        assertThat(set.pairs().get(0).wrong()).isEmpty();
    }

    @Test
    void quotesHoldCommasQuotesAndLines() throws IOException {
        PairSet set = read("\"Tom, \"\"he\"\"\r\nwent\",\"Sarah, \"\"he\"\"\nwent\"\n\n\"Tom\",Sarah");

        assertThat(set.pairs()).extracting(pair -> pair.clean().text()).containsExactly("Tom, \"he\"\r\nwent", "Tom");
        assertThat(set.pairs()).extracting(pair -> pair.corrupt().text())
            .containsExactly("Sarah, \"he\"\nwent", "Sarah");
        assertThat(set.pairs()).extracting(PairSet.Pair::line).containsExactly(1, 5);
    }

    @Test
    void lineEndsAreThoseOfAnySystem() throws IOException {
        assertThat(read("a,b\rc,d\re,f").pairs()).extracting(PairSet.Pair::line).containsExactly(1, 2, 3);
        assertThat(read("a,b\r\nc,d\r\n").pairs()).extracting(PairSet.Pair::line).containsExactly(1, 2);
        assertThat(read(" a ,b ").pairs().get(0).clean().text()).isEqualTo(" a ");
    }

    @Test
    void aBadRowIsNamedByItsLine() throws IOException {
        refused("Tom,Sarah\nTom\n", "pairs.csv, line 2:", "no corrupt prompt");
        refused("Tom,Sarah\n,Sarah\n", "line 2:", "no clean prompt");
        refused("Tom,Sarah\n\nTom,Sarah,went there\n", "line 3:", "“went there”", "2 tokens");
        refused("Tom,Sarah, went, ran, more\n", "line 1:", "5 fields", "in quotes");
        refused("Tom,Sarah\n\"Tom\nwent,Sarah\n", "line 2:", "never ends");
        refused("\"Tom\" went,Sarah\n", "line 1:", "behind a quoted field");
        refused("Tom, \"Sarah\"\n", "line 1:", "with no blank before");
        refused("Tom,Sarah\nTom,Sarah,#99999999\n", "line 2:", "#99999999");
    }

    @Test
    void aFileWithoutPairsIsRefused() throws IOException {
        refused("", "pairs.csv", "no pairs");
        refused("clean,corrupt\n\n", "no pairs");
        Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
        for (Path file : new Path[] {binary, folder.resolve("none.csv"), folder}) {
            assertThatExceptionOfType(ExperimentRefusal.class)
                .isThrownBy(() -> PairSet.read(file, prompt -> TOKENIZER.prompt(prompt, true), TOKENIZER::single))
                .withMessageContaining(file.toString());
        }
    }
}
