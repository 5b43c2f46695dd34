package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.Circuits.Pair;
import org.headscope.analysis.HeadScores;
import org.headscope.command.Table.Align;
import org.headscope.model.Head;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** TransformerLens's copying scores and {@code all_composition_scores}, and a head's circuits on the vocabulary. */
@Command(name = "circuits", description = "Tells what the weights alone say: how far each head copies, which heads "
    + "read what others write, or a head's strongest pairs of tokens.")
final class CircuitsCommand extends AnswerCommand {

    private static final Pattern HEAD = Pattern.compile("L(\\d{1,6})H(\\d{1,6})");
    private static final int NAMED_PAIRS = 10;
    private static final int SHARES = 1000;

    @Option(names = "--of", paramLabel = "WHAT", required = true, description = "copying (eigenvalues of OV), Q, K or "
        + "V (composition of each head with later ones), OV or QK (the strongest pairs of tokens, with --head).")
    private String of;

    @Option(names = "--head", paramLabel = "H", description = "Of which head, such as L1H0; with OV and QK.")
    private String head;

    @Option(names = "--top", paramLabel = "N", description = "How many pairs; 20 if left out.")
    private Integer top;

    @Override
    Answer answer() {
        if (!List.of("copying", "Q", "K", "V", "OV", "QK").contains(of)) {
            throw new Refusal("--of takes copying, Q, K, V, OV or QK, not “%s”.".formatted(Text.shortened(of)));
        }
        boolean pairs = of.equals("OV") || of.equals("QK");
        if (pairs != (head != null) || !pairs && top != null) {
            throw new Refusal(pairs ? "--of %s is of one head; add --head, such as --head L0H0.".formatted(of)
                : "--head and --top are about OV and QK; leave them out.");
        }
        if (top != null && top < 1) {
            throw new Refusal("--top %d shows nothing; take at least 1.".formatted(top));
        }
        try (LoadedModel loaded = common().open(); Progress progress = Progress.on(err(), "‰")) {
            Answer answer = loaded.answer().put("of", new JsonPrimitive(of));
            if (of.equals("copying")) {
                addCopying(answer, loaded);
            } else if (pairs) {
                addPairs(answer, loaded, progress);
            } else {
                addComposition(answer, loaded, progress);
            }
            return answer.seconds(loaded.seconds());
        }
    }

    private void addCopying(Answer answer, LoadedModel loaded) {
        HeadScores scores = loaded.compute(model -> new Circuits(model).copying(interrupt().listen()));
        HeadTable.add(answer.put("values", Json.matrix(scores.values())), "copying", scores);
    }

    private void addComposition(Answer answer, LoadedModel loaded, Progress progress) {
        Tensor scores = loaded.compute(model -> new Circuits(model).composition(Input.valueOf(of),
            share -> show(progress, share), interrupt().listen()));
        answer.put("values", Json.tensor(scores)).table(strongest(scores, loaded.config()));
    }

    private static void show(Progress progress, double share) {
        progress.show((int) (share * SHARES), SHARES);
    }

    private Table strongest(Tensor scores, Gpt2Config config) {
        Table table = new Table().column("writes", Align.LEFT).column("reads as " + of, Align.LEFT)
            .column("score", Align.RIGHT);
        IntStream.range(0, scores.size()).boxed().filter(place -> scores.at(place) > 0)
            .sorted(Comparator.comparingDouble(place -> -scores.at(place))).limit(NAMED_PAIRS).forEach(place -> {
                int heads = config.heads();
                int all = heads * config.layers();
                table.row(head(place / all, heads), head(place % all, heads), Text.number(scores.at(place)));
            });
        return table;
    }

    private static String head(int place, int heads) {
        return new Head(place / heads, place % heads).toString();
    }

    private void addPairs(Answer answer, LoadedModel loaded, Progress progress) {
        Head which = head(loaded.config());
        Circuit circuit = Circuit.valueOf(of);
        List<Pair> pairs = loaded.compute(model -> new Circuits(model).strongest(which, circuit, Extreme.LARGEST,
            top == null ? 20 : top, share -> show(progress, share), interrupt().listen()));
        Words words = new Words(loaded.tokenizer());
        JsonArray json = new JsonArray();
        Table table = new Table().column(circuit == Circuit.OV ? "attended" : "query", Align.LEFT)
            .column(circuit == Circuit.OV ? "promoted" : "key", Align.LEFT).column("value", Align.RIGHT);
        for (Pair pair : pairs) {
            JsonObject object = new JsonObject();
            object.add("from", token(pair.from(), words));
            object.add("to", token(pair.to(), words));
            object.add("value", Json.number(pair.value()));
            json.add(object);
            table.row(words.label(pair.from()), words.label(pair.to()), Text.number(pair.value()));
        }
        answer.put("head", new JsonPrimitive(which.toString())).put("pairs", json).fact("head", which.toString())
            .table(table);
    }

    private static JsonObject token(int id, Words words) {
        JsonObject object = new JsonObject();
        object.addProperty("id", id);
        object.addProperty("token", words.text(id));
        return object;
    }

    private Head head(Gpt2Config config) {
        Matcher name = HEAD.matcher(head);
        if (!name.matches()) {
            throw new Refusal("“%s” names no head; write a layer and a head, such as L0H0.".formatted(
                Text.shortened(head)));
        }
        Head which = new Head(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
        if (which.layer() >= config.layers() || which.head() >= config.heads()) {
            throw new Refusal("There is no head %s; this model has L0H0 to L%dH%d.".formatted(head,
                config.layers() - 1, config.heads() - 1));
        }
        return which;
    }
}
