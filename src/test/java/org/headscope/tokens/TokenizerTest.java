package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    private static final String BOS = "<|endoftext|>";

    private static Tokenizer gpt2;

    @BeforeAll
    static void load() {
        gpt2 = Tokenizer.load(Fixture.DEMO.model().path());
    }

    @AfterAll
    static void close() {
        gpt2.close();
    }

    static Stream<Arguments> recordedPrompts() {
        return Stream.of(Fixture.TINY, Fixture.SMALL, Fixture.DEMO).flatMap(fixture ->
            Stream.of("clean", "corrupt", "text").map(run -> Arguments.of(fixture, run)));
    }

    @ParameterizedTest
    @MethodSource("recordedPrompts")
    void tokenizesAsTransformerLensDoes(Fixture fixture, String run) {
        JsonObject expected = fixture.facts().getAsJsonObject(run);
        int[] ids = expected.getAsJsonArray("ids").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
        List<String> texts = expected.getAsJsonArray("tokens").asList().stream().map(JsonElement::getAsString).toList();

        try (Tokenizer tokenizer = Tokenizer.load(fixture.model().path())) {
            Prompt prompt = tokenizer.prompt(expected.get("prompt").getAsString(), true);

            assertThat(prompt.ids()).containsExactly(ids);
            assertThat(prompt.texts()).isEqualTo(texts);
            assertThat(prompt.bos()).isTrue();
            assertThat(prompt.tokens().get(0)).isEqualTo(
                new Token(0, tokenizer.bos(), BOS, BOS.getBytes(StandardCharsets.UTF_8), 0, 0));
            assertCovers(prompt);
        }
    }

    @Test
    void sizeIsOneMoreThanTheHighestId() {
        assertThat(gpt2.size()).isEqualTo(50257);
        assertThat(gpt2.bos()).isEqualTo(50256);
    }

    @Test
    void placesTokensInTheText() {
        Prompt prompt = gpt2.prompt("Tom went.", true);
        assertThat(prompt.tokens()).extracting(Token::index, Token::id, Token::text, Token::start, Token::end)
            .containsExactly(
                tuple(0, 50256, BOS, 0, 0), tuple(1, 13787, "Tom", 0, 3),
                tuple(2, 1816, " went", 3, 8), tuple(3, 13, ".", 8, 9));
    }

    @Test
    void partsOfOneCharacterShareItsSpan() {
        Prompt prompt = gpt2.prompt("a \uD83E\uDD84!", false);
        assertThat(prompt.tokens()).extracting(Token::text, Token::start, Token::end).containsExactly(
            tuple("a", 0, 1), tuple(" \uFFFD", 1, 4), tuple("\uFFFD", 2, 4), tuple("\uFFFD", 2, 4), tuple("!", 4, 5));
        assertThat(prompt.tokens().get(1).bytes()).containsExactly(' ', 0xf0, 0x9f);
        assertThat(prompt.tokens()).extracting(Token::label).containsExactly("a", "·\\xf0\\x9f", "\\xa6", "\\x84", "!");
        assertThat(gpt2.decode(prompt.ids())).isEqualTo("a \uD83E\uDD84!");
    }

    @Test
    void literalBosBecomesItsId() {
        Prompt prompt = gpt2.prompt("one" + BOS + " two" + BOS, true);
        assertThat(prompt.ids()).containsExactly(50256, 505, 50256, 734, 50256);
        assertThat(prompt.tokens()).extracting(Token::start, Token::end).containsExactly(
            tuple(0, 0), tuple(0, 3), tuple(3, 16), tuple(16, 20), tuple(20, 33));
        assertThat(gpt2.prompt(BOS, false).ids()).containsExactly(50256);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        " ", "\n", "\r\n", "a\r\nb\r\rc\n\n\nd", "\t\tx\t", "a\0b\0", "\0", "  two  spaces  ", "don't we'll THEY'RE",
        "日本語のテキスト、中文。", "한국어", "e\u0301 e\u0323\u0302 n\u0303", "👩‍👩‍👧‍👦 🇩🇪 👍🏽", "مرحبا", "नमस्ते",
        "\u00a0\u2028\u2029\u200b\u3000", "\uFEFFbom", "\uFFFD", "\uFFFF", "Ġ Ċ ġ", "<|endoftext", "x<|endoftext|>y"})
    void keepsEveryText(String text) {
        Prompt prompt = gpt2.prompt(text, false);
        assertThat(prompt.text()).isEqualTo(text);
        assertThat(gpt2.decode(prompt.ids())).isEqualTo(text);
        assertCovers(prompt);
    }

    @Test
    void loneSurrogatesAreReadAsReplacementCharacters() {
        Prompt prompt = gpt2.prompt("a\uD83Eb\uDD84", false);
        assertThat(prompt.text()).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(prompt.ids()).isEqualTo(gpt2.prompt("a\uFFFDb\uFFFD", false).ids());
        assertCovers(prompt);
    }

    @Test
    void keepsRandomTexts() {
        for (String text : randomTexts(new Random(17), 400)) {
            Prompt prompt = gpt2.prompt(text, false);
            assertThat(gpt2.decode(prompt.ids())).isEqualTo(text);
            assertCovers(prompt);
        }
    }

    @Test
    void everyIdOfOnePieceComesBackAsItself() {
        int same = 0;
        for (int id = 0; id < gpt2.size(); id += 7) {
            Token token = gpt2.token(id);
            if (token.text().indexOf('\uFFFD') < 0) {
                assertThat(gpt2.decode(id)).isEqualTo(token.text()).isEqualTo(gpt2.text(id));
                if (gpt2.prompt(token.text(), false).size() == 1) {
                    same++;
                    assertThat(gpt2.single(token.text().startsWith("#") ? "#" + id : token.text())).isEqualTo(id);
                }
            }
        }
        assertThat(same).isGreaterThan(7000);
    }

    @Test
    void longTextsAreNeitherCutNorSlow() {
        String sentence = "When John and Mary went to the shops, John gave a 🦄 to Mary. ";
        String text = sentence.repeat(100_000 / sentence.length() + 1);
        gpt2.prompt(sentence, true);

        long begin = System.nanoTime();
        Prompt prompt = gpt2.prompt(text, true);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(gpt2.decode(prompt.ids())).isEqualTo(BOS + text);
        assertCovers(prompt);
        assertThat(taken).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Timeout(20)
    void oneWordOfAHundredThousandLettersIsNoTrap() {
        String text = "ab".repeat(50_000);
        Prompt prompt = gpt2.prompt(text, false);
        assertThat(gpt2.decode(prompt.ids())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnEmptyPrompt(boolean bos) {
        assertThatThrownBy(() -> gpt2.prompt("", bos)).isInstanceOf(PromptRefusal.class)
            .hasMessage("The prompt is empty: give it some text.");
    }

    @Test
    void takesIdsAsTheyAre() {
        Prompt prompt = gpt2.ofIds(50256, 13787, 1816);
        assertThat(prompt.bos()).isFalse();
        assertThat(prompt.ids()).containsExactly(50256, 13787, 1816);
        assertThat(prompt.text()).isEqualTo(BOS + "Tom went");
        assertCovers(prompt);
    }

    @Test
    void idsNeedNotMakeWholeCharacters() {
        int[] unicorn = gpt2.prompt("\uD83E\uDD84", false).ids();
        Prompt broken = gpt2.ofIds(64, unicorn[0], 65);
        assertThat(broken.text()).isEqualTo("a\uFFFDb");
        assertThat(broken.tokens()).extracting(Token::start, Token::end)
            .containsExactly(tuple(0, 1), tuple(1, 2), tuple(2, 3));
    }

    @Test
    void refusesIdsThatDoNotExist() {
        assertThatThrownBy(() -> gpt2.ofIds(13787, 50257)).isInstanceOf(PromptRefusal.class)
            .hasMessage("There is no token 50257: ids go from 0 to 50256.");
        assertThatThrownBy(() -> gpt2.ofIds(-1)).isInstanceOf(PromptRefusal.class)
            .hasMessage("There is no token -1: ids go from 0 to 50256.");
        assertThatThrownBy(() -> gpt2.ofIds()).isInstanceOf(PromptRefusal.class);
        assertThatThrownBy(() -> gpt2.token(50257)).isInstanceOf(TokenRefusal.class).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> gpt2.text(-1)).isInstanceOf(TokenRefusal.class);
        assertThatThrownBy(() -> gpt2.decode(1, 60000)).isInstanceOf(TokenRefusal.class);
    }

    @Test
    void findsSingleTokens() {
        assertThat(gpt2.single(" Sarah")).isEqualTo(10490);
        assertThat(gpt2.single("#10490")).isEqualTo(10490);
        assertThat(gpt2.single("#0")).isZero();
        assertThat(gpt2.single("#")).isEqualTo(2);
        assertThat(gpt2.single(BOS)).isEqualTo(50256);
        assertThat(gpt2.single("\n")).isEqualTo(198);
    }

    @Test
    void takesTheDotThatItShowsForTheSpace() {
        assertThat(gpt2.single("·Sarah")).isEqualTo(10490);
        assertThat(gpt2.text(gpt2.single("·"))).isEqualTo("·");
    }

    @Test
    void refusalOfSeveralTokensShowsTheSplit() {
        assertThatThrownBy(() -> gpt2.single(" Sarahx")).isInstanceOfSatisfying(TokenRefusal.class, refusal -> {
            assertThat(refusal).hasMessage("“ Sarahx” is 2 tokens, “·Sarah” + “x”: take the first, “·Sarah”,"
                + " or give an id such as #10490.");
            assertThat(refusal.pieces()).extracting(Token::id).containsExactly(10490, 87);
        });
    }

    @Test
    void refusalOffersTheTokenWithALeadingSpace() {
        assertThatThrownBy(() -> gpt2.single("travelled")).hasMessage("“travelled” is 3 tokens,"
            + " “t” + “rave” + “lled”: take the first, “t”, or begin with a space:"
            + " “·travelled” is the one token #21650.");
    }

    @Test
    void refusalStaysOneShortLine() {
        assertThatThrownBy(() -> gpt2.single("line\nand\ttab ".repeat(500))).isInstanceOfSatisfying(TokenRefusal.class,
            refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(250).doesNotContain("\n", "\t")
                .contains("line↵and⇥tab", " + …"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#50257", "#99999999999999999999"})
    void refusesWhatNamesNoToken(String text) {
        assertThatThrownBy(() -> gpt2.single(text)).isInstanceOfSatisfying(TokenRefusal.class,
            refusal -> assertThat(refusal.pieces()).isEmpty());
    }

    @Test
    void searchRanksTokens() {
        List<Token> found = gpt2.search("went", 100);
        assertThat(found.get(0).text()).isEqualTo("went");
        assertThat(found.get(1).text()).isEqualTo(" went");
        assertThat(found).extracting(Token::text).allSatisfy(text -> assertThat(text).containsIgnoringCase("went"));
        List<Boolean> inside = found.stream()
            .map(token -> !token.text().strip().toLowerCase(Locale.ROOT).startsWith("went")).toList();
        assertThat(inside).contains(true).isSorted();
    }

    @Test
    void searchPrefersTheCaseThatWasTyped() {
        assertThat(gpt2.search("Tom", 3)).extracting(Token::text).containsExactly("Tom", "tom", " Tom");
        assertThat(gpt2.search("tom", 3)).extracting(Token::text).containsExactly("tom", "Tom", " tom");
        assertThat(gpt2.search("sarah", 2)).extracting(Token::text).containsExactly("Sarah", " Sarah");
    }

    @Test
    void searchKnowsIdsSpacesAndLimits() {
        assertThat(gpt2.search("#10490", 5)).first().isEqualTo(gpt2.token(10490));
        assertThat(gpt2.search(" Sarah", 1)).containsExactly(gpt2.token(10490));
        assertThat(gpt2.search("·Sarah", 1)).containsExactly(gpt2.token(10490));
        assertThat(gpt2.search("e", 25)).hasSize(25);
        assertThat(gpt2.search("", 5)).isEmpty();
        assertThat(gpt2.search("e", 0)).isEmpty();
        assertThat(gpt2.search("no token reads like this", 5)).isEmpty();
    }

    @Test
    void searchKeepsUpWithTyping() {
        for (int i = 0; i < 20; i++) {
            gpt2.search("e", 50);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            gpt2.search("e", 50);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin).dividedBy(10)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void manyThreadsMayUseIt() throws Exception {
        List<String> texts = randomTexts(new Random(5), 60);
        List<int[]> alone = texts.stream().map(text -> gpt2.prompt(text, true).ids()).toList();
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            int at = i;
            calls.add(() -> {
                assertThat(gpt2.prompt(texts.get(at), true).ids()).containsExactly(alone.get(at));
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (var result : threads.invokeAll(calls)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void knowsItsTextsAfterClosingButTokenizesNoMore() {
        Tokenizer tokenizer = Tokenizer.load(Fixture.TINY.model().path());
        tokenizer.close();
        tokenizer.close();
        assertThat(tokenizer.text(439)).isEqualTo(BOS);
        assertThatIllegalStateException().isThrownBy(() -> tokenizer.prompt("Tom", true));
    }

    /** Spans follow each other and cover all of the text; what overlaps are parts of one character. */
    static void assertCovers(Prompt prompt) {
        int at = 0;
        for (int i = prompt.bos() ? 1 : 0; i < prompt.size(); i++) {
            Token token = prompt.tokens().get(i);
            assertThat(token.index()).isEqualTo(i);
            assertThat(token.start()).isLessThanOrEqualTo(at);
            if (token.start() < at) {
                assertThat(prompt.text().codePointCount(token.start(), at)).isEqualTo(1);
            }
            assertThat(token.end()).isGreaterThanOrEqualTo(at).isGreaterThan(token.start());
            if (token.text().indexOf('\uFFFD') < 0) {
                assertThat(prompt.text().substring(token.start(), token.end())).isEqualTo(token.text());
            }
            at = token.end();
        }
        assertThat(at).isEqualTo(prompt.text().length());
    }

    /** Words, spaces, digits, marks and any code points at all (no surrogates), 1 to 60 pieces each. */
    static List<String> randomTexts(Random random, int count) {
        String[] pieces = {"Tom", " the", " went", "  ", "\n", "\r\n", "\t", "'s", "n't", "1234", "...", "é", "e\u0301",
            "🦄", "日本", "ß", "\0", "<|", "|>", BOS, "#", "\"", "\\", "Ġ", "\u2028"};
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(60); length > 0; length--) {
                int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
                boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
                if (surrogate || random.nextInt(3) > 0) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                } else {
                    text.appendCodePoint(random.nextBoolean() ? codePoint : codePoint % 0x3000);
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
