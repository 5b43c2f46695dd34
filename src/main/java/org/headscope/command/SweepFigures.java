package org.headscope.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.figure.Axis;
import org.headscope.figure.CellState;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.SweepMaps;

/** Pictures of sweeps: shares of the way from the corrupt to the clean metric, or changes where these mean nothing. */
final class SweepFigures {

    private final SweepParts sweep;
    private final SweepReport report;
    private final String title;
    private final String caption;

    SweepFigures(SweepParts sweep, String title, String caption) {
        this.sweep = sweep;
        this.report = sweep.each().get(0);
        this.title = title;
        this.caption = caption;
    }

    Figure figure() {
        if (sweep.each().size() > 1) {
            return panels();
        }
        SweepMaps maps = maps(report);
        return maps.figure(title, caption, scale(maps.maps()), quantity());
    }

    private static SweepMaps maps(SweepReport report) {
        SweepLayout layout = report.layout();
        return new SweepMaps(layout.kind(), report.result(),
            layout.axes().get(layout.kind().by() == By.EDGE ? 2 : 1).labels(), value -> shown(report, value));
    }

    private static double shown(SweepReport report, double value) {
        SweepResult result = report.result();
        return report.showsShares() ? result.recovered(value) : value - result.corrupt();
    }

    /** One map a part; of heads by position, their rows are all heads of all layers. */
    private Figure panels() {
        List<NamedMap> panels = new ArrayList<>();
        for (int part = 0; part < sweep.each().size(); part++) {
            panels.add(new NamedMap(sweep.parts().get(part), stacked(maps(sweep.each().get(part)))));
        }
        SweepMaps first = maps(report);
        return new HeadRow(title, caption, first.isPerLayer() ? allHeads(first) : first.rows(), first.columns(), panels,
            scale(panels), quantity());
    }

    /** The maps of all layers below one another. */
    private static Matrix stacked(SweepMaps maps) {
        List<Matrix> layers = maps.maps().stream().map(NamedMap::matrix).toList();
        int rows = layers.get(0).rows();
        int columns = layers.get(0).columns();
        float[] values = new float[layers.size() * rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = layers.get(i / (rows * columns)).value(i / columns % rows, i % columns);
        }
        return Matrix.of(layers.size() * rows, columns, values)
            .withNotComputed((row, column) -> layers.get(row / rows).state(row % rows, column)
                == CellState.NOT_COMPUTED)
            .withIdentical((row, column) -> layers.get(row / rows).state(row % rows, column) == CellState.IDENTICAL);
    }

    private static Axis allHeads(SweepMaps maps) {
        int heads = maps.rows().size();
        return new Axis("Head", "head", IntStream.range(0, maps.maps().size() * heads)
            .mapToObj(row -> new Head(row / heads, row % heads).toString()).toList());
    }

    private Scale scale(List<NamedMap> maps) {
        return report.showsShares() ? Scale.signedUnit()
            : Scale.signedMax(maps.stream().map(NamedMap::matrix).toArray(Matrix[]::new));
    }

    private String quantity() {
        return report.showsShares() ? "Recovered" : "Change of " + report.quantity();
    }
}
