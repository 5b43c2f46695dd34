package org.headscope.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.headscope.analysis.HeadScores;
import org.headscope.command.Table.Align;
import org.headscope.model.Head;

/** A number for every head, as a table with a row a layer, and the strongest by name. */
final class HeadTable {

    private static final int NAMED_HEADS = 5;

    private HeadTable() {
    }

    /** @param kind what the numbers are */
    static void add(Answer answer, String kind, HeadScores scores) {
        answer.table(of(kind, scores.values())).line(strongest(scores));
    }

    /** @param values [layer][head] */
    static Table of(String kind, double[][] values) {
        Table table = new Table().column(kind, Align.LEFT);
        for (int head = 0; head < values[0].length; head++) {
            table.column("H" + head, Align.RIGHT);
        }
        for (int layer = 0; layer < values.length; layer++) {
            List<String> cells = new ArrayList<>(List.of("L" + layer));
            Arrays.stream(values[layer]).mapToObj(Text::number).forEach(cells::add);
            table.row(cells);
        }
        return table;
    }

    private static String strongest(HeadScores scores) {
        List<Head> ranked = scores.ranked();
        if (scores.get(ranked.get(0)) == scores.get(ranked.get(ranked.size() - 1))) {
            return "no head stands out";
        }
        return "strongest: " + ranked.stream().limit(NAMED_HEADS)
            .map(head -> head + " " + Text.number(scores.get(head))).collect(Collectors.joining(", "));
    }
}
