package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.headscope.command.Table.Align;
import org.headscope.patching.LogitDifference;
import org.headscope.patching.Readout;
import org.headscope.tokens.Tokenizer;

/** What a patch does to some tokens, and to the difference of two. */
final class Readouts {

    private final Tokenizer tokenizer;

    Readouts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    JsonArray json(List<Readout> readouts) {
        JsonArray json = new JsonArray();
        for (Readout readout : readouts) {
            JsonObject object = new JsonObject();
            object.addProperty("token", tokenizer.text(readout.id()));
            object.addProperty("id", readout.id());
            readout.clean().ifPresent(value -> object.add("clean", json(value)));
            object.add("corrupt", json(readout.corrupt()));
            readout.patched().ifPresent(value -> object.add("patched", json(value)));
            object.add("recovered", Json.number(readout.recovered()));
            json.add(object);
        }
        return json;
    }

    private static JsonObject json(Readout.Value value) {
        JsonObject object = new JsonObject();
        object.add("logit", Json.number(value.logit()));
        object.add("prob", Json.number(value.prob()));
        object.addProperty("rank", value.rank());
        return object;
    }

    Table table(List<Readout> readouts) {
        Table table = new Table().column("token", Align.LEFT).column("run", Align.LEFT).column("logit", Align.RIGHT)
            .column("prob", Align.RIGHT).column("rank", Align.RIGHT).column("recovered", Align.RIGHT);
        for (Readout readout : readouts) {
            String label = tokenizer.token(readout.id()).label();
            readout.clean().ifPresent(value -> addRow(table, label, "clean", value, ""));
            addRow(table, label, "corrupt", readout.corrupt(), "");
            readout.patched().ifPresent(value -> addRow(table, label, "patched", value,
                share(readout.recovered(), readout.isRecoveredMeaningful())));
        }
        return table;
    }

    private static void addRow(Table table, String label, String run, Readout.Value value, String recovered) {
        table.row(label, run, Text.number(value.logit()), Text.probability(value.prob()),
            Integer.toString(value.rank()), recovered);
    }

    /** As a percentage; a dash where clean and corrupt lie too close for a share of their difference to mean much. */
    private static String share(OptionalDouble recovered, boolean meaningful) {
        return recovered.isPresent() && meaningful
            ? String.format(Locale.ROOT, "%.1f %%", 100 * recovered.getAsDouble()) : "–";
    }

    JsonObject json(LogitDifference difference) {
        JsonObject object = new JsonObject();
        object.add("ids", Json.integers(new int[] {difference.of().id(), difference.versus().id()}));
        object.add("clean", Json.number(difference.clean()));
        object.add("corrupt", Json.number(difference.corrupt()));
        object.add("patched", Json.number(difference.patched()));
        object.add("recovered", Json.number(difference.recovered()));
        return object;
    }

    /** One line; empty unless all three runs are there. */
    Optional<String> line(LogitDifference difference) {
        if (difference.clean().isEmpty() || difference.patched().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("logit difference “%s” − “%s”: clean %s, corrupt %s, patched %s, recovered %s".formatted(
            tokenizer.token(difference.of().id()).label(), tokenizer.token(difference.versus().id()).label(),
            Text.number(difference.clean().getAsDouble()), Text.number(difference.corrupt()),
            Text.number(difference.patched().getAsDouble()),
            share(difference.recovered(), difference.isRecoveredMeaningful())));
    }
}
