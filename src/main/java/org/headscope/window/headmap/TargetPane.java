package org.headscope.window.headmap;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.analysis.HeadDetector;
import org.headscope.tokens.Prompt;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;
import org.headscope.window.detect.DetectViewModel;
import org.headscope.window.theme.Appearance;

/** A triangle of the prompt's tokens, in which the places are marked that a head should look at. */
final class TargetPane extends VBox {

    private final DetectViewModel model;
    private final TargetCanvas canvas;
    private final Label title = Parts.label("Mark where a head should look", "section-title");
    private final Label where = Parts.label("", "muted", "small");

    TargetPane(DetectViewModel model, Appearance appearance) {
        super(8);
        this.model = model;
        this.canvas = new TargetCanvas(appearance);
        setId("target-pane");
        MenuButton start = new MenuButton("Like");
        start.setId("target-start");
        Tips.on(start, "Mark where heads of a known kind look");
        for (HeadDetector detector : HeadDetector.values()) {
            MenuItem item = new MenuItem(sentence(detector.label()));
            item.setOnAction(event -> model.drawLike(detector));
            start.getItems().add(item);
        }
        Button clear = Parts.named(new Button("Clear"), "Mark nothing");
        clear.setId("target-clear");
        clear.setOnAction(event -> model.clearDrawing());
        clear.disableProperty().bind(model.drawnProperty().map(drawn -> drawn.isEmpty() || drawn.get().isEmpty()));
        start.setMaxWidth(Double.MAX_VALUE);
        clear.setMaxWidth(Double.MAX_VALUE);
        VBox buttons = new VBox(8, start, clear);
        title.setMinHeight(USE_PREF_SIZE);
        getStyleClass().add("score-controls");
        getChildren().addAll(title, new HBox(16, canvas, buttons), where);
        setMinHeight(USE_PREF_SIZE);
        canvas.setOnDraw(model::draw);
        canvas.chosenProperty().addListener((observed, before, now) -> showCursor());
        model.drawnProperty().addListener((observed, before, now) -> show());
        show();
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void show() {
        model.drawnProperty().get().ifPresent(drawn -> canvas.show(drawn,
            model.prompt().map(Prompt::labels).filter(labels -> labels.size() == drawn.size()).orElse(List.of())));
        showCursor();
    }

    private void showCursor() {
        where.setText(canvas.words());
    }
}
