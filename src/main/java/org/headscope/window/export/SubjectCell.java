package org.headscope.window.export;

import javafx.collections.SetChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Parts;

/** A subject with its tick; one that is not there says what would make it. */
final class SubjectCell extends ListCell<Subject> {

    private final ExportViewModel model;
    private final CheckBox tick = new CheckBox();
    private final Label name = Parts.label("");
    private final Label why = Parts.label("", "note");
    private final HBox content;

    SubjectCell(ExportViewModel model) {
        this.model = model;
        tick.setFocusTraversable(false);
        tick.setOnAction(event -> toggle());
        VBox words = new VBox(2, name, why);
        words.setMinWidth(0);
        content = new HBox(8, tick, words);
        content.setAlignment(Pos.TOP_LEFT);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefWidth(0);
        model.ticked().addListener((SetChangeListener<String>) change -> showTick());
        listViewProperty().addListener((observed, before, now) -> now.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE && isSelected() && getItem() != null && getItem().isThere()) {
                toggle();
                event.consume();
            }
        }));
    }

    private void toggle() {
        String id = getItem().id();
        if (!model.ticked().remove(id)) {
            model.ticked().add(id);
        }
        showTick();
    }

    @Override
    protected void updateItem(Subject subject, boolean empty) {
        super.updateItem(subject, empty);
        setGraphic(empty ? null : content);
        if (!empty) {
            name.setText(subject.name());
            name.setDisable(!subject.isThere());
            why.setText(subject.whyNot());
            why.setVisible(!subject.whyNot().isEmpty());
            why.setManaged(!subject.whyNot().isEmpty());
            tick.setDisable(!subject.isThere());
            tick.setAccessibleText("Write %s with the others".formatted(subject.name()));
            setAccessibleText(subject.isThere() ? subject.name() : subject.name() + ": " + subject.whyNot());
            showTick();
        }
    }

    private void showTick() {
        tick.setSelected(getItem() != null && model.ticked().contains(getItem().id()));
    }
}
