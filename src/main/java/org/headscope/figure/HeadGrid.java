package org.headscope.figure;

import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.model.Head;

/**
 * Every head as a thumbnail, layers down and heads across, all on one scale. Where a thumbnail has fewer pixels than
 * cells, a pixel takes the strongest cell under it, so a single strong one never vanishes.
 *
 * @param title    what is shown
 * @param caption  of which prompt and model; may be empty
 * @param rows     one label a row of every matrix, for tables
 * @param columns  one label a column, for tables
 * @param layers   {@code layers.get(l).get(h)} is the map of head h in layer l; {@link Matrix#pending} where unknown
 * @param scale    how values become colours
 * @param quantity what a value is, for the legend
 * @param focus    the head to ring, or null
 */
public record HeadGrid(
        String title,
        String caption,
        Axis rows,
        Axis columns,
        List<List<Matrix>> layers,
        Scale scale,
        String quantity,
        Head focus) implements Figure {

    private static final double THUMBNAIL = 56;
    private static final double PITCH = 64;
    private static final double LABEL_ROOM = 3 * Sketch.UNIT;
    private static final double LEGEND_WIDTH = 320;

    public HeadGrid {
        layers = layers.stream().map(List::copyOf).toList();
        layers.forEach(heads -> heads.forEach(head -> head.requireLabels(rows, columns)));
        if (layers.isEmpty() || layers.get(0).isEmpty()) {
            throw new IllegalArgumentException("A grid of heads needs at least one head.");
        }
    }

    /** The attention of every head over tokens whose labels are already visible. */
    public static HeadGrid attention(String title, String caption, List<String> tokens, List<List<Matrix>> layers,
                                     Scale scale) {
        return new HeadGrid(title, caption, Axis.queries(tokens), Axis.keys(tokens), layers, scale, "Attention", null);
    }

    /** The same with one head ringed. */
    public HeadGrid withFocus(Head head) {
        return new HeadGrid(title, caption, rows, columns, layers, scale, quantity, head);
    }

    @Override
    public Drawing draw(Theme theme) {
        Sketch sketch = new Sketch(theme);
        int heads = layers.stream().mapToInt(List::size).max().orElseThrow();
        double inner = Math.max(LABEL_ROOM + heads * PITCH - (PITCH - THUMBNAIL), LABEL_ROOM + LEGEND_WIDTH);
        double top = new Heading(title, caption).draw(sketch, Sketch.MARGIN, Sketch.MARGIN, inner);
        double left = Sketch.MARGIN + LABEL_ROOM;
        for (int head = 0; head < heads; head++) {
            label(sketch, left + head * PITCH + THUMBNAIL / 2, top + 8, "H" + head, Anchor.MIDDLE,
                    focus != null && focus.head() == head);
        }
        double first = top + 2 * Sketch.UNIT + 4;
        for (int layer = 0; layer < layers.size(); layer++) {
            double y = first + layer * PITCH;
            label(sketch, left - Sketch.UNIT, y + THUMBNAIL / 2, "L" + layer, Anchor.END,
                    focus != null && focus.layer() == layer);
            for (int head = 0; head < layers.get(layer).size(); head++) {
                thumbnail(sketch, layers.get(layer).get(head), left + head * PITCH, y, new Head(layer, head));
            }
        }
        double below = first + layers.size() * PITCH + Sketch.UNIT;
        double bottom = Legend.of(quantity, scale, layers.stream().flatMap(List::stream).toList())
                .draw(sketch, left, below, LEGEND_WIDTH);
        return sketch.finished(title, inner + 2 * Sketch.MARGIN, bottom + Sketch.MARGIN);
    }

    @Override
    public List<NamedMap> maps() {
        return IntStream.range(0, layers.size()).boxed()
                .flatMap(layer -> IntStream.range(0, layers.get(layer).size())
                        .mapToObj(head -> new NamedMap(new Head(layer, head).toString(), layers.get(layer).get(head))))
                .toList();
    }

    @Override
    public String mapKey() {
        return "head";
    }

    private void thumbnail(Sketch sketch, Matrix matrix, double x, double y, Head head) {
        Area area = new Area(x, y, THUMBNAIL, THUMBNAIL);
        new Plot(matrix, sketch.theme().shading(scale), area).draw(sketch);
        if (head.equals(focus)) {
            sketch.frame(area.grown(2.5), sketch.theme().accent(), 2);
        }
    }

    private static void label(Sketch sketch, double x, double middle, String text, Anchor anchor, boolean strong) {
        sketch.centredText(x, middle, text, strong ? Sketch.STRONG_LABEL : Sketch.LABEL, anchor,
                strong ? sketch.theme().accent() : sketch.theme().ink());
    }
}
