package org.headscope.window.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.headscope.figure.Csv;
import org.headscope.figure.Figure;
import org.headscope.figure.FigureFile;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Picture;
import org.headscope.figure.Table;
import org.headscope.figure.Tsv;
import org.headscope.refusal.Refusal;

/**
 * What a view gives away: a picture, and its numbers with every digit. Both are made when they are asked for, off the
 * FX thread.
 *
 * @param name    for a file, without an ending
 * @param picture empty where there are only numbers
 * @param table   the first row names the columns
 */
public record Taken(String name, Optional<Supplier<Picture>> picture, Table table) {

    public Taken(String name, Supplier<Picture> picture, List<List<String>> table) {
        this(name, Optional.of(picture), Table.of(table));
    }

    /** A figure, whose numbers are its maps. */
    public static Taken of(String name, Supplier<? extends Figure> figure) {
        return new Taken(name, Optional.of(figure::get), rows -> Csv.table(figure.get()).writeTo(rows));
    }

    /**
     * Writes the picture or, where the name asks for CSV, the table.
     *
     * @param texts carried unseen in a PNG, by keyword
     * @throws Refusal if there is no picture, or the file cannot be written
     */
    public void write(Path file, FigureOptions options, Map<String, String> texts) {
        if (FigureFile.Format.of(file) == FigureFile.Format.CSV) {
            FigureFile.writeTable(file, table);
            return;
        }
        Picture drawn = picture.orElseThrow(() -> new Refusal("There is no picture of this, only a table; export it as "
            + "CSV.")).get();
        FigureFile.write(file, drawn, table, options, texts);
    }

    /** The table as tab-separated text. */
    public String text() {
        return Tsv.text(table);
    }
}
