package org.headscope.window.inspector;

import atlantafx.base.controls.ToggleSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.model.FixedAttention;
import org.headscope.model.HookPoint;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.window.Workbench;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Parts;
import org.headscope.window.control.Tips;

/** One staged patch: whether it takes part, what is put in, how much of it, and whether rows are renormalised. */
final class PatchRow extends VBox {

    /** The slider's right end, in hundredths: twice as far as the other values. Files and commands may go on. */
    private static final double FURTHEST = 200;
    private static final double STEP = 5;
    private static final Insets INDENT = new Insets(0, 0, 4, 24);

    private final Workbench workbench;
    private final CheckBox on;
    private final ComboBox<Optional<Source>> source = new ComboBox<>();
    private final Slider strength = new Slider(0, FURTHEST, 100);
    private final Label percent = Parts.label("", "small");
    private final ToggleSwitch renormalize = Parts.toggle("Renormalise rows");
    private final StringProperty overwritten = new SimpleStringProperty("");
    private final Label note = Parts.note(overwritten, "muted", "small");
    private StagedPatch patch;
    private boolean filling;

    PatchRow(Workbench workbench, StagedPatch patch) {
        super(4);
        this.workbench = workbench;
        this.patch = patch;
        this.on = new CheckBox(patch + ", " + patch.where());
        build();
        show(patch);
    }

    /** What the row's controls are called in the scene, such as "patch-L1H0-z". */
    static String id(StagedPatch patch) {
        return "patch-" + patch.site().toString().replaceAll("[.@,]", "-");
    }

    private void build() {
        String id = id(patch);
        on.setId(id);
        on.setMinWidth(0);
        on.setOnAction(event -> workbench.edit("", document -> document.turned(patch, on.isSelected())));
        Tips.on(on, on.getText());
        Button remove = Parts.iconButton(Icons.REMOVE, "Unstage " + patch,
            () -> workbench.edit("", document -> document.without(patch)));
        HBox first = new HBox(8, on, Parts.spacer(), remove);
        first.setAlignment(Pos.CENTER_LEFT);
        source.setId(id + "-source");
        source.setPrefWidth(104);
        source.setMinWidth(USE_PREF_SIZE);
        source.setAccessibleText("What is put in at " + patch);
        Tips.on(source, "What is put in here; the first entry is what the Patch view (Ctrl+3) puts in");
        source.valueProperty().addListener((observed, before, now) -> {
            if (!filling && now != null) {
                change("", staged -> staged.with(now));
            }
        });
        HBox second = new HBox(8, source, strength(id), percent);
        second.setAlignment(Pos.CENTER_LEFT);
        second.setPadding(INDENT);
        note.setPadding(INDENT);
        getChildren().addAll(first, second);
        if (patch.site().hook().point() == HookPoint.PATTERN) {
            getChildren().add(renormalize(id));
        }
        getChildren().add(note);
    }

    private Slider strength(String id) {
        strength.setId(id + "-strength");
        strength.setAccessibleText("Strength at %s, in percent".formatted(patch));
        Tips.on(strength, "How far to go from the run's own values (0 %) to the others (100 %) and beyond");
        strength.setMajorTickUnit(FURTHEST / 2);
        strength.setMinorTickCount((int) (FURTHEST / 2 / STEP) - 1);
        strength.setSnapToTicks(true);
        strength.setBlockIncrement(STEP);
        strength.setMinWidth(48);
        strength.setPrefWidth(80);
        HBox.setHgrow(strength, Priority.ALWAYS);
        percent.setMinWidth(40);
        percent.setAlignment(Pos.CENTER_RIGHT);
        strength.valueProperty().addListener((observed, before, now) -> {
            if (!filling) {
                double hundredths = STEP * Math.round(now.doubleValue() / STEP);
                change("strength " + id, staged -> staged.atStrength(hundredths / 100));
            }
        });
        return strength;
    }

    private HBox renormalize(String id) {
        renormalize.setId(id + "-renormalize");
        Tips.on(renormalize, "Divide the rows that are touched by their sums, so that they sum to 1 again; "
            + "TransformerLens leaves them as they are");
        renormalize.selectedProperty().addListener((observed, before, now) -> {
            if (!filling) {
                change("", staged -> staged.renormalizing(now));
            }
        });
        HBox line = new HBox(renormalize);
        line.setPadding(INDENT);
        return line;
    }

    private void change(String kind, UnaryOperator<StagedPatch> how) {
        workbench.edit(kind, document -> document.changed(patch, how));
    }

    /** Shows another state of the same place. */
    void show(StagedPatch now) {
        filling = true;
        patch = now;
        on.setSelected(now.on());
        strength.setValue(100 * now.strength());
        percent.setText(Patch.percent(now.strength()));
        renormalize.setSelected(now.renormalized());
        source.setCellFactory(list -> new SourceCell());
        source.setButtonCell(new SourceCell());
        source.getItems().setAll(sources(now));
        source.setValue(now.source());
        overwritten.set(workbench.document().overwriting(now).filter(other -> now.on())
            .map(other -> "No effect: %s, %s, is replaced as a whole.".formatted(other, other.where())).orElse(""));
        filling = false;
    }

    /** The usual one first, then those that differ from it; also what is put in by a file alone. */
    private List<Optional<Source>> sources(StagedPatch now) {
        List<Source> own = new ArrayList<>(List.of(Source.ZERO, Source.MEAN));
        if (now.site().hook().point() == HookPoint.PATTERN) {
            Stream.of(FixedAttention.values()).map(Source.Attention::new).forEach(own::add);
        }
        now.source().filter(source -> !own.contains(source)).ifPresent(own::add);
        Source usual = workbench.document().substitution().source();
        return Stream.concat(Stream.of(Optional.<Source>empty()), own.stream()
            .filter(source -> !source.equals(usual) || now.source().isPresent()).map(Optional::of)).toList();
    }

    private final class SourceCell extends ListCell<Optional<Source>> {

        @Override
        protected void updateItem(Optional<Source> item, boolean isEmpty) {
            super.updateItem(item, isEmpty);
            Substitution usual = workbench.document().substitution();
            setText(isEmpty || item == null ? "" : item.map(usual::with).orElse(usual).what());
        }
    }
}
