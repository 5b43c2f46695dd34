package org.headscope.command;

import java.util.ArrayList;
import java.util.List;
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

    private final SweepReport report;
    private final String title;
    private final String caption;

    SweepFigures(SweepReport report, String title, String caption) {
        this.report = report;
        this.title = title;
        this.caption = caption;
    }

    Figure figure() {
        SweepLayout layout = report.layout();
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
