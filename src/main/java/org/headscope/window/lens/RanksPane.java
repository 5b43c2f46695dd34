package org.headscope.window.lens;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.figure.RankLines;
import org.headscope.window.Workbench;
import org.headscope.window.control.ChartView;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Taken;
import org.headscope.window.theme.Appearance;

/** How the watched tokens overtake one another through the layers, at one position. */
final class RanksPane extends LensPane {

    private final LensViewModel model;
    private final ChartView chart;
    private final Label words = Parts.label("", "small");

    RanksPane(Workbench workbench, LensViewModel model, Appearance appearance) {
        this.model = model;
        this.chart = new ChartView(appearance, "Ranks through the layers");
        chart.setId("rank-lines");
        VBox.setVgrow(chart, Priority.ALWAYS);
        words.setId("rank-words");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        PlaceControls place = new PlaceControls(workbench, model.place());
        FlowPane controls = new FlowPane(12, 8, place.run(), place.position("rank-position"),
            TopTokensPane.norm(model));
        controls.getStyleClass().add("sweep-controls");
        getChildren().addAll(controls, chart, words);
        model.shownProperty().addListener((observed, before, now) -> show());
        model.place().positionProperty().addListener((observed, before, now) -> show());
        chart.hoveredProperty().addListener((observed, before, now) -> showWords());
        chart.chosenProperty().addListener((observed, before, now) -> showWords());
        show();
    }

    private void show() {
        model.shownProperty().get().ifPresent(lens -> {
            int position = model.place().within(lens.lens().positions());
            chart.chartProperty().set(Optional.of(lens.ranks(position)));
            chart.setWords(cell -> lens.ranksAt(cell.column(), position));
            showWords();
        });
    }

    /** Of the half-layer that is pointed at, else of the chosen one, else of the last one. */
    private void showWords() {
        model.shownProperty().get().ifPresent(lens -> {
            int layer = chart.hoveredProperty().get().or(() -> chart.chosenProperty().get())
                .map(cell -> cell.column()).filter(column -> column < lens.lens().layers().size())
                .orElse(lens.lens().layers().size() - 1);
            String more = lens.tokens().size() <= RankLines.MOST ? ""
                : " The first %d of %d watched tokens are shown.".formatted(RankLines.MOST, lens.tokens().size());
            words.setText(lens.ranksAt(layer, model.place().within(lens.lens().positions())) + "." + more);
        });
    }

    @Override
    ObservableValue<String> subtitle() {
        return model.shownProperty().map(shown -> shown.map(ShownLens::what).orElse(""));
    }

    @Override
    Optional<Taken> taken() {
        return model.takenRanks();
    }

    @Override
    Node keys() {
        return chart;
    }

    @Override
    boolean letGo() {
        boolean held = chart.chosenProperty().get().isPresent();
        chart.chosenProperty().set(Optional.empty());
        return held;
    }
}
