package org.headscope.figure;

import java.util.List;

/**
 * One map, large: a head's attention, or one value a head.
 *
 * @param title      what is shown, such as "L4H1 attention pattern"
 * @param caption    of which prompt and model; may be empty
 * @param rows       one label a row of the matrix
 * @param columns    one label a column
 * @param matrix     the values
 * @param scale      how they become colours
 * @param quantity   what a value is, for the legend
 * @param selected   a cell to ring and to lead to, or null
 * @param cellValues whether values are written into the cells, where there are at most 16 each way
 */
public record Heatmap(
        String title,
        String caption,
        Axis rows,
        Axis columns,
        Matrix matrix,
        Scale scale,
        String quantity,
        Cell selected,
        boolean cellValues) implements Figure {

    private static final int MOST_WRITTEN = 16;
    private static final double SMALL = 256;
    private static final double LARGE = 512;
    private static final double NARROWEST = 240;
    private static final double WIDEST_LEGEND = 320;

    public Heatmap {
        matrix.requireLabels(rows, columns);
    }

    /** The attention of one head over tokens whose labels are already visible. */
    public static Heatmap attention(String title, String caption, List<String> tokens, Matrix matrix, Scale scale) {
        return new Heatmap(title, caption, Axis.queries(tokens), Axis.keys(tokens), matrix, scale, "Attention", null,
                false);
    }

    /** One value a head, layers down and heads across, as a sweep or a detector gives. */
    public static Heatmap ofHeads(String title, String caption, Matrix matrix, Scale scale, String quantity) {
        return new Heatmap(title, caption, Axis.layers(matrix.rows()), Axis.heads(matrix.columns()), matrix, scale,
                quantity, null, false);
    }

    /** The same with one cell ringed, its labels and its value named. */
    public Heatmap withSelected(Cell cell) {
        return new Heatmap(title, caption, rows, columns, matrix, scale, quantity, cell, cellValues);
    }

    /** The same with values written into the cells, where there are at most 16 each way. */
    public Heatmap withCellValues() {
        return new Heatmap(title, caption, rows, columns, matrix, scale, quantity, selected, true);
    }

    @Override
    public Drawing draw(Page page) {
        Sketch sketch = new Sketch(page);
        int most = Math.max(matrix.rows(), matrix.columns());
        Panel.Content content = new Panel.Content(matrix, scale, rows, columns, selected);
        Panel panel = page.isFixed() ? Panel.within(sketch.inner(0), content, page)
            : Panel.natural(content, page, SMALL, LARGE);
        double inner = sketch.inner(panel.left() + Math.max(panel.plotWidth(), NARROWEST));
        double top = sketch.heading(new Heading(title, notes(page)), inner);
        double left = sketch.margin() + panel.left();
        panel.draw(sketch, left, top, cellValues && most <= MOST_WRITTEN);

        double below = top + panel.plotHeight() + Panel.below(panel.labelRoom());
        double bottom = sketch.ownLineLegend(Legend.of(quantity, scale, List.of(matrix)), left, below,
            Math.min(WIDEST_LEGEND, inner - panel.left()));
        return sketch.finished(title, inner + 2 * sketch.margin(), bottom + sketch.margin());
    }

    @Override
    public List<NamedMap> maps() {
        return List.of(new NamedMap(title, matrix));
    }

    @Override
    public String mapKey() {
        return "";
    }

    private List<Heading.Note> notes(Page page) {
        Heading.Note about = Heading.Note.of(caption);
        return page.marked(selected) == null ? List.of(about) : List.of(about, Heading.Note.of(selection()));
    }

    private String selection() {
        int row = selected.row();
        int column = selected.column();
        return "Ringed: " + rows.labels().get(row) + " (" + row + ") \u2192 " + columns.labels().get(column)
                + " (" + column + "): " + matrix.described(row, column);
    }
}
