package org.headscope.window.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headscope.figure.Drawing;
import org.headscope.figure.FigureFile.Format;
import org.headscope.figure.FigureOptions;
import org.headscope.figure.Picture;
import org.headscope.figure.Png;
import org.headscope.figure.Table;
import org.headscope.refusal.Refusal;
import org.headscope.window.control.Taken;

/**
 * What a file will look like.
 *
 * @param title   what it shows
 * @param picture at most as large as there is room for; empty for a table
 * @param table   the first rows; empty for a picture
 * @param size    how large the file's picture or table is, in words
 */
record Preview(String title, Optional<BufferedImage> picture, String table, String size) {

    private static final int ROWS = 14;
    private static final int COLUMNS = 6;
    private static final double MOST_ENLARGED = 1.5;

    /** The room for a preview, in pixels of the screen, of which there are {@code density} to a unit. */
    record Room(double width, double height, double density) {
    }

    /**
     * Makes one. Takes a while; works on any thread.
     *
     * @throws Refusal if no such file can be made
     */
    static Preview of(Taken taken, Format format, FigureOptions options, Room room) {
        if (format == Format.CSV) {
            return table(taken);
        }
        Picture picture = taken.picture().orElseThrow(() -> new Refusal("There is no picture of this, only a table; "
            + "choose CSV.")).get();
        Drawing drawing = picture.draw(options.page());
        double fitting = Math.min(room.width() / drawing.width(), room.height() / drawing.height());
        BufferedImage image = Png.image(drawing, room.density() * Math.min(MOST_ENLARGED, fitting));
        return new Preview(picture.title(), Optional.of(image), "", size(drawing, format, options));
    }

    private static String size(Drawing drawing, Format format, FigureOptions options) {
        String print = String.format(Locale.ROOT, "%.0f × %.0f mm", drawing.width() / 96 * 25.4,
            drawing.height() / 96 * 25.4);
        double pixels = options.resolution().pixelsPerUnit();
        return format == Format.PNG ? "%s, %,d × %,d pixels".formatted(print, Math.round(drawing.width() * pixels),
            Math.round(drawing.height() * pixels)) : print;
    }

    private static Preview table(Taken taken) {
        StringBuilder text = new StringBuilder();
        int[] columns = new int[1];
        try {
            int[] rows = new int[1];
            taken.table().writeTo(row -> {
                columns[0] = Math.max(columns[0], row.size());
                text.append(line(row)).append('\n');
                if (++rows[0] == ROWS) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            text.append("…\n");
        } catch (IOException e) {
            throw new IllegalStateException("Memory refused a row", e);
        }
        return new Preview(taken.name(), Optional.empty(), text.toString(), "A table of %,d columns, every digit"
            .formatted(columns[0]));
    }

    private static String line(List<String> row) {
        String shown = row.stream().limit(COLUMNS).collect(Collectors.joining(", "));
        return row.size() > COLUMNS ? shown + ", …" : shown;
    }

    /** Stops a table whose first rows suffice. */
    private static final class Enough extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;
    }
}
