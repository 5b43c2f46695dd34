package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.headscope.patching.SweepResult;

/**
 * The maps of a sweep: one, or one a part, of the same shape and the same pair.
 *
 * @param parts what each map shows
 * @param each at least one
 */
record SweepParts(List<String> parts, List<SweepReport> each) {

    private SweepReport first() {
        return each.get(0);
    }

    private boolean isOne() {
        return each.size() == 1;
    }

    int done() {
        return each.stream().mapToInt(report -> report.result().done().cardinality()).sum();
    }

    int cells() {
        return each.stream().mapToInt(report -> report.result().possible()).sum();
    }

    /** The fields of the JSON object that hold the numbers; of several maps, {@code [part]} comes first. */
    void addNumbers(Answer answer) {
        if (isOne()) {
            first().addNumbers(answer);
            return;
        }
        first().addAxes(answer);
        answer.put("parts", Json.strings(parts)).put("values", array(SweepReport::nestedValues));
        if (first().errors().length > 0) {
            answer.put("sem", array(report -> report.layout().nested(report.errors())));
        }
        answer.put("recovered", first().showsShares() ? array(SweepReport::nestedShares) : JsonNull.INSTANCE);
        first().addNote(answer);
    }

    /** The values of one of many pairs, a result a map. */
    JsonArray nested(List<SweepResult> results) {
        if (isOne()) {
            return first().layout().nested(results.get(0).values());
        }
        JsonArray array = new JsonArray();
        for (int i = 0; i < each.size(); i++) {
            array.add(each.get(i).layout().nested(results.get(i).values()));
        }
        return array;
    }

    private JsonArray array(Function<SweepReport, JsonElement> of) {
        JsonArray array = new JsonArray();
        each.forEach(report -> array.add(of.apply(report)));
        return array;
    }

    /** Tables for people. */
    void addMaps(Answer answer) {
        first().addWhyNoShares(answer);
        for (int i = 0; i < each.size(); i++) {
            if (!isOne()) {
                answer.line("").line(parts.get(i));
            }
            each.get(i).addMap(answer);
        }
    }

    /** One row a cell under a header; of several maps, with the part in front. */
    List<List<String>> table() {
        return table(List.of(), Collections.nCopies(each.size(), List.of()));
    }

    /**
     * The same with further columns of values.
     *
     * @param names of the columns
     * @param others the columns of each map
     */
    List<List<String>> table(List<String> names, List<List<SweepResult>> others) {
        if (isOne()) {
            return first().table(names, others.get(0));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            List<List<String>> own = each.get(i).table(names, others.get(i));
            if (i == 0) {
                rows.add(withFirst("part", own.get(0)));
            }
            for (List<String> row : own.subList(1, own.size())) {
                rows.add(withFirst(parts.get(i), row));
            }
        }
        return rows;
    }

    private static List<String> withFirst(String field, List<String> row) {
        List<String> longer = new ArrayList<>(List.of(field));
        longer.addAll(row);
        return longer;
    }
}
