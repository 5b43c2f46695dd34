package org.headscope.window.lens;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.headscope.figure.Drawing;

/**
 * What a view gives away: a picture, and its numbers with every digit.
 *
 * @param name for a file, without an ending
 * @param drawing made when it is asked for, off the FX thread
 * @param table the first row names the columns
 */
public record Taken(String name, Supplier<Drawing> drawing, List<List<String>> table) {

    public Taken {
        table = List.copyOf(table);
    }

    /** The table as tab-separated text. */
    public String text() {
        return table.stream().map(row -> row.stream().map(field -> field.replace('\t', ' ').replace('\n', ' '))
            .collect(Collectors.joining("\t"))).collect(Collectors.joining("\n", "", "\n"));
    }
}
