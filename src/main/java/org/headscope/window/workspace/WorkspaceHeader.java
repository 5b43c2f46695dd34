package org.headscope.window.workspace;

import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.headscope.window.Older;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Term;

/** What the workspace shows, in words, and what can be done with all of it. */
final class WorkspaceHeader extends HBox {

    /** A shorter title is not cut. */
    private static final double LEAST_TITLE = 180;

    private final Label title = Parts.label("", "title");
    private final Label subtitle = Parts.label("", "muted");
    private final Label older = Parts.label("", "tag");
    private final Button lock = new Button();
    private final ObservableValue<Boolean> narrow;
    /** What the subtitle says, the most words first. */
    private final ObjectProperty<List<String>> subtitles = new SimpleObjectProperty<>(List.of(""));

    /** What its buttons do. */
    record Commands(Runnable previous, Runnable next, Runnable lock, Runnable copy, Runnable export) {
    }

    /**
     * @param withoutHead while what is shown is about no single head
     * @param narrow while there is no room for more words than those of the title
     */
    WorkspaceHeader(Commands commands, ObservableValue<Boolean> withoutHead, ObservableValue<Boolean> narrow) {
        super(8);
        this.narrow = narrow;
        Button previous = Parts.iconButton(Icons.PREVIOUS, "Previous head", commands.previous());
        Button next = Parts.iconButton(Icons.NEXT, "Next head", commands.next());
        Stream.of(previous, next).forEach(button -> Parts.hideWhile(button, withoutHead));
        Button take = Parts.iconButton(Icons.COPY, "Copy the numbers of what is shown as text (Ctrl+C)",
            commands.copy());
        take.setId("copy");
        Button save = Parts.named(new Button("Export", Icons.EXPORT.node()),
            "Save what is shown as PNG, SVG or CSV (Ctrl+E)");
        save.setId("export");
        save.setMinWidth(USE_PREF_SIZE);
        save.contentDisplayProperty().bind(narrow.map(is -> is ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
        save.setOnAction(event -> commands.export().run());
        lock.getStyleClass().addAll("flat", "icon-button");
        lock.setId("lock");
        lock.setOnAction(event -> commands.lock().run());
        older.textProperty().bind(narrow.map(is -> is ? Older.SHORT : Older.TAG));
        older.setMinWidth(USE_PREF_SIZE);
        Tooltip whole = whole();
        Stream.of(title, subtitle).forEach(label -> label.setTooltip(whole));
        getChildren().addAll(previous, next, title, subtitle, lock, older, Parts.spacer(), take, save);
        setAlignment(Pos.CENTER_LEFT);
        setMargin(previous, new Insets(0, -8, 0, -6));
    }

    private Tooltip whole() {
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(Bindings.createStringBinding(() -> {
            String most = subtitles.get().get(0);
            return "%s %s%s".formatted(title.getText(), most,
                most.startsWith(MapMaker.PATTERN) ? "\n" + Term.PATTERN.meaning() : "");
        }, title.textProperty(), subtitles));
        whole.setWrapText(true);
        whole.setMaxWidth(320);
        return whole;
    }

    /** @param words of the subtitle: as many as there is room for, so the most first */
    void say(String titleText, List<String> words) {
        title.setText(titleText);
        title.setMinWidth(Math.min(LEAST_TITLE, title.prefWidth(-1)));
        subtitles.set(words);
        fitSubtitle();
    }

    @Override
    protected void layoutChildren() {
        fitSubtitle();
        super.layoutChildren();
    }

    private void fitSubtitle() {
        double room = getWidth() - snappedLeftInset() - snappedRightInset();
        for (Node child : getManagedChildren()) {
            Insets margin = getMargin(child);
            room -= getSpacing() + (child == subtitle ? 0 : child.prefWidth(-1))
                + (margin == null ? 0 : margin.getLeft() + margin.getRight());
        }
        double free = room + getSpacing();
        Text measured = new Text();
        measured.setFont(subtitle.getFont());
        List<String> words = subtitles.get();
        String fitting = words.stream().filter(text -> {
            measured.setText(text);
            return Math.ceil(measured.getLayoutBounds().getWidth()) <= free;
        }).findFirst().orElse(words.get(words.size() - 1));
        // Saying the same again would ask for another layout, and so on.
        if (!fitting.equals(subtitle.getText())) {
            subtitle.setText(fitting);
        }
    }

    /** Marks what is shown as that of other prompts than those that stand there now. */
    void tagWhile(ObservableBooleanValue isOlder) {
        Parts.hideWhile(older, Bindings.not(isOlder));
        // There is no room for both.
        Parts.hideWhile(subtitle, Bindings.createBooleanBinding(() -> narrow.getValue() && older.isVisible(), narrow,
            older.visibleProperty()));
    }

    /** Whether there is a head to keep. */
    void setLockable(boolean lockable) {
        lock.setVisible(lockable);
    }

    void setLocked(boolean locked) {
        lock.setGraphic((locked ? Icons.LOCKED : Icons.UNLOCKED).node());
        Parts.named(lock, locked ? "Locked: the pointer does not change what is shown (click or Esc to unlock)"
            : "Lock this head (click, Enter)");
    }
}
