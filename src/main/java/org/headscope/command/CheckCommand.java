package org.headscope.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import org.headscope.command.Table.Align;
import org.headscope.model.Gpt2;
import org.headscope.model.RunOptions;
import org.headscope.model.Runtime;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Tensor;
import picocli.CommandLine.Command;

/** Says what is at work here and whether its arithmetic can be trusted. */
@Command(name = "check", description = "Shows the engine and its versions, and compares a forward pass in single "
    + "precision with one in double.")
final class CheckCommand extends AnswerCommand {

    /** Of the largest logit. Rounding gives 1e-6 or so; a wrong kernel is off by far more. */
    private static final double ALLOWED = 2e-5;

    /** The largest difference of any logit, and where it is. */
    private record Worst(double difference, int position, int id, double allowed) {

        static Worst of(Tensor single, Tensor precise) {
            int vocabulary = single.extent(2);
            int worst = 0;
            for (int i = 0; i < single.size(); i++) {
                // The other way round a NaN would never be the worst.
                if (!(difference(single, precise, i) <= difference(single, precise, worst))) {
                    worst = i;
                }
            }
            return new Worst(difference(single, precise, worst), worst / vocabulary, worst % vocabulary,
                ALLOWED * Math.max(1, precise.maxAbs()));
        }

        private static double difference(Tensor single, Tensor precise, int place) {
            return Math.abs((double) single.at(place) - precise.at(place));
        }

        boolean isFine() {
            return difference <= allowed;
        }

        String verdict() {
            return isFine() ? "Single precision gives what double precision gives, but for rounding."
                : "Single precision is further from double precision than rounding explains: do not trust the numbers.";
        }
    }

    @Override
    Answer answer() {
        try (LoadedModel loaded = common().open()) {
            Prompt prompt = common().text(loaded.tokenizer(), Document.notebook().clean());
            Worst worst = compare(loaded, prompt);
            Answer answer = loaded.answer().prompt("tokens", prompt);
            addVersions(answer, loaded.runtime());
            JsonObject where = new JsonObject();
            where.addProperty("position", worst.position());
            where.addProperty("id", worst.id());
            return answer.put("worst", Json.number(worst.difference())).put("where", where)
                .put("fine", new JsonPrimitive(worst.isFine()))
                .line("")
                .line(String.format(Locale.ROOT, "largest difference of a logit %.2g, of token #%d at position %d; up "
                    + "to %.2g is rounding", worst.difference(), worst.id(), worst.position(), worst.allowed()))
                .line(worst.verdict())
                .seconds(loaded.seconds());
        }
    }

    private Worst compare(LoadedModel loaded, Prompt prompt) {
        RunOptions plain = RunOptions.plain();
        Tensor single = loaded.compute(model -> model.run(prompt.ids(), plain).output());
        Gpt2 precise = loaded.runtime().call(
            () -> new Gpt2(loaded.folder(), common().processing(), Gpt2.Precision.DOUBLE));
        try {
            return Worst.of(single, loaded.compute(model -> precise.run(prompt.ids(), plain).output()));
        } finally {
            loaded.runtime().call(() -> {
                precise.close();
                return null;
            });
        }
    }

    /** What is computed on, and why on nothing else. */
    static String device(int gpus) {
        return gpus == 0 ? "CPU; the engine finds no GPU"
            : "CPU; the engine finds %d GPU%s, which Headscope does not use".formatted(gpus, gpus == 1 ? "" : "s");
    }

    private static void addVersions(Answer answer, Runtime runtime) {
        String java = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch");
        answer.put("headscope", new JsonPrimitive(Version.number()))
            .put("java", new JsonPrimitive(java))
            .put("library", new JsonPrimitive(Runtime.library()))
            .put("engine", new JsonPrimitive(runtime.engine()))
            .put("os", new JsonPrimitive(system))
            .put("threads", new JsonPrimitive(runtime.threads()))
            .put("device", new JsonPrimitive("cpu"))
            .put("gpus", new JsonPrimitive(runtime.gpus()))
            .table(new Table().column("Headscope", Align.LEFT).column(Version.number(), Align.LEFT)
                .row("Java", java)
                .row("library", Runtime.library())
                .row("engine", runtime.engine())
                .row("system", system)
                .row("threads", Integer.toString(runtime.threads()))
                .row("device", device(runtime.gpus())));
    }
}
