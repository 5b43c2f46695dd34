package org.headscope.window;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.headscope.analysis.HeadScores;
import org.headscope.figure.Cell;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadArrow;
import org.headscope.figure.HeadGrid;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Heatmap;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.figure.Triptych;
import org.headscope.model.Head;
import org.headscope.session.Look;
import org.headscope.session.OpenModel;
import org.headscope.session.Which;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Taken;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.sweep.ShownPath;
import org.headscope.window.sweep.ShownSweep;
import org.headscope.window.workspace.WorkspaceViewModel.Maps;
import org.headscope.window.workspace.WorkspaceViewModel.NamedMaps;
import org.headscope.window.workspace.WorkspaceViewModel;

/** What is shown, as figures that can be written to files. They hold what is locked, too. */
final class Pictures {

    private final String model;
    private final ViewState view;

    Pictures(OpenModel model, ViewState view) {
        this.model = "Model %s, %s".formatted(model.folder().name(), model.gpt2().processing().label());
        this.view = view;
    }

    /** Which weights the picture is of. */
    String model() {
        return model;
    }

    /** One score a head. */
    Figure scores(HeadScores scores, DetectViewModel detect) {
        float[] values = new float[scores.layers() * scores.heads()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) scores.get(new Head(i / scores.heads(), i % scores.heads()));
        }
        String prompt = detect.prompt().map(of -> "“%s”. ".formatted(of.text())).orElse("");
        return Heatmap.ofHeads(detect.title(), prompt + model, Matrix.of(scores.layers(), scores.heads(), values),
            detect.scale(), "Score").withCellValues();
    }

    /** The one map of the chosen run; empty where there is no such run. */
    Optional<Figure> head(Maps maps) {
        Which which = view.whichProperty().get();
        return maps.of(which).map(picture -> heatmap(maps, which, picture));
    }

    /** Both runs and what differs; empty where they cannot be compared. */
    Optional<Figure> compared(Maps maps) {
        return maps.corrupt().isPresent() && maps.difference().isPresent() ? Optional.of(triptych(maps))
            : Optional.empty();
    }

    /** The chosen heads side by side; empty where none are chosen or they have no map of this run. */
    Optional<Figure> set(Maps maps) {
        Which which = view.whichProperty().get();
        List<NamedMaps> shown = maps.several().stream().filter(one -> one.maps().of(which).isPresent()).toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        HeatPicture first = shown.get(0).maps().of(which).orElseThrow();
        return Optional.of(new HeadRow("%s, %s, %s".formatted(maps.name(Look.MAP, which), maps.quantity(),
            which.phrase()), caption(maps.pair(), which), first.rowAxis(), first.columnAxis(), shown.stream()
            .map(one -> new NamedMap(one.head().toString(), one.maps().of(which).orElseThrow().matrix())).toList(),
            first.shading().scale(), maps.legend(which)));
    }

    /** Attention along the tokens, as lines or on the running text; empty where there is no such run. */
    Optional<Taken> reading(WorkspaceViewModel workspace, String name) {
        return workspace.mapsProperty().get().flatMap(maps -> {
            String caption = maps.of(view.whichProperty().get()).isEmpty() ? ""
                : caption(maps.pair(), view.whichProperty().get());
            return view.lookProperty().get() == Look.LINES
                ? workspace.lines(caption).map(made -> new Taken(name + "-lines", () -> made, made.table()))
                : workspace.text(caption).map(made -> new Taken(name + "-text", () -> made, made.table()));
        });
    }

    private Figure heatmap(Maps maps, Which which, HeatPicture picture) {
        Heatmap plain = new Heatmap(title(maps, which), caption(maps.pair(), which), picture.rowAxis(),
            picture.columnAxis(), picture.matrix(), picture.shading().scale(), maps.legend(which), null, true);
        return selected(picture.matrix()).map(plain::withSelected).orElse(plain);
    }

    /** The cell that is chosen or pointed at, which a run of another length may not have. */
    private Optional<Cell> selected(Matrix matrix) {
        return view.lockedCellProperty().get().or(view.hoveredCellProperty()::get)
            .filter(cell -> cell.row() < matrix.rows() && cell.column() < matrix.columns());
    }

    private Figure triptych(Maps maps) {
        Pair pair = maps.pair();
        return new Triptych("%s %s, clean and corrupt".formatted(maps.name(), maps.quantity().replace(" pattern", "")),
            model, pair.clean().text(), pair.corrupt().orElseThrow().text(), maps.clean().rows(), maps.corrupt().orElseThrow().rows(),
            maps.clean().matrix(), maps.corrupt().orElseThrow().matrix(), maps.clean().shading().scale(),
            maps.difference().orElseThrow().shading().scale(), selected(maps.clean().matrix()).orElse(null),
            maps.legend(Which.CLEAN));
    }

    /** A sweep as far as it has come. */
    Figure sweep(ShownSweep sweep, boolean fit) {
        Pair pair = sweep.runs().pair();
        String prompts = pair.corrupt().map(corrupt -> "Clean “%s”, corrupt “%s”".formatted(pair.clean().text(),
            corrupt.text())).orElse("“%s”".formatted(pair.clean().text()));
        return sweep.figure(sweep.isOfPairs() ? model : "%s. %s".formatted(prompts, model), fit);
    }

    /**
     * Every head of every layer, to be put together in the background; empty where the chosen run is missing.
     *
     * @param path drawn as an arrow
     */
    Optional<Supplier<Figure>> grid(Pair pair, Optional<Head> focus, Optional<ShownPath> path) {
        Which which = view.whichProperty().get();
        boolean hideFirst = view.hideFirstProperty().get();
        Scale scale = view.scaleProperty().get().scale(which);
        return AttentionMaps.of(pair, new Head(0, 0), which, false)
            .map(first -> () -> withPath(grid(pair, focus, which, hideFirst, scale), path));
    }

    /** The heads of a layer, to be put together in the background; empty where the chosen run is missing. */
    Optional<Supplier<Figure>> layer(Pair pair, int layer) {
        Which which = view.whichProperty().get();
        boolean hideFirst = view.hideFirstProperty().get();
        Scale scale = view.scaleProperty().get().scale(which);
        return AttentionMaps.of(pair, new Head(layer, 0), which, false).map(first -> () -> HeadRow.attention(
            "Attention of layer %d, %s".formatted(layer, which.phrase()), caption(pair, which),
            AttentionMaps.labels(pair, which), IntStream.range(0, pair.heads()).mapToObj(head -> new Head(layer, head))
                .map(head -> new NamedMap(head.toString(), AttentionMaps.of(pair, head, which, hideFirst)
                    .orElseThrow())).toList(), scale));
    }

    private static HeadGrid withPath(HeadGrid grid, Optional<ShownPath> path) {
        return path.map(shown -> grid.withArrow("%s. Path %s, %s: %s".formatted(grid.title(), shown.path(),
            shown.substitution(), shown.quantity()), new HeadArrow(shown.path().sender(), shown.path().receiver(),
            "%s %s".formatted(shown.path().part().shortName(), shown.label()), (float) shown.effect(), shown.scale())))
            .orElse(grid);
    }

    private HeadGrid grid(Pair pair, Optional<Head> focus, Which which, boolean hideFirst, Scale scale) {
        List<List<Matrix>> layers = IntStream.range(0, pair.layers()).mapToObj(layer ->
            IntStream.range(0, pair.heads()).mapToObj(head -> AttentionMaps.of(pair, new Head(layer, head), which,
                hideFirst).orElseThrow()).toList()).toList();
        HeadGrid grid = HeadGrid.attention("Attention of every head, " + which.phrase(), caption(pair, which),
            AttentionMaps.labels(pair, which), layers, scale);
        return focus.map(grid::withFocus).orElse(grid);
    }

    private static String title(Maps maps, Which which) {
        return which == Which.DIFFERENCE ? "%s %s, %s".formatted(maps.name(), maps.quantity().replace(" pattern", ""),
            which.phrase()) : maps.name() + " " + maps.quantity();
    }

    private String caption(Pair pair, Which which) {
        String prompts = switch (which) {
            case CLEAN -> "“%s”".formatted(pair.clean().text());
            case CORRUPT -> "“%s”".formatted(pair.corrupt().orElseThrow().text());
            case DIFFERENCE -> "“%s” − “%s”".formatted(pair.clean().text(), pair.corrupt().orElseThrow().text());
        };
        return prompts + ". " + model;
    }
}
