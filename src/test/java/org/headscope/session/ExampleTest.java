package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.headscope.TestModels;
import org.headscope.model.Logits;
import org.headscope.model.RunOptions;
import org.headscope.tokens.Prompt;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleTest {

    private static OpenModel bundled;

    @BeforeAll
    static void open() {
        bundled = OpenModel.open(ModelFolder.DEMO, Processing.TRANSFORMERLENS, TestModels.RUNTIME);
    }

    @AfterAll
    static void close() {
        bundled.close();
    }

    static Iterable<Example> examples() {
        return Example.ALL;
    }

    private static Prompt prompt(String text) {
        return bundled.tokenizer().prompt(text, true);
    }

    private static Logits logits(String text) {
        return TestModels.RUNTIME.call(() -> bundled.gpt2().run(prompt(text).ids(),
            RunOptions.plain().lastLogitsOnly()).logits(-1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bothPromptsCanBePatched(Example example) {
        assertThat(prompt(example.clean()).size()).isEqualTo(prompt(example.corrupt()).size());
        assertThat(prompt(example.clean()).firstDifference(prompt(example.corrupt()))).isPositive();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theTokensThatAreWatchedAreThere(Example example) {
        Document document = example.into(Document.notebook(), bundled.tokenizer());
        assertThat(document.pins()).hasSize(example.answer().isEmpty() ? 0 : 2);
        assertThat(document.clean()).isEqualTo(example.clean());
        assertThat(document.corrupt()).isEqualTo(example.corrupt());
        assertThat(document.patches()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsSaidOfTheBundledModelIsTrue(Example example) {
        Logits clean = logits(example.clean());
        Logits corrupt = logits(example.corrupt());
        int answer = token(example.answer(), clean);
        int wrong = token(example.wrong(), corrupt);
        boolean tellsApart = clean.logit(answer) > clean.logit(wrong) && corrupt.logit(wrong) > corrupt.logit(answer);
        assertThat(tellsApart).isEqualTo(example.bundledToo());
        assertThat(example.models()).contains(tellsApart ? "can do" : "cannot do");
    }

    private static int token(String text, Logits otherwise) {
        return text.isEmpty() ? otherwise.top(1).get(0).id() : bundled.tokenizer().single(text);
    }
}
