package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.headscope.analysis.HeadDetector;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.model.Cancellation;
import org.headscope.model.HookPoint;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.NearRepeat;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Token;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** TransformerLens's {@code detect_head}, and its demos' scores on repeated tokens. */
@Command(name = "heads", description = "Scores every head: on a prompt by how well its attention agrees with a kind of "
    + "head, or on tokens that repeat by where it looks back to.")
final class HeadsCommand extends AnswerCommand {

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "Text, or ids with --ids; with --period several.")
    private List<String> texts = List.of();

    @Option(names = "--detector", paramLabel = "KIND", converter = DetectorNamed.class, description = "previous (the "
        + "default), duplicate, induction, first or self.")
    private HeadDetector detector;

    @Option(names = "--measure", paramLabel = "HOW", converter = MeasureNamed.class, description = "mul (the default: "
        + "the share of attention where it is expected) or abs (1 minus the mean absolute difference).")
    private HeadDetector.Measure measure;

    @Option(names = "--exclude-bos", description = "Leave out attention to the first position.")
    private boolean excludeBos;

    @Option(names = "--exclude-current", description = "Leave out attention of each token to itself.")
    private boolean excludeCurrent;

    @Option(names = "--alike", description = "Take tokens that differ only in a leading space or in case as the same.")
    private boolean alike;

    @Option(names = "--repeat", paramLabel = "N", description = "Score on N random tokens, repeated once, without BOS.")
    private Integer repeat;

    @Option(names = "--batch", paramLabel = "B", description = "How many rows of random tokens; 2 if left out.")
    private Integer batch;

    @Option(names = "--seed", paramLabel = "S", description = "Which random tokens; 0 if left out.")
    private Long seed;

    @Option(names = "--period", paramLabel = "N", description = "Score on prompts that repeat after N tokens.")
    private Integer period;

    /** Finds a detector by its word. */
    private static final class DetectorNamed implements ITypeConverter<HeadDetector> {

        @Override
        public HeadDetector convert(String word) {
            return Arrays.stream(HeadDetector.values()).filter(detector -> detector.id().equals(word)).findFirst()
                .orElseThrow(() -> new TypeConversionException("“%s” is none of %s".formatted(Text.shortened(word),
                    Arrays.stream(HeadDetector.values()).map(HeadDetector::id).collect(Collectors.joining(", ")))));
        }
    }

    /** Finds a measure by its word. */
    private static final class MeasureNamed implements ITypeConverter<HeadDetector.Measure> {

        @Override
        public HeadDetector.Measure convert(String word) {
            return switch (word) {
                case "mul" -> HeadDetector.Measure.MUL;
                case "abs" -> HeadDetector.Measure.ABS;
                default -> throw new TypeConversionException("“%s” is none of mul, abs"
                    .formatted(Text.shortened(word)));
            };
        }
    }

    @Override
    Answer answer() {
        check();
        try (LoadedModel loaded = common().open()) {
            if (repeat == null && period == null) {
                return detect(loaded);
            }
            return repeat == null ? scoreGiven(loaded) : scoreRandom(loaded);
        }
    }

    private void check() {
        boolean detects = detector != null || measure != null || excludeBos || excludeCurrent
            || alike;
        if (detects && (repeat != null || period != null)) {
            throw new Refusal("--repeat and --period give three scores of their own; leave --detector, --measure, "
                + "--exclude-… and --alike out.");
        }
        if (repeat != null && (period != null || !texts.isEmpty())) {
            throw new Refusal("--repeat makes its own tokens; leave the prompt and --period out.");
        }
        if (repeat == null && (batch != null || seed != null)) {
            throw new Refusal("--batch and --seed are about random tokens; add --repeat N or leave them out.");
        }
        if (repeat == null && texts.isEmpty()) {
            throw new Refusal("There is no prompt; give one, or --repeat N for random tokens.");
        }
        if (period == null && texts.size() > 1) {
            throw new Refusal("There are %d prompts, but only --period takes several; put a prompt of several words in "
                .formatted(texts.size()) + "quotes.");
        }
    }

    private Answer detect(LoadedModel loaded) {
        Prompt prompt = common().prompt(loaded.tokenizer(), texts.get(0));
        HeadDetector kind = detector == null ? HeadDetector.PREVIOUS : detector;
        HeadDetector.Measure how = measure == null ? HeadDetector.Measure.MUL : measure;
        HeadScores scores = loaded.compute(model -> {
            Run run = model.run(prompt.ids(), model.fitting(prompt.size(), RunOptions.plain().lastLogitsOnly()
                .keeping(hook -> hook.point() == HookPoint.PATTERN)));
            return HeadScores.detect(run, kind.target(alike ? prompt.idsOfAlike() : prompt.ids()), how,
                new HeadDetector.Exclude(excludeBos, excludeCurrent));
        });
        Answer answer = loaded.answer().prompt("tokens", prompt)
            .put("detector", new JsonPrimitive(kind.id()))
            .put("measure", new JsonPrimitive(how.name().toLowerCase(Locale.ROOT)))
            .put("values", Json.matrix(scores.values()));
        HeadTable.add(answer, kind.label(), scores);
        if (!alike && (kind == HeadDetector.DUPLICATE || kind == HeadDetector.INDUCTION)) {
            prompt.nearRepeats().forEach(pair -> answer.line(warning(prompt, pair)));
        }
        return answer.seconds(loaded.seconds());
    }

    private static String warning(Prompt prompt, NearRepeat pair) {
        Token earlier = prompt.tokens().get(pair.earlier());
        Token later = prompt.tokens().get(pair.later());
        return "“%s” (%d) and “%s” (%d) read alike but are different tokens: no repetition without --alike."
            .formatted(earlier.label(), earlier.index(), later.label(), later.index());
    }

    private Answer scoreGiven(LoadedModel loaded) {
        List<Prompt> prompts = texts.stream().map(text -> common().prompt(loaded.tokenizer(), text)).toList();
        return score(loaded, loaded.answer(), RepeatedTokens.of(prompts.stream().map(Prompt::ids).toList(), period),
            prompts);
    }

    private Answer scoreRandom(LoadedModel loaded) {
        long from = seed == null ? 0 : seed;
        RepeatedTokens tokens = RepeatedTokens.random(loaded.tokenizer().size(), loaded.tokenizer().findBos(), repeat,
            batch == null ? 2 : batch, from);
        List<Prompt> prompts = tokens.rows().stream().map(loaded.tokenizer()::ofIds).toList();
        Answer answer = loaded.answer().put("seed", new JsonPrimitive(from));
        return score(loaded, answer, tokens, prompts);
    }

    private static Answer score(LoadedModel loaded, Answer answer, RepeatedTokens tokens, List<Prompt> prompts) {
        RepeatedTokens.Scores scores = loaded.compute(model -> tokens.scores(model, new Cancellation()));
        JsonArray ids = new JsonArray();
        tokens.rows().forEach(row -> ids.add(Json.integers(row)));
        JsonObject values = new JsonObject();
        values.add("induction", Json.matrix(scores.induction().values()));
        values.add("duplicate", Json.matrix(scores.duplicate().values()));
        values.add("previous", Json.matrix(scores.previous().values()));
        answer.prompt("tokens", prompts.get(0))
            .put("ids", ids)
            .put("period", new JsonPrimitive(tokens.period()))
            .put("values", values)
            .line("period   %d, mean of %d %s".formatted(tokens.period(), prompts.size(),
                prompts.size() == 1 ? "prompt" : "prompts"));
        HeadTable.add(answer, "induction", scores.induction());
        HeadTable.add(answer, "duplicate token", scores.duplicate());
        HeadTable.add(answer, "previous token", scores.previous());
        return answer.seconds(loaded.seconds());
    }
}
