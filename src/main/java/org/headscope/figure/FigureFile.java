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
import java.util.stream.Collectors;
import org.headscope.refusal.Refusal;

/**
 * Writes figures to files. The name's ending picks the format. A file is written beside its target and renamed, so
 * under the final name there is the old file or the whole new one, never a part.
 */
public final class FigureFile {

    /** What a file is written as. */
    public enum Format {
        PNG, SVG, CSV;

        /**
         * The format that a file name's ending asks for.
         *
         * @throws Refusal if it asks for none of them
         */
        public static Format of(Path file) {
            Path last = file.getFileName();
            String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw new Refusal("Cannot tell a format from the name " + file + "; end it in .png, .svg or .csv.");
        }
    }

    private FigureFile() {
    }

    /**
     * Writes a figure in light colours, a PNG at {@link Resolution#SCREEN}.
     *
     * @throws Refusal if the ending is unknown or the file cannot be written
     */
    public static void write(Path file, Figure figure) {
        write(file, figure, Theme.LIGHT, Resolution.SCREEN, Map.of());
    }

    /**
     * Writes a figure.
     *
     * @param theme      the colours of PNG and SVG
     * @param resolution of a PNG
     * @param texts      carried unseen in a PNG, by keyword
     * @throws Refusal if the ending is unknown, the picture too large or the file cannot be written
     */
    public static void write(Path file, Figure figure, Theme theme, Resolution resolution,
                             Map<String, String> texts) {
        switch (Format.of(file)) {
            case PNG -> replace(file, out -> Png.write(figure.draw(theme), resolution, texts, out));
            case SVG -> replace(file, out -> out.write(Svg.of(figure.draw(theme)).getBytes(StandardCharsets.UTF_8)));
            case CSV -> replace(file, out -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                Csv.write(figure, writer);
                writer.flush();
            });
        }
    }

    /**
     * Writes a drawing that is no {@link Figure} as PNG, at {@link Resolution#SCREEN}, or SVG.
     *
     * @throws Refusal if the ending is unknown, asks for CSV, or the file cannot be written
     */
    public static void write(Path file, Drawing drawing) {
        switch (Format.of(file)) {
            case PNG -> replace(file, out -> Png.write(drawing, Resolution.SCREEN, Map.of(), out));
            case SVG -> replace(file, out -> out.write(Svg.of(drawing).getBytes(StandardCharsets.UTF_8)));
            case CSV -> throw new Refusal("A drawing holds no table to write to " + file + "; end it in .png or .svg.");
        }
    }

    /**
     * Writes a table that is no {@link Figure} as CSV (RFC 4180), whatever the name's ending.
     *
     * @throws Refusal if the file cannot be written
     */
    public static void writeTable(Path file, List<List<String>> rows) {
        writeText(file, rows.stream().map(Csv::line).collect(Collectors.joining()));
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
