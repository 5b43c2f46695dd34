package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.headscope.analysis.Generation;
import org.headscope.analysis.Generation.Step;
import org.headscope.analysis.Sampling;
import org.headscope.command.Table.Align;
import org.headscope.tokens.Prompt;
import org.headscope.tokens.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** TransformerLens's {@code generate}. */
@Command(name = "generate", description = "Continues a prompt, token by token.")
final class GenerateCommand extends AnswerCommand {

    private static final int CANDIDATES = 5;

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Option(names = "--new", paramLabel = "N", defaultValue = "20", description = "How many tokens to add; 20 if left "
        + "out.")
    private int count;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0", description = "0 (the default) takes the "
        + "likeliest token each time; 1 draws as the model says, more draws more evenly.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw from the K likeliest tokens.")
    private Integer topK;

    @Option(names = "--top-p", paramLabel = "P", description = "Draw from the likeliest tokens whose probabilities "
        + "reach P, after --top-k.")
    private Double topP;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Which tokens are drawn; 0 if left "
        + "out.")
    private long seed;

    @Override
    Answer answer() {
        Sampling sampling = new Sampling(temperature, topK == null ? OptionalInt.empty() : OptionalInt.of(topK),
            topP == null ? OptionalDouble.empty() : OptionalDouble.of(topP), seed);
        try (LoadedModel loaded = common().open(); Progress progress = Progress.on(err(), "tokens")) {
            Prompt prompt = common().prompt(loaded.tokenizer(), text);
            int[] done = {0};
            List<Step> steps = loaded.compute(model -> Generation.run(model, prompt.ids(), count, sampling, CANDIDATES,
                step -> progress.show(++done[0], count), interrupt().listen()));
            int[] ids = steps.stream().mapToInt(Step::id).toArray();
            Words words = new Words(loaded.tokenizer());
            String added = decoded(loaded.tokenizer(), ids);
            JsonArray top = new JsonArray();
            steps.forEach(step -> top.add(words.json(step.top())));
            Answer answer = loaded.answer().prompt("tokens", prompt)
                .put("ids", Json.integers(ids))
                .put("text", new JsonPrimitive(added))
                .put("top", top)
                .put("seed", new JsonPrimitive(seed));
            if (sampling.isGreedy() && (topK != null || topP != null)) {
                answer.line("At temperature 0 the likeliest token is taken, whatever --top-k and --top-p leave.");
            }
            return answer.fact("adds", added).table(table(steps, words)).seconds(loaded.seconds());
        }
    }

    /** An embedding may have more rows than the tokenizer has ids: those add no text. */
    private static String decoded(Tokenizer tokenizer, int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).filter(id -> id < tokenizer.size()).toArray());
    }

    private static Table table(List<Step> steps, Words words) {
        Table table = new Table().column("new token", Align.LEFT).column("prob", Align.RIGHT)
            .column("likeliest", Align.LEFT);
        for (Step step : steps) {
            table.row(words.label(step.id()), Text.probability(step.prob()), step.top().stream()
                .map(candidate -> words.label(candidate.id()) + " " + Text.probability(candidate.prob()))
                .collect(Collectors.joining("  ")));
        }
        return table;
    }
}
