package org.headscope.figure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headscope.refusal.Refusal;

/**
 * Writes figures to files. The name's ending picks the format. A file is written beside its target and renamed, so
 * under the final name there is the old file or the whole new one, never a part.
 */
public final class FigureFile {

    /** What a file is written as. */
    public enum Format {
        PNG, SVG, PDF, CSV;

        /** What its files end in, such as {@code .png}. */
        public String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        /**
         * The format that a file name's ending asks for.
         *
         * @throws Refusal if it asks for none of them
         */
        public static Format of(Path file) {
            Path last = file.getFileName();
            String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (name.endsWith(format.ending())) {
                    return format;
                }
            }
            throw new Refusal("Cannot tell a format from the name " + file + "; end it in .png, .svg, .pdf or .csv.");
        }
    }

    private FigureFile() {
    }

    /**
     * Writes a figure in light colours at its natural size.
     *
     * @throws Refusal if the ending is unknown or the file cannot be written
     */
    public static void write(Path file, Figure figure) {
        write(file, figure, Csv.table(figure), FigureOptions.usual(), Map.of());
    }

    /**
     * Writes a picture or the table behind it.
     *
     * @param texts carried unseen in a PNG, by keyword
     * @throws Refusal if the ending is unknown, the options fit no figure, the picture is too large or the file cannot
     *     be written
     */
    public static void write(Path file, Picture picture, Table table, FigureOptions options,
                             Map<String, String> texts) {
        switch (Format.of(file)) {
            case PNG -> {
                Drawing drawing = picture.draw(options.page());
                replace(file, out -> Png.write(drawing, options.resolution(), texts, out));
            }
            case SVG -> {
                String svg = Svg.of(picture.draw(options.page()));
                replace(file, out -> out.write(svg.getBytes(StandardCharsets.UTF_8)));
            }
            case PDF -> {
                Drawing drawing = picture.draw(options.page());
                replace(file, out -> Pdf.write(drawing, out));
            }
            case CSV -> writeTable(file, table);
        }
    }

    /**
     * Writes a table as CSV (RFC 4180), whatever the name's ending.
     *
     * @throws Refusal if the file cannot be written
     */
    public static void writeTable(Path file, List<List<String>> rows) {
        writeTable(file, Table.of(rows));
    }

    /** The same for rows that are made one by one. */
    public static void writeTable(Path file, Table table) {
        replace(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            Csv.write(table, writer);
            writer.flush();
        });
    }

    /**
     * Writes text that is no figure in UTF-8, whatever the name's ending.
     *
     * @throws Refusal if the file cannot be written
     */
    public static void writeText(Path file, String text) {
        replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void replace(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (Files.isDirectory(target)) {
            throw new Refusal("Cannot write " + file + ": a folder has this name; choose another file name.");
        }
        if (!Files.isDirectory(folder)) {
            throw new Refusal("Cannot write " + file + ": there is no folder " + folder
                    + "; make it or choose another place.");
        }
        Path part = folder.resolve(target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            rename(part, target);
        } catch (IOException e) {
            throw new Refusal("Cannot write " + file + " (" + reason(e) + "); choose another place.", e);
        } finally {
            discard(part);
        }
    }

    private static void rename(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason() : "the disk did not take it";
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // What failed is already on its way to the reader; a leftover beside the target must not hide it.
            part.toFile().deleteOnExit();
        }
    }
}
