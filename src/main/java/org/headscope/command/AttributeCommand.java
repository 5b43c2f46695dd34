package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.headscope.analysis.LogitAttribution;
import org.headscope.analysis.LogitAttribution.Neuron;
import org.headscope.analysis.LogitAttribution.Part;
import org.headscope.analysis.LogitAttribution.Target;
import org.headscope.command.Table.Align;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Direct logit attribution: TransformerLens's {@code logit_attrs}, with the bias that it leaves out. */
@Command(name = "attribute", description = "Tells what each head, part or neuron adds to a token's logit at the last "
    + "position, or to the difference of two.")
final class AttributeCommand extends AnswerCommand {

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Option(names = "--token", paramLabel = "T", required = true, description = "Whose logit: text that is one token, "
        + "where the leading space counts, or #id.")
    private String token;

    @Option(names = "--versus", paramLabel = "U", description = "The token whose logit is taken away.")
    private String versus;

    @Option(names = "--by", paramLabel = "WHAT", defaultValue = "head", converter = By.Named.class, description =
        "head (the default), part (embeddings, attention and MLP of each layer) or neuron.")
    private By by;

    @Option(names = "--top", paramLabel = "N", description = "How many neurons to tell that add most, and that take "
        + "away most; 10 if left out.")
    private Integer top;

    /** What stands alone in the sum. */
    private enum By {
        HEAD, PART, NEURON;

        /** Finds one by its word. */
        static final class Named extends WordConverter<By> {

            Named() {
                super(By.values());
            }
        }
    }

    /** What was found: some parts of the sum, and the rest of it together. */
    private record Outcome(List<String> labels, JsonArray values, List<Double> flat, double bias, double total,
                           double logit) {

        double[][] grid(int heads) {
            return IntStream.range(0, flat.size() / heads).mapToObj(layer -> flat.subList(layer * heads,
                (layer + 1) * heads).stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new);
        }

        double remainder() {
            return total - bias - flat.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    @Override
    Answer answer() {
        if (top != null && (by != By.NEURON || top < 1)) {
            throw new Refusal(top < 1 ? "--top %d shows nothing; take at least 1.".formatted(top)
                : "--top is about neurons; add --by neuron or leave it out.");
        }
        try (LoadedModel loaded = common().open()) {
            Prompt prompt = common().prompt(loaded.tokenizer(), text);
            Target target = new Target(loaded.tokenizer().single(token), versus == null ? OptionalInt.empty()
                : OptionalInt.of(loaded.tokenizer().single(versus)));
            Outcome outcome = loaded.compute(model -> outcome(model, prompt, target));
            Words words = new Words(loaded.tokenizer());
            String what = "“" + words.label(target.token()) + "”" + (target.versus().isEmpty() ? ""
                : " − “" + words.label(target.versus().getAsInt()) + "”");
            Answer answer = loaded.answer().prompt("tokens", prompt)
                .put("by", new JsonPrimitive(by.name().toLowerCase(Locale.ROOT)))
                .put("labels", Json.strings(outcome.labels()))
                .put("values", outcome.values())
                .put("remainder", Json.number(outcome.remainder()))
                .put("bias", Json.number(outcome.bias()))
                .put("total", Json.number(outcome.total()))
                .put("logit", Json.number(outcome.logit()))
                .fact("logit", what)
                .table(by == By.HEAD ? HeadTable.of("adds", outcome.grid(loaded.config().heads())) : list(outcome))
                .table(closing(outcome));
            return answer.seconds(loaded.seconds());
        }
    }

    private Outcome outcome(Gpt2 model, Prompt prompt, Target target) {
        Run run = model.run(prompt.ids(), RunOptions.plain().lastLogitsOnly().keeping(LogitAttribution::needs));
        LogitAttribution attribution = new LogitAttribution(model, run, prompt.size() - 1, target);
        Logits logits = run.logits(-1);
        double logit = logits.logit(target.token())
            - (target.versus().isEmpty() ? 0.0 : logits.logit(target.versus().getAsInt()));
        List<String> labels = new ArrayList<>();
        List<Double> flat = new ArrayList<>();
        JsonArray values = switch (by) {
            case HEAD -> {
                double[][] heads = attribution.heads();
                for (int layer = 0; layer < heads.length; layer++) {
                    for (int head = 0; head < heads[layer].length; head++) {
                        labels.add(new Head(layer, head).toString());
                        flat.add(heads[layer][head]);
                    }
                }
                yield Json.matrix(heads);
            }
            case PART -> addAll(attribution.parts().stream().map(Part::label).toList(),
                attribution.parts().stream().map(Part::value).toList(), labels, flat);
            case NEURON -> {
                List<Neuron> neurons = attribution.neurons(top == null ? 10 : top);
                yield addAll(neurons.stream().map(Neuron::label).toList(),
                    neurons.stream().map(Neuron::value).toList(), labels, flat);
            }
        };
        return new Outcome(labels, values, flat, attribution.bias(), attribution.total(), logit);
    }

    private static JsonArray addAll(List<String> someLabels, List<Double> someValues, List<String> labels,
                                    List<Double> flat) {
        labels.addAll(someLabels);
        flat.addAll(someValues);
        JsonArray json = new JsonArray();
        someValues.forEach(value -> json.add(Json.number(value.doubleValue())));
        return json;
    }

    private static Table list(Outcome outcome) {
        Table table = new Table().column("part", Align.LEFT).column("adds", Align.RIGHT);
        for (int i = 0; i < outcome.labels().size(); i++) {
            table.row(outcome.labels().get(i), Text.number(outcome.flat().get(i)));
        }
        return table;
    }

    private Table closing(Outcome outcome) {
        String shown = switch (by) {
            case HEAD -> "all heads";
            case PART -> "all parts";
            case NEURON -> "these neurons";
        };
        Table table = new Table().column("sum", Align.LEFT).column("", Align.RIGHT)
            .row(shown, Text.number(outcome.flat().stream().mapToDouble(Double::doubleValue).sum()));
        if (by != By.PART) {
            table.row("all else", Text.number(outcome.remainder()));
        }
        return table.row("bias", Text.number(outcome.bias())).row("total", Text.number(outcome.total()))
            .row("logit of the run", Text.number(outcome.logit()));
    }
}
