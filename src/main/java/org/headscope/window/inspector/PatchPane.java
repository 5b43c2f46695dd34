package org.headscope.window.inspector;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.model.HookPoint;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.window.Workbench;
import org.headscope.window.control.Choice;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;

/** What is replaced in a run: place by place, each with an on and off. */
final class PatchPane extends VBox {

    private final Workbench workbench;
    private final ObjectProperty<HookPoint> part = new SimpleObjectProperty<>(HookPoint.Z);
    private final StringProperty problem = new SimpleStringProperty("");
    private final Button stage = new Button();
    private final Label how = Parts.label("", "muted", "small");
    private final VBox staged = new VBox(4);
    private List<StagedPatch> listed = List.of();

    PatchPane(Workbench workbench) {
        super(8);
        this.workbench = workbench;
        setId("patches");
        getStyleClass().add("pane-body");
        var parts = Choice.of(Document.PARTS, part, HookPoint::shortName, PatchPane::meaning);
        stage.setId("stage");
        stage.setOnAction(event -> workbench.toggleFocusedPatch());
        stage.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(stage, Priority.ALWAYS);
        how.setId("substitution");
        how.setTooltip(new Tooltip("What is put where; the Patch view (Ctrl+3) changes it"));
        HBox line = new HBox(8, parts, stage);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(Parts.note(problem, "problem"), line, how, staged);
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
        part.set(document.part());
        problem.set(workbench.finishedProperty().get().isEmpty() ? "" : workbench.patchProblem());
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

    /** Rows of which nothing but the tick has changed stay, so that keys go on to where they went. */
    private void list(List<StagedPatch> patches) {
        if (patches.isEmpty()) {
            staged.getChildren().setAll(Parts.label("Nothing is staged: P takes in the focused head.", "note"));
        } else if (places(patches).equals(places(listed))) {
            patches.forEach(patch -> ((CheckBox) staged.lookup("#" + id(patch))).setSelected(patch.on()));
        } else {
            staged.getChildren().setAll(patches.stream().map(this::row).toList());
        }
        listed = patches;
    }

    private static List<String> places(List<StagedPatch> patches) {
        return patches.stream().map(PatchPane::id).toList();
    }

    private static String id(StagedPatch patch) {
        return "patch-" + patch.site().toString().replaceAll("[.@,]", "-");
    }

    private HBox row(StagedPatch patch) {
        CheckBox on = new CheckBox(patch + ", " + patch.where());
        on.setId(id(patch));
        on.setSelected(patch.on());
        on.setOnAction(event -> workbench.edit("", document -> document.turned(patch, on.isSelected())));
        Button remove = Parts.iconButton(Icons.REMOVE, "Unstage " + patch,
            () -> workbench.edit("", document -> document.without(patch)));
        HBox row = new HBox(8, on, Parts.spacer(), remove);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
