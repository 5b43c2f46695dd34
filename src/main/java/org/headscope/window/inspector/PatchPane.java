package org.headscope.window.inspector;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.window.Workbench;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Term;
import org.headscope.window.control.Tips;

/** What is replaced in a run: place by place, each with an on and off. */
final class PatchPane extends VBox {

    private final Workbench workbench;
    private final ObjectProperty<HookPoint> part = new SimpleObjectProperty<>(HookPoint.Z);
    private final StringProperty problem = new SimpleStringProperty("");
    private final Button stage = new Button();
    private final Label how = Parts.label("", "muted", "small");
    private final VBox staged = new VBox(4);
    private List<StagedPatch> listed = List.of();
    private Optional<Shown> shown = Optional.empty();

    /** All that the pane says of the document: every key that is typed into a prompt makes another document. */
    private record Shown(Optional<Head> focus, HookPoint part, Substitution substitution, List<StagedPatch> patches) {

        static Shown of(Document document) {
            return new Shown(document.focus(), document.part(), document.substitution(), document.patches());
        }
    }

    PatchPane(Workbench workbench) {
        super(8);
        this.workbench = workbench;
        setId("patches");
        getStyleClass().add("pane-body");
        var parts = Choice.of(Document.PARTS, part, HookPoint::shortName, PatchPane::meaning);
        parts.getButtons().forEach(button -> explained((HookPoint) button.getUserData()).ifPresent(term ->
            term.on(button)));
        stage.setId("stage");
        stage.setOnAction(event -> workbench.toggleFocusedPatch());
        stage.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(stage, Priority.ALWAYS);
        how.setId("substitution");
        Tips.on(how, "What is put where; the Patch view (Ctrl+3) changes it");
        HBox line = new HBox(8, parts, stage);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox second = new HBox(8, how, Parts.spacer(), attention());
        second.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(Parts.note(problem, "note"), line, second, staged);
        part.addListener((observed, before, now) -> {
            if (now != workbench.document().part()) {
                workbench.edit("part", document -> document.withPart(now));
            }
        });
        workbench.documentProperty().addListener((observed, before, now) -> show());
        workbench.finishedProperty().addListener((observed, before, now) -> show());
        workbench.corruptProperty().addListener((observed, before, now) -> show());
        show();
    }

    /** What the focused head's pattern can be replaced by. */
    private MenuButton attention() {
        MenuButton menu = Parts.named(new MenuButton("Replace pattern"),
            "Let the focused head attend by a rule instead of by what the tokens are");
        menu.setId("replace-pattern");
        menu.getStyleClass().add("small");
        menu.setMinWidth(USE_PREF_SIZE);
        for (FixedAttention rule : FixedAttention.values()) {
            CheckMenuItem item = new CheckMenuItem("By " + rule.word() + " attention");
            item.setOnAction(event -> workbench.toggleAttention(rule));
            menu.getItems().add(item);
        }
        menu.setOnShowing(event -> {
            for (FixedAttention rule : FixedAttention.values()) {
                ((CheckMenuItem) menu.getItems().get(rule.ordinal())).setSelected(workbench.document().attendsBy(rule));
            }
        });
        menu.disableProperty().bind(workbench.documentProperty().map(document -> document.focus().isEmpty()));
        return menu;
    }

    /** Those of the parts that a newcomer meets first have a card of their own. */
    private static Optional<Term> explained(HookPoint point) {
        return point == HookPoint.Z ? Optional.of(Term.Z) : point == HookPoint.PATTERN ? Optional.of(Term.PATTERN)
            : Optional.empty();
    }

    private static String meaning(HookPoint point) {
        return switch (point) {
            case Z -> "z: what the head has read, before its output matrix (hook_z)";
            case PATTERN -> "pattern: where the head looks (hook_pattern)";
            case Q -> "q: what the head looks for (hook_q)";
            case K -> "k: what it is found by (hook_k)";
            default -> "v: what is read where it looks (hook_v)";
        };
    }

    private void show() {
        Document document = workbench.document();
        problem.set(workbench.finishedProperty().get().isEmpty() ? "" : workbench.patchProblem());
        if (shown.filter(Shown.of(document)::equals).isPresent()) {
            return;
        }
        shown = Optional.of(Shown.of(document));
        part.set(document.part());
        String name = document.focus().map(Object::toString).orElse("a head");
        String place = name + " " + document.part().shortName();
        boolean isStaged = document.focus().filter(head -> document.isStaged(head, document.part())).isPresent();
        stage.setDisable(document.focus().isEmpty());
        stage.setText(isStaged ? "Unstage" : "Stage " + name);
        Substitution substitution = document.substitution();
        how.setText(substitution.toString());
        Parts.named(stage, isStaged ? "Leave %s as the %s run has it (P)".formatted(place, substitution.into().word())
            : "Put %s of %s, at all positions (P)".formatted(substitution, place));
        list(document.patches());
    }

    /** Rows of the same places stay, so that keys go on to where they went. */
    private void list(List<StagedPatch> patches) {
        if (patches.isEmpty()) {
            staged.getChildren().setAll(nothing());
        } else if (places(patches).equals(places(listed))) {
            for (int i = 0; i < patches.size(); i++) {
                ((PatchRow) staged.getChildren().get(i)).show(patches.get(i));
            }
        } else {
            staged.getChildren().setAll(patches.stream().map(patch -> new PatchRow(workbench, patch)).toList());
        }
        listed = patches;
    }

    private static Label nothing() {
        Label nothing = Parts.label("Nothing is staged: P takes in the focused head.", "note");
        nothing.setWrapText(true);
        nothing.setMinHeight(USE_PREF_SIZE);
        return nothing;
    }

    private static List<String> places(List<StagedPatch> patches) {
        return patches.stream().map(PatchRow::id).toList();
    }
}
