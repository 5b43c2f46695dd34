package org.headscope.session;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;

/**
 * A sweep as maps: one of layers by heads or by positions, or where heads have positions one of heads by positions for
 * every layer.
 *
 * @param positions what each position is called
 * @param shown what is drawn of a metric's value
 */
public record SweepMaps(SweepKind kind, SweepResult result, List<String> positions, DoubleUnaryOperator shown) {

    /** Whether there is one map a layer. */
    public boolean isPerLayer() {
        return shape().length == 3;
    }

    private int[] shape() {
        return result.shape();
    }

    private boolean hasKeys() {
        return kind.by() == By.EDGE;
    }

    private int heads() {
        return shape()[hasKeys() ? 1 : 2];
    }

    private int across() {
        return shape()[hasKeys() ? 2 : 1];
    }

    /** The rows of every map. */
    public Axis rows() {
        return isPerLayer() ? Axis.heads(heads()) : Axis.layers(shape()[0]);
    }

    /** The columns of every map. */
    public Axis columns() {
        if (kind.by() == By.HEAD) {
            return Axis.heads(shape()[1]);
        }
        return hasKeys() ? Axis.keys(positions) : Axis.positions(positions);
    }

    /** The maps; where there are several, each has the name of its layer. */
    public List<NamedMap> maps() {
        return isPerLayer() ? IntStream.range(0, shape()[0]).mapToObj(layer -> new NamedMap("L" + layer, map(layer)))
            .toList() : List.of(new NamedMap("", map(0)));
    }

    private Matrix map(int map) {
        int rows = isPerLayer() ? heads() : shape()[0];
        int columns = across();
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) shown.applyAsDouble(result.values()[cell(map, new Cell(i / columns, i % columns))]);
        }
        return Matrix.of(rows, columns, values)
            .withNotComputed((row, column) -> !result.done().get(cell(map, new Cell(row, column))))
            .withNoPath((row, column) -> result.impossible().get(cell(map, new Cell(row, column))))
            .withIdentical((row, column) -> result.identical().get(cell(map, new Cell(row, column))));
    }

    /** Where a cell of a map stands in the result. */
    public int cell(int map, Cell place) {
        int columns = across();
        if (!isPerLayer()) {
            return place.row() * columns + place.column();
        }
        int first = map * heads() * columns;
        return first + (hasKeys() ? place.row() * columns + place.column() : place.column() * heads() + place.row());
    }

    /** The maps as they are exported. */
    public Figure figure(String title, String caption, Scale scale, String quantity) {
        if (isPerLayer()) {
            return new HeadRow(title, caption, rows(), columns(), maps(), scale, quantity, "layer");
        }
        Heatmap map = new Heatmap(title, caption, rows(), columns(), map(0), scale, quantity, null, false);
        return kind.by() == By.HEAD ? map.withCellValues() : map;
    }
}
