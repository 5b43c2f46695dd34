package org.headscope.window.headmap;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.analysis.HeadDetector.Measure;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.detect.DetectViewModel.Order;
import org.headscope.window.detect.DetectViewModel.Show;
import org.headscope.window.detect.ScoreKind;

/** What heads are scored by, how, and what the map does with it. */
final class ScoreControls extends VBox {

    static final double HEIGHT = 62;

    private final DetectViewModel model;

    ScoreControls(DetectViewModel model) {
        super(8);
        this.model = model;
        getStyleClass().add("score-controls");
        var show = Choice.of(List.of(Show.values()), model.showProperty(), Show::label, Show::hint);
        var order = Choice.of(List.of(Order.values()), model.orderProperty(), Order::label, Order::hint);
        HBox second = new HBox(8, show, order);
        getChildren().addAll(kinds(), second, Parts.note(model.problemProperty(), "note"));
        setMinHeight(USE_PREF_SIZE);
    }

    private ComboBox<ScoreKind> kinds() {
        ComboBox<ScoreKind> kinds = new ComboBox<>(FXCollections.observableArrayList(ScoreKind.values()));
        kinds.setId("score-kind");
        kinds.setAccessibleText("What heads are scored by");
        kinds.setVisibleRowCount(ScoreKind.values().length);
        kinds.setMaxWidth(Double.MAX_VALUE);
        kinds.setMinWidth(0);
        Tooltip meaning = new Tooltip();
        meaning.textProperty().bind(model.kindProperty().map(ScoreKind::meaning));
        meaning.setWrapText(true);
        meaning.setMaxWidth(320);
        kinds.setTooltip(meaning);
        kinds.valueProperty().bindBidirectional(model.kindProperty());
        return kinds;
    }

    /** How the prompt's scores are taken: few change it, so that it takes little room. */
    static MenuButton options(DetectViewModel model) {
        MenuButton options = new MenuButton(null, Icons.ADJUST.node());
        options.setId("score-options");
        options.getStyleClass().addAll("flat", "icon-button", "no-arrow");
        options.setMinWidth(USE_PREF_SIZE);
        Tips.on(options, "How heads are scored: attention on the prompt beside what is expected");
        options.setAccessibleText("How the prompt's scores are taken");
        ToggleGroup group = new ToggleGroup();
        options.getItems().addAll(
            measure(model, Measure.MUL, "Share of the attention that lies where it is expected (mul)", group),
            measure(model, Measure.ABS, "1 − mean difference from what is expected (abs)", group),
            new SeparatorMenuItem(),
            check("Leave out attention to the first token", model.withoutFirstProperty()),
            check("Leave out attention of tokens to themselves", model.withoutSelfProperty()),
            new SeparatorMenuItem(),
            check("Match tokens that differ only in a leading space or case", model.alikeProperty()));
        return options;
    }

    private static RadioMenuItem measure(DetectViewModel model, Measure measure, String text, ToggleGroup group) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setToggleGroup(group);
        item.setSelected(model.measureProperty().get() == measure);
        item.setOnAction(event -> model.measureProperty().set(measure));
        model.measureProperty().addListener((observed, before, now) -> item.setSelected(now == measure));
        return item;
    }

    private static CheckMenuItem check(String text, BooleanProperty property) {
        CheckMenuItem item = new CheckMenuItem(text);
        item.selectedProperty().bindBidirectional(property);
        return item;
    }
}
