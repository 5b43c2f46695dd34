package org.headscope.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import org.headscope.command.Table.Align;
import org.headscope.model.Accuracy;
import org.headscope.model.Gpt2;
import org.headscope.model.Processor;
import org.headscope.model.Runtime;
import org.headscope.session.Document;
import org.headscope.tokens.Prompt;
import picocli.CommandLine.Command;

/** Says what is at work here and whether its arithmetic can be trusted. */
@Command(name = "check", description = "Shows the engine and its versions, and compares a forward pass in single "
    + "precision with one in double.")
final class CheckCommand extends AnswerCommand {

    @Override
    Answer answer() {
        try (LoadedModel loaded = common().open()) {
            Prompt prompt = common().text(loaded.tokenizer(), Document.notebook().clean());
            Accuracy worst = compare(loaded, prompt);
            Answer answer = loaded.answer().prompt("tokens", prompt);
            addVersions(answer, loaded.runtime(), loaded.model().gpt2().processor());
            JsonObject where = new JsonObject();
            where.addProperty("position", worst.position());
            where.addProperty("id", worst.id());
            return answer.put("worst", Json.number(worst.difference())).put("where", where)
                .put("fine", new JsonPrimitive(worst.isFine()))
                .line("")
                .line(worst.sentence())
                .line(verdict(worst))
                .seconds(loaded.seconds());
        }
    }

    private Accuracy compare(LoadedModel loaded, Prompt prompt) {
        Gpt2 precise = loaded.runtime().call(
            () -> Gpt2.precise(loaded.folder(), common().processing(), loaded.runtime().memory()));
        try {
            return loaded.compute(model -> Accuracy.measure(model, precise, prompt.ids()));
        } finally {
            loaded.runtime().call(() -> {
                precise.close();
                return null;
            });
        }
    }

    private static String verdict(Accuracy accuracy) {
        return accuracy.isFine() ? "Single precision gives what double precision gives, but for rounding."
            : "Single precision is further from double precision than rounding explains: do not trust the numbers.";
    }

    /** What is computed on, and how many GPUs there are. */
    static String device(Processor processor, int gpus) {
        return "%s; the engine finds %s".formatted(processor.label(),
            gpus == 0 ? "no GPU" : "%d GPU%s".formatted(gpus, gpus == 1 ? "" : "s"));
    }

    private static void addVersions(Answer answer, Runtime runtime, Processor processor) {
        String java = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch");
        answer.put("headscope", new JsonPrimitive(Version.number()))
            .put("java", new JsonPrimitive(java))
            .put("library", new JsonPrimitive(Runtime.library()))
            .put("engine", new JsonPrimitive(runtime.engine()))
            .put("os", new JsonPrimitive(system))
            .put("threads", new JsonPrimitive(runtime.threads()))
            .put("device", new JsonPrimitive(processor.label().toLowerCase(Locale.ROOT)))
            .put("gpus", new JsonPrimitive(runtime.gpus()))
            .table(new Table().column("Headscope", Align.LEFT).column(Version.number(), Align.LEFT)
                .row("Java", java)
                .row("library", Runtime.library())
                .row("engine", runtime.engine())
                .row("system", system)
                .row("threads", Integer.toString(runtime.threads()))
                .row("device", device(processor, runtime.gpus())));
    }
}
