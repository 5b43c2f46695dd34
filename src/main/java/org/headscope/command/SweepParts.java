package org.headscope.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
        answer.put("parts", Json.strings(parts)).put("values", array(SweepReport::nestedValues))
            .put("recovered", first().showsShares() ? array(SweepReport::nestedShares) : JsonNull.INSTANCE);
        first().addNote(answer);
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
        if (isOne()) {
            return first().table(List.of(), List.of());
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            List<List<String>> own = each.get(i).table(List.of(), List.of());
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
