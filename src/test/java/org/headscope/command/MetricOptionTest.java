package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.headscope.Fixture;
import org.headscope.patching.Metric;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MetricOptionTest {

    private static final Tokenizer TOKENIZER = Tokenizer.load(Fixture.DEMO.model().path());
    private static final int COLON = 25;

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    private static MetricOption parse(String text) {
        return MetricOption.parse(text, TOKENIZER);
    }

    private static void refused(String text, String... parts) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> parse(text).metric())
            .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts).endsWith("."));
    }

    @Test
    void everyMetricHasItsWord() {
        assertThat(parse("logit: went").metric()).isEqualTo(new Metric.Logit(1816));
        assertThat(parse("logit:#1816").metric()).isEqualTo(new Metric.Logit(1816));
        assertThat(parse("diff: went: travelled").metric()).isEqualTo(new Metric.Difference(1816, 21650));
        assertThat(parse("logprob: went").metric()).isEqualTo(new Metric.LogProb(1816));
        assertThat(parse("prob: went").metric()).isEqualTo(new Metric.Prob(1816));
        assertThat(parse("kl").metric()).isEqualTo(new Metric.Divergence());
        assertThat(parse("diff: went:#21650").label(TOKENIZER)).isEqualTo("logit difference “·went” − “·travelled”");
    }

    @Test
    void aTokenMayHoldColons() {
        assertThat(parse("logit::").metric()).isEqualTo(new Metric.Logit(COLON));
        assertThat(parse("diff::: went").tokens()).isEqualTo(List.of(COLON, 1816));
        assertThat(parse("diff: went::").tokens()).isEqualTo(List.of(1816, COLON));
        // The last colon that has a token on each side: “::” and “:”, not “:” and “::”.
        assertThat(parse("diff:::::").tokens()).isEqualTo(List.of(TOKENIZER.single("::"), COLON));
    }

    @Test
    void anythingElseIsRefused() {
        refused("loss: went", "“loss: went”", "logprob:T");
        refused("kl: went", "“kl: went”");
        refused("", "“”");
        refused("logit", "needs a token", "logit:T");
        refused("diff", "two tokens", "diff:T:U");
        refused("diff: went", "names one token");
        refused("diff: went: went", "from itself");
        refused("diff: went: went there", "“ went there”", "2 tokens");
        refused("diff: went there: went", "2 tokens");
        refused("diff:no:such:pair here", "No colon", "#id");
        refused("logit:went there", "“went there”", "2 tokens");
        refused("logit:", "empty");
        refused("logit:#99999999", "#99999999");
    }
}
