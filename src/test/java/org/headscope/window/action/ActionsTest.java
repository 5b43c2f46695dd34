package org.headscope.window.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.KeyCombination;
import org.headscope.session.Look;
import org.junit.jupiter.api.Test;

/** What the window can do, as a list. */
class ActionsTest {

    private static final Action UNDO = Action.of("undo", Section.EDIT_HISTORY, "Undo", () -> { }).keys("Shortcut+Z");
    private static final Action QUIT = Action.of("quit", Section.FILE_QUIT, "Quit", () -> { });

    @Test
    void theyStandInTheOrderOfTheMenus() {
        Actions actions = new Actions(List.of(List.of(UNDO), List.of(QUIT)), List.of());

        assertThat(actions.all()).containsExactly(QUIT, UNDO);
        assertThat(actions.get("undo")).isEqualTo(UNDO);
        assertThatThrownBy(() -> actions.get("redo")).hasMessageContaining("redo");
    }

    @Test
    void noKeyMeansTwoThings() {
        Action other = Action.of("zoom", Section.VIEW_ZOOM, "Zoom", () -> { }).keys("Z", "Ctrl+Shift+Z");
        Action clash = Action.of("zap", Section.VIEW_ZOOM, "Zap", () -> { }).keys("Shortcut+Z");

        assertThat(new Actions(List.of(List.of(UNDO, other)), List.of()).all()).hasSize(2);
        assertThatThrownBy(() -> new Actions(List.of(List.of(UNDO, clash)), List.of()))
            .hasMessageContainingAll("Undo", "Zap");
    }

    @Test
    void noIdNamesTwoThings() {
        assertThatThrownBy(() -> new Actions(List.of(List.of(UNDO), List.of(UNDO)), List.of()))
            .hasMessageContaining("undo");
    }

    @Test
    void whatIsDisabledDoesNothing() {
        BooleanProperty can = new SimpleBooleanProperty();
        List<String> done = new ArrayList<>();
        Action action = Action.of("act", Section.EDIT_COPY, "Act", () -> done.add("once")).enabledWhile(can);

        action.perform();
        assertThat(done).isEmpty();
        can.set(true);
        action.perform();
        assertThat(done).containsExactly("once");
    }

    @Test
    void choicesFollowAndSetWhatIsChosen() {
        ObjectProperty<Look> look = new SimpleObjectProperty<>(Look.MAP);
        List<Action> choices = Action.choices("look", Section.VIEW_ATTENTION, "Draw as", Look.values(), Look::label,
            look);

        assertThat(choices).extracting(Action::id).startsWith("look-map", "look-lines");
        assertThat(choices.get(1).name()).isEqualTo("Draw as: Lines");
        choices.get(1).perform();
        assertThat(look.get()).isEqualTo(Look.LINES);
        assertThat(choices.stream().filter(choice -> choice.selected().getValue())).containsExactly(choices.get(1));
    }

    @Test
    void menusListenToNothingThatCouldBeText() {
        assertThat(List.of("P", "Shift+P", "DIGIT0", "Esc", "Space", "Plus")).map(KeyCombination::valueOf)
            .noneMatch(Keys::isMenus);
        assertThat(List.of("Shortcut+P", "F5", "Shift+F6", "Alt+P", "Shortcut+Shift+Z")).map(KeyCombination::valueOf)
            .allMatch(Keys::isMenus);
    }
}
