package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.FlowPane;
import javafx.geometry.Insets;
import org.headscope.figure.Matrix;
import org.headscope.figure.Rgb;
import org.headscope.figure.Theme;
import org.headscope.session.Direction;
import org.headscope.window.control.HeatPicture;
import org.headscope.window.control.Painter;
import org.headscope.window.control.Parts;
import org.headscope.window.theme.Appearance;

/**
 * The prompt as it reads. The token under the pointer, or the one that arrows have moved to, shows on the tokens before
 * it how much it attends to them, and on those after it how much they attend to it, each with its number below.
 */
final class TokenText extends FlowPane {

    private final Appearance appearance;
    private final ObjectProperty<OptionalInt> chosen;
    private final List<Label> labels = new ArrayList<>();
    private Optional<HeatPicture> picture = Optional.empty();
    private Optional<Integer> hovered = Optional.empty();
    private Direction direction = Direction.BOTH;

    /** @param chosen the token that was chosen, which this view changes and follows */
    TokenText(Appearance appearance, ObjectProperty<OptionalInt> chosen) {
        super(4, 8);
        this.appearance = appearance;
        this.chosen = chosen;
        chosen.addListener((observed, before, now) -> paint());
        setId("token-text");
        setPadding(new Insets(8));
        getStyleClass().add("token-text");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        setOnMouseClicked(event -> requestFocus());
        appearance.themeProperty().addListener((observed, before, now) -> paint());
    }

    void show(Optional<HeatPicture> now) {
        boolean same = now.map(HeatPicture::rows).equals(picture.map(HeatPicture::rows));
        picture = now;
        if (!same) {
            fill(now.map(HeatPicture::rows).orElse(List.of()));
        }
        paint();
    }

    private void fill(List<String> tokens) {
        labels.clear();
        hovered = Optional.empty();
        for (int position = 0; position < tokens.size(); position++) {
            int at = position;
            Label label = Parts.label(tokens.get(position), "text-token");
            label.setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
            label.setOnMouseEntered(event -> point(Optional.of(at)));
            label.setOnMouseExited(event -> point(Optional.empty()));
            label.setOnMouseClicked(event -> choose(at));
            labels.add(label);
        }
        getChildren().setAll(labels);
    }

    /** Lets go of the chosen token; false where there is none. */
    boolean letGo() {
        boolean held = chosen.get().isPresent();
        chosen.set(OptionalInt.empty());
        return held;
    }

    private void point(Optional<Integer> at) {
        hovered = at;
        paint();
    }

    private void choose(int at) {
        chosen.set(OptionalInt.of(at));
    }

    private void press(KeyEvent event) {
        int step = switch (event.getCode()) {
            case LEFT, UP -> -1;
            case RIGHT, DOWN -> 1;
            default -> 0;
        };
        if (step != 0 && !labels.isEmpty()) {
            hovered = Optional.empty();
            choose(Math.max(0, Math.min(labels.size() - 1, chosen() + step)));
            event.consume();
        }
    }

    private int chosen() {
        return Math.min(chosen.get().orElse(labels.size() - 1), labels.size() - 1);
    }

    private void paint() {
        if (picture.isEmpty()) {
            return;
        }
        int at = hovered.orElseGet(this::chosen);
        Theme theme = appearance.themeProperty().get();
        Matrix matrix = picture.get().matrix();
        for (int other = 0; other < labels.size(); other++) {
            int query = Math.max(at, other);
            int key = Math.min(at, other);
            boolean has = matrix.hasValue(query, key) && isRead(at, other);
            float value = matrix.value(query, key);
            int color = has ? picture.get().shading().argb(value, matrix.rowMax(query)) : theme.background();
            Label label = labels.get(other);
            label.setBackground(new Background(new BackgroundFill(Painter.color(color), new CornerRadii(4),
                Insets.EMPTY)));
            label.setText(picture.get().rows().get(other) + "\n" + (has ? number(value) : "–"));
            label.setTextFill(Painter.color(Rgb.inkOn(color)));
            label.getStyleClass().remove("chosen");
            if (other == at) {
                label.getStyleClass().add("chosen");
            }
        }
        setAccessibleText(words(at));
    }

    /** The token itself is read both ways. */
    private boolean isRead(int at, int other) {
        return other == at || (other < at ? direction.isForwards() : direction.isBackwards());
    }

    /** Shows what tokens attend to, what attends to them, or both. */
    void read(Direction now) {
        direction = now;
        paint();
    }

    private static String number(float value) {
        return String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }

    /** The token and what it attends to most. */
    private String words(int at) {
        List<String> tokens = picture.orElseThrow().rows();
        Matrix matrix = picture.orElseThrow().matrix();
        int best = -1;
        for (int key = 0; key <= at; key++) {
            if (matrix.hasValue(at, key) && (best < 0 || matrix.value(at, key) > matrix.value(at, best))) {
                best = key;
            }
        }
        return "%s (%d)%s".formatted(tokens.get(at), at, best < 0 ? "" : " attends most to %s (%d), %s".formatted(
            tokens.get(best), best, number(matrix.value(at, best))));
    }
}
