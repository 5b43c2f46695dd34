package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;

/**
 * The prompt as it reads, where one token shows on those before it how much it attends to them, and on those after it
 * how much they attend to it.
 *
 * @param title what is shown
 * @param caption of which prompt and model; may be empty
 * @param tokens as labels
 * @param matrix one head's attention
 * @param scale how values become colours
 * @param quantity what a value is, for the legend
 * @param at the position of the token that is singled out
 */
public record AttentionText(String title, String caption, List<String> tokens, Matrix matrix, Scale scale,
                            String quantity, int at) implements Picture {

    private static final Mark.Font TOKEN = new Mark.Font(12, Mark.Weight.REGULAR);
    private static final double WIDTH = 560;
    private static final double LEGEND_WIDTH = 280;
    private static final double HEIGHT = 40;
    private static final double LEAST_WIDTH = 36;
    private static final double PADDING = 6;
    private static final double RADIUS = 4;

    public AttentionText {
        tokens = List.copyOf(tokens);
    }

    private int query(int other) {
        return Math.max(at, other);
    }

    private int key(int other) {
        return Math.min(at, other);
    }

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        double left = sketch.margin();
        double inner = sketch.inner(WIDTH);
        double y = sketch.heading(new Heading(title, caption), inner);
        double x = left;
        for (int other = 0; other < tokens.size(); other++) {
            double width = Math.max(LEAST_WIDTH, Math.min(inner,
                Typeface.width(tokens.get(other), TOKEN) + 2 * PADDING));
            if (x > left && x + width > left + inner) {
                x = left;
                y += HEIGHT + Sketch.UNIT;
            }
            drawToken(sketch, other, new Area(x, y, width, HEIGHT));
            x += width + Sketch.UNIT / 2;
        }
        double bottom = sketch.legend(Legend.of(quantity, scale, List.of(matrix)), left, y + HEIGHT,
            Math.min(LEGEND_WIDTH, inner));
        return sketch.finished(title, inner + 2 * left, bottom + left);
    }

    private void drawToken(Sketch sketch, int other, Area area) {
        Theme theme = sketch.theme();
        boolean has = matrix.hasValue(query(other), key(other));
        float value = matrix.value(query(other), key(other));
        int color = has ? theme.shading(scale).argb(value, matrix.rowMax(query(other))) : theme.background();
        sketch.add(new Mark.Box(area, RADIUS, color, other == at ? theme.accent() : Rgb.TRANSPARENT,
            other == at ? 2 : 0));
        double middle = area.x() + area.width() / 2;
        sketch.centredText(middle, area.y() + 13, Typeface.fitted(tokens.get(other), TOKEN,
            area.width() - PADDING), TOKEN, Anchor.MIDDLE, Rgb.inkOn(color));
        sketch.centredText(middle, area.y() + 29, has ? Numbers.cell(value) : "–", Sketch.LABEL, Anchor.MIDDLE,
            Rgb.inkOn(color));
    }

    /** A line for every other token. */
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("position", "token",
            "relation to %s (%d)".formatted(tokens.get(at), at), "value")));
        for (int other = 0; other < tokens.size(); other++) {
            boolean has = matrix.hasValue(query(other), key(other));
            rows.add(List.of(Integer.toString(other), tokens.get(other),
                other < at ? "attended to" : other == at ? "itself" : "attends to it",
                has ? Float.toString(matrix.value(query(other), key(other))) : ""));
        }
        return rows;
    }
}
