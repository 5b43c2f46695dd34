package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.headscope.window.action.Action;
import org.headscope.window.action.Actions;
import org.headscope.window.action.Keys;
import org.headscope.window.action.Menus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every key that the help lists reaches its action, and none of them gets between a person and a text. */
class EveryKeyTest extends InOneWindow {

    private static final List<String> DONE = new ArrayList<>();
    private static List<Action> actions;
    private static Stage stage;
    private static TextField text;
    private static Button elsewhere;

    @BeforeAll
    static void openAWindowWithTheSameKeys() {
        actions = window.window().actions().all().stream().map(EveryKeyTest::recorded).toList();
        window.fxRun(() -> {
            Actions all = new Actions(List.of(actions), List.of());
            text = new TextField();
            elsewhere = new Button("elsewhere");
            Scene scene = new Scene(new VBox(Menus.bar(all), text, elsewhere), 400, 200);
            Keys.on(scene, all);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
            stage.requestFocus();
        });
    }

    /** The same action, possible at any time, that only says that it was asked for. */
    private static Action recorded(Action action) {
        return new Action(action.id(), action.section(), action.submenu(), action.label(), action.keys(),
            () -> DONE.add(action.id()), new SimpleBooleanProperty(true), Action.Mark.NONE,
            new SimpleBooleanProperty(false));
    }

    @AfterAll
    static void close() {
        window.fxRun(stage::hide);
    }

    @BeforeEach
    void forget() {
        window.fxRun(() -> {
            DONE.clear();
            elsewhere.requestFocus();
        });
    }

    private static Stream<KeyCombination> keys() {
        return actions.stream().flatMap(action -> action.keys().stream());
    }

    private static List<String> press(KeyCombination keys) {
        window.fxRun(DONE::clear);
        window.robot().push((KeyCodeCombination) keys);
        return window.fx(() -> List.copyOf(DONE));
    }

    @Test
    void everyKeyDoesWhatItSays() {
        assertThat(keys()).hasSizeGreaterThan(30);
        for (Action action : actions) {
            for (KeyCombination keys : action.keys()) {
                assertThat(press(keys)).as(keys.getName()).containsExactly(action.id());
            }
        }
    }

    @Test
    void whatCouldBeTextIsText() {
        window.fxRun(text::requestFocus);
        keys().filter(EveryKeyTest::couldBeText).forEach(keys ->
            assertThat(press(keys)).as(keys.getName()).isEmpty());
        assertThat(press(KeyCombination.valueOf("F1"))).containsExactly("keys");
        assertThat(press(KeyCombination.valueOf("Esc"))).containsExactly("step-out");
    }

    private static boolean couldBeText(KeyCombination keys) {
        KeyCode code = ((KeyCodeCombination) keys).getCode();
        return Stream.of(keys.getShortcut(), keys.getControl(), keys.getAlt(), keys.getMeta())
            .noneMatch(ModifierValue.DOWN::equals) && !code.isFunctionKey() && code != KeyCode.ESCAPE;
    }
}
