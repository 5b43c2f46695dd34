package org.headscope.window.inspector;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.headscope.patching.LogitDifference;
import org.headscope.patching.Readout;
import org.headscope.session.Substitution.Side;
import org.headscope.tokens.Token;
import org.headscope.tokens.Tokenizer;
import org.headscope.window.Older;
import org.headscope.window.Workbench;
import org.headscope.window.control.Bar;
import org.headscope.window.control.Icons;
import org.headscope.window.control.Numerals;
import org.headscope.window.control.Parts;
import org.headscope.window.control.RunMark;
import org.headscope.window.control.Term;
import org.headscope.window.control.Tips;

/** The watched tokens at the last position: logit, probability and rank in each run, and what the patch recovers. */
final class ReadoutPane extends VBox {

    private static final double[] COLUMN_SHARES = {13, 29, 29, 29};
    /** Of a bar's line, what comes before the bar. */
    private static final double SHARE_BEFORE_BARS = 0.36;
    private static final double BEFORE_BARS = 120;
    private static final double SHARE_WIDTH = 48;
    private static final String GAP_TOO_SMALL =
        "Clean and corrupt differ by less than 0.1 here, so a share of that says nothing.";

    private final Workbench workbench;
    private final VBox rows = new VBox();
    private final Label empty = Parts.label("Run a prompt to read the logits of its next token.", "note");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();

    ReadoutPane(Workbench workbench) {
        super(8);
        this.workbench = workbench;
        setId("readouts");
        getStyleClass().add("pane-body");
        empty.setWrapText(true);
        Parts.hideWhile(empty, Bindings.isNotEmpty(rows.getChildren()));
        Older.dim(rows, Older.runs(workbench));
        getChildren().addAll(empty, rows, new TokenPicker(workbench));
        workbench.readoutsProperty().addListener((observed, before, now) -> show());
        show();
    }

    /** What is read, in words. */
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** Every number that stands here, tab-separated with every digit; empty while there is none. */
    Optional<String> text() {
        return workbench.readoutsProperty().get().isEmpty() ? Optional.empty() : workbench.tokenizer()
            .map(tokenizer -> Readings.text(workbench.readoutsProperty().get(), id -> tokenizer.token(id).label(),
                workbench.finishedProperty().get().flatMap(last -> last.corruptLogits()).isPresent()));
    }

    private void show() {
        List<Readout> readouts = workbench.readoutsProperty().get();
        rows.getChildren().clear();
        Optional<Tokenizer> tokenizer = workbench.tokenizer();
        if (readouts.isEmpty() || tokenizer.isEmpty()) {
            title.set("Readout");
            return;
        }
        boolean two = workbench.finishedProperty().get().flatMap(last -> last.corruptLogits()).isPresent();
        title.set("Readout after " + last());
        rows.getChildren().add(header(two, readouts.stream().anyMatch(readout -> readout.patched().isPresent())));
        if (readouts.size() >= 2 && two) {
            rows.getChildren().add(difference(readouts.get(0), readouts.get(1), tokenizer.get()));
        }
        readouts.forEach(readout -> rows.getChildren().add(row(readout, tokenizer.get().token(readout.id()), two)));
    }

    /** The last token of the prompts, or of both where they end differently. */
    private String last() {
        return workbench.finishedProperty().get().map(done -> Stream.concat(Stream.of(done.pair().clean()),
            done.pair().corrupt().stream()).map(prompt -> prompt.tokens().get(prompt.size() - 1).label()).distinct()
            .collect(Collectors.joining("/"))).orElse("");
    }

    private GridPane header(boolean two, boolean isPatched) {
        GridPane header = grid();
        header.add(Term.CLEAN.on(RunMark.CLEAN.label()), 1, 0);
        if (two) {
            header.add(Term.CORRUPT.on(RunMark.CORRUPT.label()), 2, 0);
        }
        if (two || isPatched) {
            header.add(Term.PATCHED.on(RunMark.PATCHED.label(), "What is staged: " + workbench.document().substitution()
                + "."), 3, 0);
        }
        return header;
    }

    /** As seen from the run that is changed: it and the other one in the places of corrupt and clean. */
    private Readout seen(Readout readout) {
        return isIntoCorrupt() ? readout : new Readout(readout.id(), Optional.of(readout.corrupt()),
            readout.clean().orElse(readout.corrupt()), readout.patched());
    }

    private boolean isIntoCorrupt() {
        return workbench.document().substitution().into() == Side.CORRUPT;
    }

    private VBox difference(Readout of, Readout versus, Tokenizer tokenizer) {
        LogitDifference difference = new LogitDifference(of, versus);
        Label name = Parts.label("%s − %s".formatted(tokenizer.token(of.id()).label(),
            tokenizer.token(versus.id()).label()), "strong");
        Term.DIFFERENCE.on(name);
        GridPane values = grid();
        values.add(Term.DIFFERENCE.on(Parts.label("Δ", "muted", "small")), 0, 0);
        difference.clean().ifPresent(value -> values.add(logit(value), 1, 0));
        values.add(logit(difference.corrupt()), 2, 0);
        difference.patched().ifPresent(value -> values.add(logit(value), 3, 0));
        VBox row = new VBox(2, name, values);
        row.setId("readout-difference");
        row.getStyleClass().add("readout");
        LogitDifference seen = new LogitDifference(seen(of), seen(versus));
        addShare(row, seen.recovered(), seen.isRecoveredMeaningful(), OptionalDouble.empty());
        return row;
    }

    private VBox row(Readout readout, Token token, boolean two) {
        Button remove = Parts.iconButton(Icons.REMOVE, "Stop watching this token",
            () -> workbench.unpin(readout.id()));
        remove.setPadding(Insets.EMPTY);
        Label name = Parts.label(token.label(), "strong");
        Tips.on(name, "Token id " + token.id());
        HBox top = new HBox(8, name, Parts.spacer(), remove);
        top.setAlignment(Pos.CENTER_LEFT);
        GridPane values = grid();
        values.add(Term.LOGIT.on(Parts.label("logit", "muted", "small")), 0, 0);
        values.add(Term.PROBABILITY.on(Parts.label("prob", "muted", "small")), 0, 1);
        values.add(Term.RANK.on(Parts.label("rank", "muted", "small")), 0, 2);
        readout.clean().ifPresent(value -> put(values, value, 1));
        if (two) {
            put(values, readout.corrupt(), 2);
        }
        readout.patched().ifPresent(value -> put(values, value, 3));
        VBox row = new VBox(2, top, values);
        row.setId("readout-" + readout.id());
        row.getStyleClass().add("readout");
        Readout seen = seen(readout);
        if (two) {
            addShare(row, seen.recovered(), seen.isRecoveredMeaningful(), seen.change());
        } else {
            seen.change().ifPresent(change -> row.getChildren().add(Parts.label(Numerals.change(change), "small")));
        }
        return row;
    }

    private static void put(GridPane values, Readout.Value value, int column) {
        values.add(logit(value.logit()), column, 0);
        values.add(exact(Parts.label(Numerals.probability(value.prob()), "small"), value.prob()), column, 1);
        values.add(Parts.label("%,d".formatted(value.rank()), "small"), column, 2);
    }

    private static Label logit(double value) {
        return exact(Parts.label(Numerals.shortLogit(value), "readout-value"), value);
    }

    /** Says every digit of a value where the pointer rests. */
    private static Label exact(Label label, double value) {
        Tips.on(label, Double.toString(value));
        return label;
    }

    /** The share of the way to the other run, and how far the patch moved the logit. */
    private void addShare(VBox row, OptionalDouble recovered, boolean meaningful, OptionalDouble change) {
        if (recovered.isEmpty() && change.isEmpty()) {
            return;
        }
        HBox line = new HBox(8);
        line.setAlignment(Pos.CENTER_LEFT);
        Optional<Label> moved = change.isPresent()
            ? Optional.of(Parts.label(Numerals.change(change.getAsDouble()), "small")) : Optional.empty();
        if (meaningful && recovered.isPresent()) {
            double share = recovered.getAsDouble();
            Bar bar = new Bar("share-bar");
            // Blue is towards the clean run, orange away from it.
            if (share < 0 == isIntoCorrupt()) {
                bar.getStyleClass().add("away");
            }
            bar.setShare(Math.abs(share));
            HBox.setHgrow(bar, Priority.ALWAYS);
            Label word = isIntoCorrupt() ? Term.RECOVERED.on(Parts.label("recovered", "muted", "small"))
                : Term.LOST.on(Parts.label("lost", "muted", "small"));
            // All bars begin and end at the same places, so that they can be compared.
            HBox before = new HBox(8, word, Parts.spacer());
            moved.ifPresent(before.getChildren()::add);
            before.setMinWidth(USE_PREF_SIZE);
            before.prefWidthProperty().bind(Bindings.max(BEFORE_BARS, widthProperty().multiply(SHARE_BEFORE_BARS)));
            Label number = Parts.label(Numerals.share(share), "small", "strong");
            number.setAlignment(Pos.CENTER_RIGHT);
            number.setMinWidth(SHARE_WIDTH);
            line.getChildren().addAll(before, bar, number);
        } else {
            moved.ifPresent(line.getChildren()::add);
            Label why = Parts.label("share hidden: the runs are too close", "muted", "small");
            Tips.on(why, GAP_TOO_SMALL);
            line.getChildren().add(why);
        }
        row.getChildren().add(line);
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        for (double share : COLUMN_SHARES) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            column.setHalignment(share == COLUMN_SHARES[0] ? HPos.LEFT : HPos.RIGHT);
            grid.getColumnConstraints().add(column);
        }
        return grid;
    }
}
