package org.headscope.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Inter as outlines, read from the program itself, so text is the same picture on every machine, with fonts or
 * without. What Inter lacks comes from {@link FallbackGlyphs}. Safe for several threads.
 */
final class Typeface {

    /** The height of a capital letter as a share of the font's size. */
    static final double CAP_HEIGHT = 0.727;

    private static final String FOLDER = "/org/headscope/fonts/";
    private static final int DIRECTORY_START = 12;
    private static final int DIRECTORY_ENTRY = 16;
    private static final int GSUB = 0x47535542;
    private static final int UNKNOWN = 0x736b6970;
    private static final Map<Mark.Weight, Typeface> LOADED = new EnumMap<>(Mark.Weight.class);

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unitsPerEm;
    private final Map<Integer, Glyph> read = new ConcurrentHashMap<>();

    private Typeface(TrueTypeFont font) throws IOException {
        this.font = font;
        this.glyphs = font.getUnicodeCmapLookup();
        this.unitsPerEm = font.getUnitsPerEm();
    }

    /** The outline of a line of text that starts at (0, 0) on its baseline, y down, in units. */
    static Path2D outline(String text, Mark.Font style) {
        Typeface face = of(style.weight());
        Path2D outline = new Path2D.Double();
        for (Piece piece : pieces(text, style)) {
            if (piece.known()) {
                face.append(piece.text(), style.size(), piece.x(), outline);
            } else {
                FallbackGlyphs.append(piece.text(), style.size(), piece.x(), outline);
            }
        }
        return outline;
    }

    /** How far a line of text reaches, in units. */
    static double width(String text, Mark.Font style) {
        Typeface face = of(style.weight());
        return face.runs(text).stream().mapToDouble(run -> face.width(run, style.size())).sum();
    }

    /** The text, cut from its end and given an ellipsis where it is wider than {@code width}. */
    static String fitted(String text, Mark.Font style, double width) {
        int length = text.codePointCount(0, text.length());
        String fitted = text;
        while (length > 1 && width(fitted, style) > width) {
            // Long texts are cut in strides, the last steps one by one.
            length -= Math.max(1, (int) (length * (1 - width / width(fitted, style)) * 0.8));
            fitted = text.substring(0, text.offsetByCodePoints(0, Math.max(0, length - 1))) + "\u2026";
        }
        return fitted;
    }

    /**
     * A part of a text that either Inter or the fallback sets as a whole.
     *
     * @param x where it begins, in units
     */
    record Piece(String text, boolean known, double x) {
    }

    /** The parts of a line of text from left to right. */
    static List<Piece> pieces(String text, Mark.Font style) {
        Typeface face = of(style.weight());
        List<Piece> pieces = new ArrayList<>();
        double x = 0;
        for (Run run : face.runs(text)) {
            pieces.add(new Piece(run.text(), run.known(), x));
            x += face.width(run, style.size());
        }
        return pieces;
    }

    /** The same without its place. */
    private record Run(String text, boolean known) {
    }

    private List<Run> runs(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        List<Run> runs = new ArrayList<>();
        int start = 0;
        while (start < composed.length()) {
            int end = endOfRun(composed, start);
            runs.add(new Run(composed.substring(start, end), knowsCluster(composed, start)));
            start = end;
        }
        return runs;
    }

    private double width(Run run, double size) {
        return run.known()
                ? run.text().codePoints().mapToDouble(point -> glyph(point).advance()).sum() * size
                : FallbackGlyphs.width(run.text(), size);
    }

    private int endOfRun(String text, int start) {
        boolean known = knowsCluster(text, start);
        int end = endOfCluster(text, start);
        while (end < text.length() && (knowsCluster(text, end) == known || !known && joins(text, end))) {
            end = endOfCluster(text, end);
        }
        return end;
    }

    /** Whether a space lies between two words that Inter lacks: their script must be ordered as a whole. */
    private boolean joins(String text, int space) {
        return text.charAt(space) == ' ' && space + 1 < text.length() && !knowsCluster(text, space + 1);
    }

    /** A base character and the marks upon it. */
    private static int endOfCluster(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length() && isMark(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private boolean knowsCluster(String text, int start) {
        // Inter's marks need positioning, which plain outlines have not: what NFC could not compose is left to others.
        return endOfCluster(text, start) == start + Character.charCount(text.codePointAt(start))
                && knows(text.substring(start, endOfCluster(text, start)));
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK || type == Character.FORMAT;
    }

    private boolean knows(String run) {
        return run.codePoints().allMatch(point -> glyphs.getGlyphId(point) > 0 && !isMark(point));
    }

    private void append(String run, double size, double start, Path2D outline) {
        double x = start;
        for (int point : run.codePoints().toArray()) {
            AffineTransform place = new AffineTransform(size, 0, 0, size, x, 0);
            outline.append(glyph(point).outline().getPathIterator(place), false);
            x += glyph(point).advance() * size;
        }
    }

    private Glyph glyph(int point) {
        return read.computeIfAbsent(point, this::read);
    }

    private Glyph read(int point) {
        int glyph = glyphs.getGlyphId(point);
        AffineTransform unit = AffineTransform.getScaleInstance(1 / unitsPerEm, -1 / unitsPerEm);
        // fontbox reads glyphs from one shared stream.
        synchronized (font) {
            try {
                GlyphData data = font.getGlyph().getGlyph(glyph);
                Path2D outline = data == null ? new Path2D.Double() : new Path2D.Double(data.getPath(), unit);
                return new Glyph(outline, font.getAdvanceWidth(glyph) / unitsPerEm);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A character at size 1, y down. */
    private record Glyph(Path2D outline, double advance) {
    }

    private static synchronized Typeface of(Mark.Weight weight) {
        return LOADED.computeIfAbsent(weight, Typeface::load);
    }

    private static Typeface load(Mark.Weight weight) {
        try {
            return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(program(weight))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The font file of a weight, to be embedded. */
    static byte[] program(Mark.Weight weight) {
        String file = switch (weight) {
            case REGULAR -> "Inter-Regular.ttf";
            case MEDIUM -> "Inter-Medium.ttf";
            case SEMI_BOLD -> "Inter-SemiBold.ttf";
        };
        try (InputStream stream = Typeface.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IOException("The typeface " + file + " is missing from the program.");
            }
            return withoutSubstitutions(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Renames the table of ligatures and variants in the font's directory, so that fontbox passes it over: it is not
     * used here, takes half a second and floods the log.
     */
    private static byte[] withoutSubstitutions(byte[] font) {
        ByteBuffer directory = ByteBuffer.wrap(font);
        int tables = directory.getShort(4);
        for (int entry = 0; entry < tables; entry++) {
            int position = DIRECTORY_START + entry * DIRECTORY_ENTRY;
            if (directory.getInt(position) == GSUB) {
                directory.putInt(position, UNKNOWN);
            }
        }
        return font;
    }
}
