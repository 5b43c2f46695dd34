package org.headscope.window.lens;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.analysis.LogitLens.Norm;
import org.headscope.figure.Cell;
import org.headscope.window.Workbench;
import org.headscope.window.control.CandidateStrip;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Fields;
import org.headscope.window.control.ScrolledGrid;
import org.headscope.window.control.Taken;
import org.headscope.window.theme.Appearance;

/** The likeliest next token after every half-layer at every position; a click on one locks its position. */
final class TopTokensPane extends LensPane {

    private final LensViewModel model;
    private final ScrolledGrid grid;
    private final CandidateStrip strip = new CandidateStrip("lens-cell");

    TopTokensPane(Workbench workbench, LensViewModel model, Appearance appearance) {
        this.model = model;
        this.grid = new ScrolledGrid(appearance, "Logit lens", "lens-grid");
        VBox.setVgrow(grid, Priority.ALWAYS);
        FlowPane controls = new FlowPane(12, 8, new PlaceControls(workbench, model.place()).run(), norm(model),
            Fields.list("lens-color", "What the colours tell", 136, model.coloringsProperty(),
                model.coloringProperty()));
        controls.getStyleClass().add("sweep-controls");
        getChildren().addAll(controls, grid, strip);
        grid.hoveredProperty().addListener((observed, before, now) -> showCell());
        grid.chosenProperty().addListener((observed, before, now) -> {
            model.place().positionProperty().set(now.map(cell -> OptionalInt.of(cell.column()))
                .orElse(OptionalInt.empty()));
            showCell();
        });
        model.place().positionProperty().addListener((observed, before, now) -> followPosition(now));
        model.shownProperty().addListener((observed, before, now) -> show());
        model.coloringProperty().addListener((observed, before, now) -> show());
        show();
    }

    static Node norm(LensViewModel model) {
        return Fields.labelled("Norm", Choice.of(List.of(Norm.values()), model.normProperty(),
            norm -> norm.name().toLowerCase(Locale.ROOT), norm -> norm == Norm.RECOMPUTED
                ? "Divide by the scale of each place itself, as TransformerLens 3"
                : "Divide by the scale at the end of the stream, as TransformerLens 2.15"));
    }

    private void show() {
        model.shownProperty().get().ifPresent(lens -> {
            grid.show(lens.lens().positions(), (first, count) -> lens.grid(model.coloringProperty().get(), first,
                count), true);
            grid.setWords(lens::words);
            grid.chosenProperty().get().filter(cell -> !exists(lens, cell))
                .ifPresent(cell -> grid.chosenProperty().set(Optional.empty()));
            showCell();
        });
    }

    /** The other views choose positions too. */
    private void followPosition(OptionalInt position) {
        Optional<Cell> chosen = grid.chosenProperty().get();
        if (position.isEmpty()) {
            grid.chosenProperty().set(Optional.empty());
        } else if (chosen.filter(cell -> cell.column() == position.getAsInt()).isEmpty()) {
            model.shownProperty().get().ifPresent(lens -> grid.chosenProperty().set(Optional.of(new Cell(
                chosen.map(Cell::row).orElse(lens.lens().layers().size() - 1), position.getAsInt()))));
        }
    }

    private static boolean exists(ShownLens lens, Cell cell) {
        return cell.row() < lens.lens().layers().size() && cell.column() < lens.lens().positions();
    }

    /** Of the cell that is pointed at, else of the chosen one, else of the last one. */
    private void showCell() {
        model.shownProperty().get().ifPresent(lens -> {
            Cell last = new Cell(lens.lens().layers().size() - 1, lens.lens().positions() - 1);
            Cell cell = grid.hoveredProperty().get().or(() -> grid.chosenProperty().get())
                .filter(one -> exists(lens, one)).orElse(last);
            strip.show("Likeliest next tokens " + lens.place(cell), lens.top(cell), lens::label);
        });
    }

    @Override
    ObservableValue<String> subtitle() {
        return model.shownProperty().map(shown -> shown.map(ShownLens::what).orElse(""));
    }

    @Override
    Optional<Taken> taken() {
        return model.takenGrid(grid.firstTaken(), grid.countTaken());
    }

    @Override
    Node keys() {
        return grid.view();
    }

    @Override
    boolean letGo() {
        boolean held = grid.chosenProperty().get().isPresent();
        grid.chosenProperty().set(Optional.empty());
        return held;
    }
}
