package org.headscope.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Axis;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;

/** Pictures of sweeps: one map of layers by heads or positions, or a map of heads by positions for each layer. */
final class SweepFigures {

    private final SweepMaps sweep;
    private final SweepReport report;
    private final String title;
    private final String caption;

    SweepFigures(SweepMaps sweep, String title, String caption) {
        this.sweep = sweep;
        this.report = sweep.each().get(0);
        this.title = title;
        this.caption = caption;
    }

    Figure figure() {
        SweepLayout layout = report.layout();
        if (sweep.each().size() > 1) {
            return panels();
        }
        if (layout.hasThreeAxes()) {
            return perLayer();
        }
        int rows = layout.axes().get(0).size();
        int columns = layout.axes().get(1).size();
        Matrix matrix = matrix(rows, columns, (row, column) -> row * columns + column);
        return layout.kind().by() == By.HEAD
            ? Heatmap.ofHeads(title, caption, matrix, scale(List.of(matrix)), quantity()).withCellValues()
            : new Heatmap(title, caption, Axis.layers(rows), Axis.positions(layout.axes().get(1).labels()), matrix,
                scale(List.of(matrix)), quantity(), null, false);
    }

    /** One map a part; of heads by position, their rows are all heads of all layers. */
    private Figure panels() {
        SweepLayout layout = report.layout();
        int layers = layout.axes().get(0).size();
        SweepLayout.Axis second = layout.axes().get(1);
        int heads = layout.hasThreeAxes() ? layout.axes().get(2).size() : 1;
        List<NamedMap> maps = new ArrayList<>();
        for (int part = 0; part < sweep.each().size(); part++) {
            maps.add(new NamedMap(sweep.parts().get(part), matrix(sweep.each().get(part), layers * heads,
                second.size(), (row, column) -> (row / heads * second.size() + column) * heads + row % heads)));
        }
        return new HeadRow(title, caption, layout.hasThreeAxes() ? allHeads(layers, heads) : Axis.layers(layers),
            layout.kind().by() == By.HEAD ? Axis.heads(second.size()) : Axis.positions(second.labels()), maps,
            scale(maps.stream().map(NamedMap::matrix).toList()), quantity());
    }

    private static Axis allHeads(int layers, int heads) {
        return new Axis("Head", "head", IntStream.range(0, layers * heads)
            .mapToObj(i -> "L%dH%d".formatted(i / heads, i % heads)).toList());
    }

    private Figure perLayer() {
        SweepLayout layout = report.layout();
        boolean edges = layout.kind().by() == By.EDGE;
        SweepLayout.Axis tokens = layout.axes().get(edges ? 2 : 1);
        int heads = layout.axes().get(edges ? 1 : 2).size();
        int count = tokens.size();
        List<NamedMap> maps = new ArrayList<>();
        for (int layer = 0; layer < layout.axes().get(0).size(); layer++) {
            int first = layer * heads * count;
            maps.add(new NamedMap("L" + layer, matrix(heads, count,
                (head, token) -> first + (edges ? head * count + token : token * heads + head))));
        }
        return new HeadRow(title, caption, Axis.heads(heads),
            edges ? Axis.keys(tokens.labels()) : Axis.positions(tokens.labels()), maps,
            scale(maps.stream().map(NamedMap::matrix).toList()), quantity());
    }

    /** Which cell of the sweep stands where. */
    @FunctionalInterface
    private interface Place {

        int cell(int row, int column);
    }

    private Matrix matrix(int rows, int columns, Place place) {
        return matrix(report, rows, columns, place);
    }

    private static Matrix matrix(SweepReport report, int rows, int columns, Place place) {
        SweepResult result = report.result();
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            double value = result.values()[place.cell(i / columns, i % columns)];
            values[i] = (float) (report.showsShares() ? result.recovered(value) : value - result.corrupt());
        }
        return Matrix.of(rows, columns, values)
            .withNotComputed((row, column) -> !result.done().get(place.cell(row, column)));
    }

    private Scale scale(List<Matrix> matrices) {
        return report.showsShares() ? Scale.signedUnit() : Scale.signedMax(matrices.toArray(Matrix[]::new));
    }

    private String quantity() {
        return report.showsShares() ? "Recovered" : "Change of " + report.quantity();
    }
}
