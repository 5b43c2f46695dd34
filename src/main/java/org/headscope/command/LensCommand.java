package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.headscope.analysis.LogitLens;
import org.headscope.analysis.LogitLens.Place;
import org.headscope.command.Table.Align;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The logit lens: TransformerLens's {@code accumulated_resid} with its unembedding. */
@Command(name = "lens", description = "Reads the residual stream at every half-layer and position as if the model "
    + "ended there: the likeliest next tokens, and the logits of chosen ones.")
final class LensCommand extends AnswerCommand {

    private static final int SHOWN_POSITIONS = 8;

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Option(names = "--norm", paramLabel = "HOW", defaultValue = "recomputed", converter = NormNamed.class,
        description = "What the stream is divided by: recomputed (the default: its own scale at each place, as in "
            + "TransformerLens 3) or frozen (the scale of the end, as in 2.15).")
    private LogitLens.Norm norm;

    @Option(names = "--token", paramLabel = "T", arity = "1..*", description = "Whose logits to tell: text that is one "
        + "token, where the leading space counts, or #id.")
    private List<String> tokens = List.of();

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "How many next tokens to tell of each "
        + "place; 5 if left out.")
    private int top;

    /** Finds a norm by its word. */
    private static final class NormNamed extends WordConverter<LogitLens.Norm> {

        NormNamed() {
            super(LogitLens.Norm.values());
        }
    }

    @Override
    Answer answer() {
        if (top < 1) {
            throw new Refusal("--top %d shows nothing; take at least 1.".formatted(top));
        }
        try (LoadedModel loaded = common().open()) {
            Prompt prompt = common().prompt(loaded.tokenizer(), text);
            List<Integer> ids = tokens.stream().map(loaded.tokenizer()::single).toList();
            LogitLens lens = loaded.compute(model -> lens(model, prompt, ids));
            Words words = new Words(loaded.tokenizer());
            Answer answer = loaded.answer().prompt("tokens", prompt)
                .put("norm", new JsonPrimitive(norm.name().toLowerCase(Locale.ROOT)))
                .put("layers", Json.strings(lens.layers()))
                .put("top", top(lens, words))
                .put("logits", logits(lens, ids.size()))
                .put("ranks", ranks(lens, ids.size()))
                .table(strip(lens, prompt, words));
            for (int token = 0; token < ids.size(); token++) {
                answer.table(course(lens, token, words.label(ids.get(token))));
            }
            return answer.seconds(loaded.seconds());
        }
    }

    private LogitLens lens(Gpt2 model, Prompt prompt, List<Integer> ids) {
        int layers = model.config().layers();
        Run run = model.run(prompt.ids(), RunOptions.plain().lastLogitsOnly()
            .keeping(hook -> LogitLens.needs(hook, layers)));
        return LogitLens.of(model, run, norm, top, ids, read -> { }, new Cancellation());
    }

    /** [layer][position] */
    private static JsonArray top(LogitLens lens, Words words) {
        JsonArray json = new JsonArray();
        for (int layer = 0; layer < lens.layers().size(); layer++) {
            JsonArray positions = new JsonArray();
            for (int position = 0; position < lens.positions(); position++) {
                positions.add(words.json(lens.at(layer, position).top()));
            }
            json.add(positions);
        }
        return json;
    }

    /** [token][layer][position] */
    private static JsonArray logits(LogitLens lens, int tokens) {
        JsonArray json = new JsonArray();
        for (int token = 0; token < tokens; token++) {
            JsonArray layers = new JsonArray();
            for (int layer = 0; layer < lens.layers().size(); layer++) {
                JsonArray positions = new JsonArray();
                for (int position = 0; position < lens.positions(); position++) {
                    positions.add(Json.number(lens.at(layer, position).logits().get(token)));
                }
                layers.add(positions);
            }
            json.add(layers);
        }
        return json;
    }

    /** [token][layer][position] */
    private static JsonArray ranks(LogitLens lens, int tokens) {
        JsonArray json = new JsonArray();
        for (int token = 0; token < tokens; token++) {
            JsonArray layers = new JsonArray();
            for (int layer = 0; layer < lens.layers().size(); layer++) {
                layers.add(Json.integers(ranks(lens, layer, token)));
            }
            json.add(layers);
        }
        return json;
    }

    private static int[] ranks(LogitLens lens, int layer, int token) {
        return IntStream.range(0, lens.positions()).map(position -> lens.at(layer, position).ranks().get(token))
            .toArray();
    }

    /** The likeliest token of each place, at the last positions. */
    private static Table strip(LogitLens lens, Prompt prompt, Words words) {
        int first = Math.max(0, lens.positions() - SHOWN_POSITIONS);
        Table table = new Table().column("after", Align.LEFT);
        prompt.labels().subList(first, lens.positions()).forEach(label -> table.column(label, Align.LEFT));
        for (int layer = 0; layer < lens.layers().size(); layer++) {
            List<String> cells = new ArrayList<>(List.of(lens.layers().get(layer)));
            for (int position = first; position < lens.positions(); position++) {
                cells.add(words.label(lens.at(layer, position).top().get(0).id()));
            }
            table.row(cells);
        }
        return table;
    }

    /** One token through the layers, at the last position. */
    private static Table course(LogitLens lens, int token, String label) {
        Table table = new Table().column("after", Align.LEFT).column("logit of " + label, Align.RIGHT)
            .column("rank", Align.RIGHT);
        for (int layer = 0; layer < lens.layers().size(); layer++) {
            Place place = lens.at(layer, lens.positions() - 1);
            table.row(lens.layers().get(layer), Text.number(place.logits().get(token)),
                Integer.toString(place.ranks().get(token)));
        }
        return table;
    }
}
