package org.headscope.window.control;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.headscope.figure.Drawing;
import org.headscope.figure.FigureFile;

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

    /**
     * Writes the picture or, where the name asks for CSV, the table.
     *
     * @throws org.headscope.refusal.Refusal if the ending is unknown or the file cannot be written
     */
    public void write(Path file) {
        if (FigureFile.Format.of(file) == FigureFile.Format.CSV) {
            FigureFile.writeTable(file, table);
        } else {
            FigureFile.write(file, drawing.get());
        }
    }

    /** The table as tab-separated text. */
    public String text() {
        return table.stream().map(row -> row.stream().map(field -> field.replace('\t', ' ').replace('\n', ' '))
            .collect(Collectors.joining("\t"))).collect(Collectors.joining("\n", "", "\n"));
    }
}
