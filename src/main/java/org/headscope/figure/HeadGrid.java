package org.headscope.figure;

import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Mark.Anchor;
import org.headscope.figure.Mark.Area;
import org.headscope.figure.Page.Part;
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
 * @param arrow    from one head to another, or null
 */
public record HeadGrid(
        String title,
        String caption,
        Axis rows,
        Axis columns,
        List<List<Matrix>> layers,
        Scale scale,
        String quantity,
        Head focus,
        HeadArrow arrow) implements Figure {

    private static final double THUMBNAIL = 56;
    private static final double PITCH = 64;
    /** The share of the pitch that a thumbnail fills. */
    private static final double SHARE = THUMBNAIL / PITCH;
    private static final double WIDEST_PITCH = 96;
    private static final double LABEL_ROOM = 3 * Sketch.UNIT;
    private static final double LEGEND_WIDTH = 320;

    public HeadGrid {
        layers = layers.stream().map(List::copyOf).toList();
        layers.forEach(heads -> heads.forEach(head -> head.requireLabels(rows, columns)));
        if (layers.isEmpty() || layers.get(0).isEmpty()) {
            throw new IllegalArgumentException("A grid of heads needs at least one head.");
        }
    }

    /** Without an arrow. */
    public HeadGrid(String title, String caption, Axis rows, Axis columns, List<List<Matrix>> layers, Scale scale,
                    String quantity, Head focus) {
        this(title, caption, rows, columns, layers, scale, quantity, focus, null);
    }

    /** The attention of every head over tokens whose labels are already visible. */
    public static HeadGrid attention(String title, String caption, List<String> tokens, List<List<Matrix>> layers,
                                     Scale scale) {
        return new HeadGrid(title, caption, Axis.queries(tokens), Axis.keys(tokens), layers, scale, "Attention", null);
    }

    /** The same with one head ringed. */
    public HeadGrid withFocus(Head head) {
        return new HeadGrid(title, caption, rows, columns, layers, scale, quantity, head, arrow);
    }

    /**
     * The same with an arrow, under a title that says what it means.
     *
     * @throws IllegalArgumentException if it begins or ends at a head that is not there
     */
    public HeadGrid withArrow(String newTitle, HeadArrow now) {
        if (!isThere(now.from()) || !isThere(now.to())) {
            throw new IllegalArgumentException("No arrow leads from %s to %s here.".formatted(now.from(), now.to()));
        }
        return new HeadGrid(newTitle, caption, rows, columns, layers, scale, quantity, focus, now);
    }

    private boolean isThere(Head head) {
        return head.layer() < layers.size() && head.head() < layers.get(head.layer()).size();
    }

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        int heads = layers.stream().mapToInt(List::size).max().orElseThrow();
        double inner = sketch.inner(Math.max(LABEL_ROOM + heads * PITCH - (PITCH - THUMBNAIL),
            LABEL_ROOM + LEGEND_WIDTH));
        double pitch = page.isFixed() ? Math.min(WIDEST_PITCH, (inner - LABEL_ROOM) / (heads - 1 + SHARE)) : PITCH;
        double top = sketch.heading(new Heading(title, caption), inner);
        Area grid = new Area(sketch.margin() + LABEL_ROOM, top + 2 * Sketch.UNIT + 4, heads * pitch,
            layers.size() * pitch);
        drawLabels(sketch, grid, heads, pitch);
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int head = 0; head < layers.get(layer).size(); head++) {
                Head which = new Head(layer, head);
                thumbnail(sketch, layers.get(layer).get(head), square(grid, pitch, which), which);
            }
        }
        if (arrow != null) {
            arrow.draw(sketch, square(grid, pitch, arrow.from()), square(grid, pitch, arrow.to()),
                inner + sketch.margin());
        }
        double bottom = sketch.ownLineLegend(Legend.of(quantity, scale, layers.stream().flatMap(List::stream).toList()),
            grid.x(), grid.y() + grid.height() - Sketch.UNIT, Math.min(LEGEND_WIDTH, inner - LABEL_ROOM));
        return sketch.finished(title, inner + 2 * sketch.margin(), bottom + sketch.margin());
    }

    private static Area square(Area grid, double pitch, Head head) {
        return new Area(grid.x() + head.head() * pitch, grid.y() + head.layer() * pitch, pitch * SHARE, pitch * SHARE);
    }

    /** The names of heads above and of layers beside; of those that would touch only some. */
    private void drawLabels(Sketch sketch, Area grid, int heads, double pitch) {
        double middle = pitch * SHARE / 2;
        int everyHead = step(Typeface.width("H" + (heads - 1), Sketch.STRONG_LABEL) + 4, pitch);
        for (int head = 0; head < heads; head += everyHead) {
            label(sketch, grid.x() + head * pitch + middle, grid.y() - Sketch.UNIT - 4, "H" + head, Anchor.MIDDLE,
                sketch.page().shows(Part.RING) && focus != null && focus.head() == head);
        }
        int everyLayer = step(Sketch.LABEL.size(), pitch);
        for (int layer = 0; layer < layers.size(); layer += everyLayer) {
            label(sketch, grid.x() - Sketch.UNIT, grid.y() + layer * pitch + middle, "L" + layer, Anchor.END,
                sketch.page().shows(Part.RING) && focus != null && focus.layer() == layer);
        }
    }

    private static int step(double room, double pitch) {
        return (int) Math.max(1, Math.ceil(room / pitch));
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

    private void thumbnail(Sketch sketch, Matrix matrix, Area area, Head head) {
        new Plot(matrix, sketch.theme().shading(scale), area).draw(sketch);
        if (head.equals(focus) && sketch.page().shows(Part.RING)) {
            sketch.frame(area.grown(Math.min(2.5, area.width() / SHARE - area.width())), sketch.theme().accent(), 2);
        }
    }

    private static void label(Sketch sketch, double x, double middle, String text, Anchor anchor, boolean strong) {
        sketch.centredText(x, middle, text, strong ? Sketch.STRONG_LABEL : Sketch.LABEL, anchor,
                strong ? sketch.theme().accent() : sketch.theme().ink());
    }
}
