package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;

/** The title of a figure and the lines under it: what was asked, of which model. */
record Heading(String title, List<Note> notes) {

    private static final int MAX_LINES = 3;
    private static final double MARKER = 6;
    private static final String ELLIPSIS = "…";

    /** A paragraph under the title, perhaps about one run, which then stands before it by shape, colour and word. */
    record Note(Run run, String text) {

        static Note of(String text) {
            return new Note(null, text);
        }

        String lead() {
            return run == null ? "" : run.word();
        }
    }

    Heading(String title, String caption) {
        this(title, List.of(Note.of(caption)));
    }

    /** Draws from a top left corner and gives the y below. */
    double draw(Sketch sketch, double x, double top, double width) {
        double baseline = top + 12;
        for (String line : wrapped(title, Sketch.TITLE, width)) {
            sketch.text(x, baseline, line, Sketch.TITLE, Anchor.START, sketch.theme().ink());
            baseline += Sketch.LINE + 4;
        }
        for (Note note : notes) {
            baseline = draw(sketch, note, x, baseline, width);
        }
        return baseline - Sketch.LINE + 2 * Sketch.UNIT;
    }

    private static double draw(Sketch sketch, Note note, double x, double top, double width) {
        double indent = note.run() == null ? 0 : 64;
        if (note.run() != null) {
            sketch.add(note.run().marker(x + MARKER / 2, top - 3.5, MARKER, sketch.theme()));
            sketch.text(x + 12, top, note.lead(), Sketch.AXIS_TITLE, Anchor.START, note.run().color(sketch.theme()));
        }
        double baseline = top;
        for (String line : wrapped(note.text(), Sketch.LABEL, width - indent)) {
            sketch.text(x + indent, baseline, line, Sketch.LABEL, Anchor.START, sketch.theme().muted());
            baseline += Sketch.LINE;
        }
        return baseline;
    }

    /**
     * At most three lines, broken between words. Where they do not hold the text, its end stands in the last after an
     * ellipsis: captions end with the model and how its weights were processed, and prompts differ at the end.
     */
    static List<String> wrapped(String text, Mark.Font font, double width) {
        List<String> words = text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
        List<String> lines = new ArrayList<>();
        int next = 0;
        while (next < words.size()) {
            int end = endOfLine(words, next, font, width);
            String line = String.join(" ", words.subList(next, end));
            boolean isCut = end < words.size() && lines.size() == MAX_LINES - 1;
            lines.add(isCut ? endOf(words.subList(next, words.size()), line, font, width)
                : Typeface.fitted(line, font, width));
            next = isCut ? words.size() : end;
        }
        return lines;
    }

    /** Where the next line begins if one begins at this word. */
    private static int endOfLine(List<String> words, int start, Mark.Font font, double width) {
        int end = start + 1;
        while (end < words.size()
            && Typeface.width(String.join(" ", words.subList(start, end + 1)), font) <= width) {
            end++;
        }
        return end;
    }

    /** As many of the last words as there is room for; the beginning where there is none for one. */
    private static String endOf(List<String> words, String beginning, Mark.Font font, double width) {
        String line = "";
        for (int i = words.size() - 1; i > 0; i--) {
            String longer = ELLIPSIS + " " + String.join(" ", words.subList(i, words.size()));
            if (Typeface.width(longer, font) > width) {
                break;
            }
            line = longer;
        }
        return line.isEmpty() ? Typeface.fitted(beginning + " " + ELLIPSIS, font, width) : line;
    }
}
