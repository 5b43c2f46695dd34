package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headscope.Fixture;
import org.headscope.TestModels;
import org.headscope.analysis.LogitAttribution.Target;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bundled model's card says of its heads is what comes out. */
class ModelCardTest {

    /** The card's figures have three digits after the point. */
    private static final double ROUNDED = 0.0006;
    private static final Fixture DEMO = Fixture.DEMO;
    private static final Pattern NUMBER_OF_HEAD = Pattern.compile("(-?\\d\\.\\d{3}) \\(L(\\d)H(\\d)\\)");
    private static final Pattern HEADS_NUMBER = Pattern.compile("L(\\d)H(\\d) (-?\\d\\.\\d{3})");

    private static String card;

    @BeforeAll
    static void read() throws IOException {
        card = Files.readString(DEMO.model().path().resolve("MODEL_CARD.md")).replaceAll("\\s+", " ");
    }

    /** The part of the card between two phrases. */
    private static String between(String from, String to) {
        assertThat(card).contains(from).contains(to);
        int start = card.indexOf(from);
        return card.substring(start, card.indexOf(to, start));
    }

    private static Map<Head, Double> numbers(String text) {
        Map<Head, Double> numbers = new LinkedHashMap<>();
        for (Matcher at = NUMBER_OF_HEAD.matcher(text); at.find();) {
            numbers.put(new Head(Integer.parseInt(at.group(2)), Integer.parseInt(at.group(3))),
                Double.valueOf(at.group(1)));
        }
        for (Matcher at = HEADS_NUMBER.matcher(text); at.find();) {
            numbers.put(new Head(Integer.parseInt(at.group(1)), Integer.parseInt(at.group(2))),
                Double.valueOf(at.group(3)));
        }
        return numbers;
    }

    private static Target difference() {
        int[] pair = Fixture.ints(DEMO.facts().getAsJsonObject("metric").getAsJsonArray("difference"));
        return new Target(pair[0], OptionalInt.of(pair[1]));
    }

    private static double difference(Run run) {
        Logits logits = run.logits(-1);
        return logits.logit(difference().token()) - logits.logit(difference().versus().getAsInt());
    }

    private static double differenceWith(String prompt, Head head, Replacement replacement) {
        Gpt2 model = TestModels.model(DEMO);
        return difference(TestModels.run(model, DEMO.ids(prompt), RunOptions.plain()
            .with(List.of(new Intervention(Site.parse(head + ".z", model.config()), replacement)))));
    }

    @Test
    void induction() {
        Map<Head, Double> said = numbers(between("the induction scores are", "The previous-token"));

        Tensor scores = DEMO.tensor("repeated/induction");
        assertThat(said).hasSize(3);
        said.forEach((head, score) -> assertThat((double) scores.get(head.layer(), head.head())).as(head.toString())
            .isCloseTo(score, within(ROUNDED)));
    }

    @Test
    void previousToken() {
        Map<Head, Double> said = numbers(between("previous-token scores are", "The window takes"));

        Tensor scores = DEMO.tensor("repeated/previous");
        assertThat(said).hasSize(2);
        said.forEach((head, score) -> assertThat((double) scores.get(head.layer(), head.head())).as(head.toString())
            .isCloseTo(score, within(ROUNDED)));
    }

    @Test
    void anotherDrawOfTwentyTokens() {
        String said = between("Each draw of tokens", "So L0H0");

        HeadScores induction = TestModels.RUNTIME.call(() -> RepeatedTokens.random(50257, OptionalInt.of(50256), 20, 2,
            0).scores(TestModels.model(DEMO), new Cancellation())).induction();
        assertThat(said).contains(String.format(Locale.ROOT, "`heads --repeat 20` prints %.3f for L1H0 and %.3f for L2H0",
            induction.get(new Head(1, 0)), induction.get(new Head(2, 0))));
    }

    @Test
    void whatTheWindowMeasuresAtItsStart() {
        Map<Head, Double> induction = numbers(between("The window takes", "for induction"));
        Map<Head, Double> previous = numbers(between("for induction and", "So L0H0"));

        RepeatedTokens.Scores scores = TestModels.RUNTIME.call(() -> RepeatedTokens.random(50257, OptionalInt.of(50256),
            50, 2, 0).scores(TestModels.model(DEMO), new Cancellation()));
        assertThat(induction).hasSize(2);
        induction.forEach((head, score) -> assertThat(scores.induction().get(head)).isCloseTo(score, within(ROUNDED)));
        assertThat(scores.induction().ranked()).startsWith(induction.keySet().toArray(Head[]::new));
        assertThat(previous).hasSize(1);
        previous.forEach((head, score) -> assertThat(scores.previous().get(head)).isCloseTo(score, within(ROUNDED)));
    }

    @Test
    void attribution() {
        Map<Head, Double> said = numbers(between("Direct logit attribution", "- On 20 random"));
        Gpt2 model = TestModels.model(DEMO);
        double[][] heads = TestModels.RUNTIME.call(() -> {
            Run run = model.run(DEMO.ids("clean"), RunOptions.plain().keeping(LogitAttribution::needs));
            return new LogitAttribution(model, run, DEMO.ids("clean").length - 1, difference()).heads();
        });

        assertThat(said).hasSize(4);
        said.forEach((head, value) -> assertThat(heads[head.layer()][head.head()]).as(head.toString())
            .isCloseTo(value, within(ROUNDED)));
    }

    @Test
    void zeroedHeads() {
        Map<Head, Double> said = numbers(between("zero in the clean run", "- Direct logit"));

        assertThat(said).hasSize(3);
        said.forEach((head, value) -> assertThat(differenceWith("clean", head, new Replacement.Constant(0)))
            .as(head.toString()).isCloseTo(value, within(ROUNDED)));
    }
}
