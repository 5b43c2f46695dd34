package org.headscope.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.headscope.patching.Metric;
import org.headscope.patching.PairSet;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.TokenRefusal;
import org.headscope.tokens.Tokenizer;

/**
 * What stands after {@code --metric}.
 *
 * @param kind what is measured
 * @param tokens of what, one or two; none for a divergence, and where each pair of prompts brings its own
 */
record MetricOption(Kind kind, List<Integer> tokens) {

    private static final String SEPARATOR = ":";

    /** What can be measured at the last position. */
    enum Kind {
        LOGIT("logit", 1, "logit"),
        DIFFERENCE("diff", 2, "logit difference"),
        LOG_PROB("logprob", 1, "log-probability"),
        PROB("prob", 1, "probability"),
        DIVERGENCE("kl", 0, "divergence from the clean run, in nats");

        private final String word;
        private final int tokens;
        private final String label;

        Kind(String word, int tokens, String label) {
            this.word = word;
            this.tokens = tokens;
            this.label = label;
        }
    }

    /**
     * Reads {@code logit:T}, {@code diff:T:U}, {@code logprob:T}, {@code prob:T} or {@code kl}. A token may hold colons
     * itself: T and U part at the last one that leaves one token on each side.
     *
     * @throws Refusal if it is none of these, or names what is no token
     */
    static MetricOption parse(String text, Tokenizer tokenizer) {
        int colon = text.indexOf(SEPARATOR);
        String word = colon < 0 ? text : text.substring(0, colon);
        Kind kind = Arrays.stream(Kind.values()).filter(k -> k.word.equals(word)).findFirst()
            .filter(k -> colon < 0 || k.tokens > 0).orElseThrow(() -> new Refusal(
                "--metric takes logit:T, diff:T:U, logprob:T, prob:T or kl, not “%s”.".formatted(
                    Text.shortened(text))));
        if (colon < 0) {
            return new MetricOption(kind, List.of());
        }
        String rest = text.substring(colon + 1);
        return new MetricOption(kind,
            kind.tokens == 1 ? List.of(tokenizer.single(rest)) : twoTokens(rest, tokenizer));
    }

    private static List<Integer> twoTokens(String text, Tokenizer tokenizer) {
        if (!text.contains(SEPARATOR)) {
            throw new Refusal("--metric diff:%s names one token; write two, such as diff:T:U.".formatted(
                Text.shortened(text)));
        }
        List<TokenRefusal> refusals = new ArrayList<>();
        for (int colon = text.lastIndexOf(SEPARATOR); colon >= 0; colon = text.lastIndexOf(SEPARATOR, colon - 1)) {
            try {
                List<Integer> pair = List.of(tokenizer.single(text.substring(0, colon)),
                    tokenizer.single(text.substring(colon + 1)));
                if (pair.get(0).equals(pair.get(1))) {
                    throw new Refusal("--metric diff:%s takes a token from itself; name another one.".formatted(
                        Text.shortened(text)));
                }
                return pair;
            } catch (TokenRefusal e) {
                refusals.add(e);
            }
        }
        if (refusals.size() == 1) {
            throw refusals.get(0);
        }
        throw new Refusal("No colon in “%s” has one token on each side; name tokens by #id.".formatted(
            Text.shortened(text)));
    }

    /** @throws Refusal if its tokens are missing */
    Metric metric() {
        if (tokens.size() < kind.tokens) {
            throw new Refusal("--metric %s needs %s, such as %s; only the rows of --pairs bring their own.".formatted(
                kind.word, kind.tokens == 1 ? "a token" : "two tokens",
                kind.word + (kind.tokens == 1 ? ":T" : ":T:U")));
        }
        return of(tokens);
    }

    /** @throws Refusal if its tokens stand neither here nor in the pair */
    Metric metric(PairSet.Pair pair) {
        if (tokens.size() == kind.tokens) {
            return of(tokens);
        }
        List<Integer> own = new ArrayList<>(List.of(required(pair.answer(), "answer")));
        if (kind.tokens == 2) {
            own.add(required(pair.wrong(), "wrong"));
        }
        return of(own);
    }

    private int required(OptionalInt token, String column) {
        return token.orElseThrow(() -> new Refusal(("there is no %s token, which the metric %s needs; write one, or "
            + "name the same for all pairs, such as --metric %s.").formatted(column, kind.word,
            kind.word + (kind.tokens == 1 ? ":T" : ":T:U"))));
    }

    private Metric of(List<Integer> ids) {
        return switch (kind) {
            case LOGIT -> new Metric.Logit(ids.get(0));
            case DIFFERENCE -> new Metric.Difference(ids.get(0), ids.get(1));
            case LOG_PROB -> new Metric.LogProb(ids.get(0));
            case PROB -> new Metric.Prob(ids.get(0));
            case DIVERGENCE -> new Metric.Divergence();
        };
    }

    /** What is measured, of which tokens. */
    String label(Tokenizer tokenizer) {
        String of = tokens.stream().map(id -> "“" + tokenizer.token(id).label() + "”")
            .collect(Collectors.joining(" − "));
        if (kind.tokens > 0 && tokens.isEmpty()) {
            return kind.label + " of " + (kind.tokens == 1 ? "each pair’s answer" : "each pair’s answer − wrong");
        }
        return of.isEmpty() ? kind.label : kind.label + " " + of;
    }

    /** What is measured, in short. */
    String shortLabel() {
        return kind.tokens == 0 ? "divergence" : kind.label;
    }
}
