package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.headscope.command.Table.Align;
import org.headscope.model.Hook;
import org.headscope.model.Logits;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Safetensors;
import org.headscope.weights.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** TransformerLens's {@code run_with_cache}. */
@Command(name = "run", description = "Runs a prompt once: its loss, the likeliest next tokens, and on request its "
    + "activations.")
final class RunCommand extends AnswerCommand {

    private static final String ENDING = ".safetensors";

    @Parameters(paramLabel = "PROMPT", description = "Text, or ids with --ids.")
    private String text;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10",
        description = "How many next tokens to show; 10 if left out.")
    private int top;

    @Option(names = "--out", paramLabel = "F.safetensors",
        description = "Write activations and logits, under TransformerLens's names and with the batch dimension.")
    private Path out;

    @Option(names = "--hooks", paramLabel = "GLOB", description = "Which activations, such as 'blocks.*.attn.hook_*'. "
        + "Left out, those that run_with_cache keeps.")
    private String glob;

    @Override
    Answer answer() {
        check();
        try (LoadedModel loaded = common().open()) {
            Prompt prompt = common().prompt(loaded.tokenizer(), text);
            RunOptions options = RunOptions.plain().keeping(keep(loaded.config().layers()));
            Run run = loaded.compute(model -> model.run(prompt.ids(), options));
            Logits last = run.logits(-1);
            double loss = run.loss(prompt.ids());
            Answer answer = loaded.answer().prompt("tokens", prompt)
                .put("loss", Json.number(loss))
                .line("loss     " + (prompt.size() < 2 ? "none: there is no next token" : Text.probability(loss)));
            run.overflow().ifPresent(hook -> answer.put("overflow", new JsonPrimitive(hook))
                .line("overflow the numbers become too large for single precision at " + hook));
            addTop(answer, last.top(top), new Words(loaded.tokenizer()));
            addActivations(answer, run);
            return answer.seconds(loaded.seconds());
        }
    }

    private void check() {
        if (top < 1) {
            throw new Refusal("--top %d shows nothing; take at least 1.".formatted(top));
        }
        if (out != null) {
            if (!out.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
                throw new Refusal("Activations are written as safetensors; end %s in %s.".formatted(out, ENDING));
            }
            OutputFile.check(out);
        }
    }

    private Predicate<Hook> keep(int layers) {
        if (glob != null) {
            Set<Hook> named = HookGlob.hooks(glob, layers);
            return named::contains;
        }
        return hook -> out != null && !hook.point().onlyOnRequest();
    }

    private static void addTop(Answer answer, List<Logits.Candidate> candidates, Words words) {
        Table table = new Table().column("rank", Align.RIGHT).column("next token", Align.LEFT)
            .column("id", Align.RIGHT).column("logit", Align.RIGHT).column("prob", Align.RIGHT);
        for (int rank = 0; rank < candidates.size(); rank++) {
            Logits.Candidate candidate = candidates.get(rank);
            table.row(Integer.toString(rank), words.label(candidate.id()), "#" + candidate.id(),
                Text.number(candidate.logit()), Text.probability(candidate.prob()));
        }
        answer.put("top", words.json(candidates)).table(table);
    }

    private void addActivations(Answer answer, Run run) {
        if (run.cache().hooks().isEmpty()) {
            return;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        run.cache().hooks().forEach(hook -> tensors.put(hook.name(), run.cache().get(hook)));
        JsonArray json = new JsonArray();
        Table table = new Table().column("activation", Align.LEFT).column("shape", Align.LEFT);
        tensors.forEach((name, tensor) -> {
            JsonObject object = new JsonObject();
            object.addProperty("name", name);
            object.add("shape", Json.integers(tensor.shape()));
            json.add(object);
            table.row(name, Arrays.toString(tensor.shape()));
        });
        answer.put("activations", json).table(table);
        if (out != null) {
            tensors.put("logits", run.output());
            Safetensors.write(out, tensors);
            answer.files(List.of(out));
        }
    }
}
