package org.headscope.window.headmap;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.session.HeadPath;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.sweep.PathViewModel;
import org.headscope.window.sweep.PathViewModel.Draft;
import org.headscope.window.sweep.ShownPath;

/** What the path on the head map is and does, in words; nothing while there is none. */
final class PathBar extends VBox {

    private final PathViewModel model;
    private final Label title = Parts.label("", "strong");
    private final ObservableBooleanValue compact;
    private final Label effect = Parts.label("", "small");

    /**
     * @param compact whether it is of one line, where heads need the room: their arrow has the effect, and the tooltip
     *     says it in words
     * @param sweep shows the map of all paths from the same sender
     */
    PathBar(PathViewModel model, ObservableBooleanValue compact, Runnable sweep) {
        super(4);
        this.model = model;
        this.compact = compact;
        setId("path-bar");
        title.setId("path-title");
        title.setWrapText(true);
        title.setMinWidth(0);
        effect.setId("path-effect");
        effect.setWrapText(true);
        effect.setMinHeight(USE_PREF_SIZE);
        Button remove = Parts.iconButton(Icons.REMOVE, "Take the path away", this::letGo);
        remove.setId("path-remove");
        Button receivers = Parts.named(new Button("Sweep"), "Fill a map with the paths from the same sender into the "
            + "same part of every head of a later layer");
        receivers.setId("path-sweep");
        receivers.getStyleClass().add("small");
        receivers.setMinWidth(USE_PREF_SIZE);
        receivers.setOnAction(event -> sweep.run());
        Parts.hideWhile(receivers, Bindings.createBooleanBinding(() -> model.pathProperty().get().isEmpty()
            || model.draftProperty().get().isPresent(), model.pathProperty(), model.draftProperty()));
        HBox first = new HBox(8, title, Parts.spacer(), receivers, remove);
        first.setAlignment(Pos.CENTER_LEFT);
        title.setTooltip(whole());
        Parts.hideWhile(first, title.textProperty().map(String::isEmpty));
        Label problem = Parts.note(model.problemProperty(), "problem");
        problem.setId("path-problem");
        setMinHeight(USE_PREF_SIZE);
        Parts.hideWhile(effect, Bindings.or(compact, effect.textProperty().isEmpty()));
        getChildren().addAll(problem, first, effect);
        compact.addListener((observed, before, now) -> show());
        Stream.of(model.draftProperty(), model.pathProperty(), model.shownProperty())
            .forEach(cause -> cause.addListener((observed, before, now) -> show()));
        Parts.hideWhile(this, hidden(model));
        show();
    }

    /** Whether there is nothing to say. */
    static ObservableValue<Boolean> hidden(PathViewModel model) {
        return Bindings.createBooleanBinding(() -> model.draftProperty().get().isEmpty()
            && model.pathProperty().get().isEmpty() && model.problemProperty().get().isEmpty(),
            model.draftProperty(), model.pathProperty(), model.problemProperty());
    }

    private Tooltip whole() {
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(Bindings.createStringBinding(() -> "%s\n%s".formatted(title.getText(),
            effect.getText()).strip(), title.textProperty(), effect.textProperty()));
        whole.setWrapText(true);
        whole.setMaxWidth(320);
        return whole;
    }

    private void letGo() {
        if (!model.cancel()) {
            model.remove();
        }
    }

    private void show() {
        Optional<Draft> draft = model.draftProperty().get();
        Optional<HeadPath> path = model.pathProperty().get();
        if (draft.isPresent()) {
            title.setText((compact.get() ? "From %s: drop on a later head" : "Path from %s")
                .formatted(draft.get().sender()));
            effect.setText("Drop it on a head of a later layer, or go there with arrows and press Enter; Esc gives "
                + "up.");
        } else {
            title.setText(path.map(one -> compact.get() ? one.toString() : "Path " + one).orElse(""));
            effect.setText(path.isEmpty() ? "" : model.shownProperty().get().map(PathBar::words).orElse(""));
        }
    }

    private static String words(ShownPath shown) {
        // The title has named the path.
        String words = shown.words().replaceFirst("^[^:]*: ", "");
        return "%s (%s)".formatted(words, shown.substitution());
    }
}
