package org.headscope.window.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.headscope.figure.Table;
import org.headscope.figure.Tsv;
import org.headscope.patching.Readout;
import org.headscope.session.Direction;

/** What the inspector reads, as tab-separated text with every digit. */
final class Readings {

    private Readings() {
    }

    /**
     * A line for every watched token in every run.
     *
     * @param label names a token by its id
     * @param hasBoth whether there is a clean and a corrupt run, or a clean one alone
     */
    static String text(List<Readout> readouts, IntFunction<String> label, boolean hasBoth) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("token", "id", "run", "logit", "probability", "rank"));
        for (Readout readout : readouts) {
            String token = label.apply(readout.id());
            readout.clean().ifPresent(value -> rows.add(row(token, readout.id(), "clean", value)));
            if (hasBoth) {
                rows.add(row(token, readout.id(), "corrupt", readout.corrupt()));
            }
            readout.patched().ifPresent(value -> rows.add(row(token, readout.id(), "patched", value)));
        }
        return Tsv.text(Table.of(rows));
    }

    private static List<String> row(String token, int id, String run, Readout.Value value) {
        return List.of(token, String.valueOf(id), run, String.valueOf(value.logit()), String.valueOf(value.prob()),
            String.valueOf(value.rank()));
    }

    /** A line for every other token, those that are attended to first. */
    static String text(AttentionLists lists, List<String> labels, Direction direction) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("token", "position", "reading", "other", "other position", "attention"));
        if (direction.isForwards()) {
            lists.attendsTo().forEach(entry -> rows.add(row(labels, lists.cell().row(), "attends to", entry)));
        }
        if (direction.isBackwards()) {
            lists.attendedBy().forEach(entry -> rows.add(row(labels, lists.cell().column(), "attended by", entry)));
        }
        return Tsv.text(Table.of(rows));
    }

    private static List<String> row(List<String> labels, int position, String reading, AttentionLists.Entry other) {
        return List.of(labels.get(position), String.valueOf(position), reading, labels.get(other.position()),
            String.valueOf(other.position()), String.valueOf((float) other.attention()));
    }
}
