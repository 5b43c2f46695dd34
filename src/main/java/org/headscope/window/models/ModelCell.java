package org.headscope.window.models;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** A model in the list, with the title of its group over the first one. */
final class ModelCell extends ListCell<ModelEntry> {

    private static final PseudoClass TOO_LARGE = PseudoClass.getPseudoClass("too-large");

    private final ModelsViewModel model;
    private final Label group = Parts.label("", "section-title");
    private final Label name = Parts.label("");
    private final Label shape = Parts.label("", "note");
    private final Label size = Parts.label("", "note");
    private final Label state = Parts.label("", "note");
    private final Node tooMuch = Icons.PROBLEM.node();
    private final VBox lines;

    ModelCell(ModelsViewModel model) {
        this.model = model;
        size.setMinWidth(Region.USE_PREF_SIZE);
        state.setMinWidth(Region.USE_PREF_SIZE);
        lines = new VBox(2, group, line(name, state), line(shape, size));
        group.getStyleClass().add("models-group");
        // Long names are shortened instead of making the list scroll sideways.
        setPrefWidth(0);
    }

    private static HBox line(Label left, Label right) {
        left.setMinWidth(0);
        HBox line = new HBox(8, left, Parts.spacer(), right);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    @Override
    protected void updateItem(ModelEntry entry, boolean isEmpty) {
        super.updateItem(entry, isEmpty);
        setGraphic(isEmpty || entry == null ? null : lines);
        if (isEmpty || entry == null) {
            setAccessibleText(null);
            return;
        }
        boolean first = getIndex() == 0 || model.entries().get(getIndex() - 1).group() != entry.group();
        group.setText(entry.group().title());
        group.setVisible(first);
        group.setManaged(first);
        name.setText(entry.name());
        shape.setText(entry.shape());
        size.setText(Stream.of(entry.size(), entry.memoryText()).filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" · ")));
        boolean tooLarge = model.isTooLarge(entry);
        size.pseudoClassStateChanged(TOO_LARGE, tooLarge);
        size.setGraphic(tooLarge ? tooMuch : null);
        state.setText(state(entry));
        setAccessibleText("%s, %s, %s %s %s".formatted(entry.name(), entry.group().title().toLowerCase(Locale.ROOT),
            entry.shape(), size.getText() + (tooLarge ? ", more than the memory budget" : ""),
            state.getText()).strip());
    }

    private String state(ModelEntry entry) {
        Optional<Fetch> fetch = Optional.ofNullable(model.fetches().get(entry.name()));
        if (fetch.isPresent()) {
            return switch (fetch.get().state()) {
                case RUNNING -> fetch.get().share() < 0 ? "fetching" : "%.0f %%".formatted(100 * fetch.get().share());
                case PAUSED -> "paused";
                case FAILED -> "stopped";
            };
        }
        return entry.group() == ModelEntry.Group.BEGUN ? "incomplete"
            : entry.here().filter(model::isOpen).isPresent() ? "open"
            : entry.here().map(here -> switch (here.source()) {
                case BUNDLED -> "bundled";
                case CACHE -> "";
                case FOLDER -> "folder";
            }).orElse("");
    }
}
