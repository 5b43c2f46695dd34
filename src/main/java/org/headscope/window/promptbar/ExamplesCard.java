package org.headscope.window.promptbar;

import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.headscope.session.Example;
import org.headscope.window.control.Parts;
import org.headscope.window.control.PickList;

/** The worked examples with what to look for in each; one of them is taken. */
final class ExamplesCard extends VBox {

    private static final double WIDTH = 560;
    private static final double HEIGHT = 504;

    private final PickList<Example> list;

    /** @param bundled whether the bundled model is the one that would run them */
    ExamplesCard(boolean bundled, Consumer<Example> taken) {
        super(8);
        setId("examples-card");
        getStyleClass().add("card");
        setPrefWidth(WIDTH);
        list = new PickList<>("examples-list", "Worked examples", Example.ALL, example -> row(example, bundled),
            taken);
        list.setPrefHeight(HEIGHT);
        getChildren().addAll(Parts.label("Worked examples", "section-title", "card-heading"),
            Parts.label("Takes both prompts and measures the logit difference of two tokens; undo takes it back.",
                "note", "card-heading"), list);
    }

    Node first() {
        return list;
    }

    private static Node row(Example example, boolean bundled) {
        Label lookFor = wrapped(example.lookFor());
        Label models = wrapped("%s %s".formatted(example.watched(), example.models()));
        models.getStyleClass().addAll(bundled && !example.bundledToo() ? "warned" : "muted", "small");
        VBox row = new VBox(2, Parts.label(example.name(), "strong"), lookFor, models);
        row.setPadding(new Insets(4, 0, 4, 0));
        return row;
    }

    private static Label wrapped(String text) {
        Label label = Parts.label(text);
        label.setWrapText(true);
        return label;
    }
}
