package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;

/** The title of a figure and the lines under it: what was asked, of which model. */
record Heading(String title, List<Note> notes) {

    private static final int MAX_LINES = 3;
    private static final double MARKER = 6;

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

    /** At most three lines, broken between words, the last with an ellipsis where text is left over. */
    static List<String> wrapped(String text, Mark.Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            boolean last = lines.size() == MAX_LINES - 1;
            if (!line.isEmpty() && !last && Typeface.width(longer, font) > width) {
                lines.add(Typeface.fitted(line, font, width));
                longer = word;
            }
            line = longer;
            if (last && Typeface.width(line, font) > width) {
                break;
            }
        }
        if (!line.isEmpty()) {
            lines.add(Typeface.fitted(line, font, width));
        }
        return lines;
    }
}
