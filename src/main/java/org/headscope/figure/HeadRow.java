package org.headscope.figure;

import java.util.List;

/**
 * Several heads, the heads of one layer, or the maps of a sweep, side by side as small maps that share a scale.
 *
 * @param title    what is shown, such as "Layer 4 attention patterns"
 * @param caption  of which prompt and model; may be empty
 * @param rows     one label a row of every matrix
 * @param columns  one label a column
 * @param maps     at least one, all of one shape
 * @param scale    how values become colours
 * @param quantity what a value is, for the legend
 * @param mapKey   what the maps' names are, for the first column of a table
 */
public record HeadRow(
        String title,
        String caption,
        Axis rows,
        Axis columns,
        List<NamedMap> maps,
        Scale scale,
        String quantity,
        String mapKey) implements Figure {

    private static final int MOST_ACROSS = 4;
    private static final double SMALL = 144;
    private static final double LARGE = 192;
    /** The narrowest plot that has others beside it, where the width is given. */
    private static final double SMALLEST = 96;
    private static final double GAP = 3 * Sketch.UNIT;
    private static final double NAME_ROOM = 2 * Sketch.UNIT;
    private static final double LEGEND_WIDTH = 240;

    public HeadRow {
        maps = List.copyOf(maps);
        maps.forEach(map -> map.matrix().requireLabels(rows, columns));
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("A row of heads needs at least one head.");
        }
    }

    /** Several heads. */
    public HeadRow(String title, String caption, Axis rows, Axis columns, List<NamedMap> maps, Scale scale,
                   String quantity) {
        this(title, caption, rows, columns, maps, scale, quantity, "head");
    }

    /** The attention of several heads over tokens whose labels are already visible. */
    public static HeadRow attention(String title, String caption, List<String> tokens, List<NamedMap> maps,
                                    Scale scale) {
        return new HeadRow(title, caption, Axis.queries(tokens), Axis.keys(tokens), maps, scale, "Attention");
    }

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        int across = page.isFixed() ? fitting(sketch.inner(0), page) : across(maps.size());
        List<Panel> panels = maps.stream().map(map -> panel(map.matrix(), page, across, sketch)).toList();
        Panel first = panels.get(0);
        double pitchX = first.plotWidth() + GAP;
        double pitchY = NAME_ROOM + first.plotHeight() + GAP;
        double inner = sketch.inner(first.left() + Math.max(across * pitchX - GAP, LEGEND_WIDTH));
        double top = sketch.heading(new Heading(title, caption), inner) + NAME_ROOM;
        double left = sketch.margin() + first.left();
        for (int i = 0; i < panels.size(); i++) {
            double x = left + i % across * pitchX;
            double y = top + i / across * pitchY;
            sketch.text(x, y - Sketch.UNIT, name(i, first.plotWidth()), Sketch.PANEL_TITLE, Mark.Anchor.START,
                page.theme().ink());
            panels.get(i).drawPlot(sketch, x, y, false);
            if (i % across == 0) {
                panels.get(i).drawRowLabels(sketch, x, y);
            }
            if (i + across >= panels.size()) {
                panels.get(i).drawColumnLabels(sketch, x, y, first.labelRoom());
            }
        }
        double lastRow = top + (panels.size() - 1) / across * pitchY;
        double below = lastRow + first.plotHeight() + Panel.below(first.labelRoom());
        double bottom = sketch.ownLineLegend(Legend.of(quantity, scale, maps.stream().map(NamedMap::matrix).toList()), left,
            below, Math.min(LEGEND_WIDTH, inner - first.left()));
        return sketch.finished(title, inner + 2 * sketch.margin(), bottom + sketch.margin());
    }

    private String name(int map, double room) {
        return Typeface.fitted(maps.get(map).name(), Sketch.PANEL_TITLE, room + GAP - Sketch.UNIT);
    }

    /** Five and six stand in rows of three, so that no head is left nearly alone. */
    private static int across(int count) {
        return count == MOST_ACROSS + 1 || count == MOST_ACROSS + 2 ? MOST_ACROSS - 1 : Math.min(MOST_ACROSS, count);
    }

    /** As many as look well together, but fewer where they would be too small in this width. */
    private int fitting(double inner, Page page) {
        int across = across(maps.size());
        while (across > 1 && plotWidth(inner, across, page) < SMALLEST) {
            across--;
        }
        return across;
    }

    private double plotWidth(double inner, int across, Page page) {
        double left = Panel.within(inner / across, content(maps.get(0).matrix()), page).left();
        return (inner - left - (across - 1) * GAP) / across;
    }

    private Panel panel(Matrix matrix, Page page, int across, Sketch sketch) {
        return page.isFixed() ? Panel.plotted(plotWidth(sketch.inner(0), across, page), content(matrix), page,
            Panel.longest(sketch.inner(0) / across)) : Panel.natural(content(matrix), page, SMALL, LARGE);
    }

    private Panel.Content content(Matrix matrix) {
        return new Panel.Content(matrix, scale, rows, columns, null);
    }
}
