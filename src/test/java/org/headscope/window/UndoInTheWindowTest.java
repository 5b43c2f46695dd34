package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.headscope.figure.Cell;
import org.headscope.model.Head;
import org.headscope.session.Combine;
import org.headscope.session.Document;
import org.headscope.session.StagedPatch;
import org.headscope.session.Swept;
import org.headscope.session.TopShare;
import org.headscope.window.ViewState.Tab;
import org.headscope.window.sweep.SourceChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a person changes by the controls is undone and redone by the keys, and everything shown goes with it. */
class UndoInTheWindowTest extends InRenewedWindow {

    /**
     * Something that a person does.
     *
     * @param part of the document that it changes, such as "viewing.scale"
     * @param ready brings its control onto the screen
     */
    private record Change(String part, Runnable ready, Runnable how) {

        @Override
        public String toString() {
            return part;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
            change("clean", () -> write("clean-field", "Ben ran. Ben")),
            change("corrupt", () -> write("corrupt-field", "Ben ran. Zoe")),
            change("clean", () -> window.click("swap")),
            change("bos", () -> window.click("bos")),
            change("focus", () -> window.press(KeyCode.RIGHT)),
            change("locked", () -> window.press(KeyCode.ENTER)),
            change("locked", () -> window.click("lock")),
            change("part", () -> press("patches", "pattern")),
            change("patches", () -> window.press(KeyCode.P)),
            change("patches", () -> window.press(KeyCode.RIGHT), () -> window.click("stage")),
            change("patches.on", () -> window.click("patch-L1H0-z")),
            change("patches.strength", () -> window.focus("patch-L1H0-z-strength").press(KeyCode.LEFT)),
            change("patches.source", () -> choose("patch-L1H0-z-source", 1)),
            change("patches.renormalized", UndoInTheWindowTest::cutAnEdge,
                () -> window.click("patch-L1H0-pattern-7-2-renormalize")),
            change("path", () -> window.fxRun(() -> window.workbench().focus(new Head(0, 1), false)),
                UndoInTheWindowTest::drawAPath),
            change("pins", () -> window.paste("token-field", " Sarah"), UndoInTheWindowTest::watchTheToken),
            change("viewing.which", () -> press("head-map", "Corrupt")),
            change("viewing.scale", () -> window.press(KeyCode.G)),
            change("viewing.hideFirst", () -> window.press(KeyCode.B)),
            change("viewing.weight", () -> window.press(KeyCode.W)),
            change("viewing.combine", () -> choose("combine", Combine.MEAN.ordinal())),
            change("viewing.look", () -> press("workspace", "Lines")),
            change("viewing.headSet", () -> window.press(KeyCode.CONTROL, KeyCode.SPACE)),
            change("viewing.topShare", () -> chooseColours(TopShare.P50.toString())),
            change("viewing.direction", () -> window.press(KeyCode.T)),
            change("substitution.source", UndoInTheWindowTest::sweep,
                () -> choose("sweep-source", SourceChoice.ZERO.ordinal())),
            change("substitution.into", UndoInTheWindowTest::sweep, () -> press("sweep-into", "clean")),
            change("sweeping.swept", UndoInTheWindowTest::sweep, () -> chooseAnother("sweep-part")),
            change("sweeping.end", UndoInTheWindowTest::sweep, () -> choose("sweep-part", firstPaths())),
            change("sweeping.metric", UndoInTheWindowTest::sweep, () -> choose("sweep-metric", 1)),
            change("sweeping.tokens", UndoInTheWindowTest::sweep, () -> choose("sweep-metric", 2)),
            change("sweeping.fit", UndoInTheWindowTest::sweep, () -> window.click("sweep-fit")));
    }

    /** All at once, so that no run comes in between, which would be a step of its own. */
    private static void write(String field, String text) {
        window.robot().interact(() -> window.robot().lookup("#" + field).queryTextInputControl().setText(text));
    }

    private static Change change(String part, Runnable how) {
        return change(part, () -> { }, how);
    }

    private static Change change(String part, Runnable ready, Runnable how) {
        return new Change(part, ready, how);
    }

    // ---- what a person does ----

    private static void press(String within, String label) {
        Node part = window.find(within, Node.class);
        ToggleButton button = window.fx(() -> part.lookupAll(".toggle-button").stream().map(ToggleButton.class::cast)
            .filter(one -> one.getText().equals(label)).findFirst().orElseThrow());
        window.robot().clickOn(button);
    }

    private static void choose(String box, int item) {
        ComboBox<?> choice = window.find(box, ComboBox.class);
        window.fxRun(() -> choice.getSelectionModel().select(item));
    }

    private static void chooseAnother(String box) {
        ComboBox<?> choice = window.find(box, ComboBox.class);
        choose(box, window.fx(() -> choice.getSelectionModel().getSelectedIndex()) == 1 ? 2 : 1);
    }

    private static void drawAPath() {
        window.press(KeyCode.A).press(KeyCode.LEFT).press(KeyCode.ENTER);
        window.until("a menu", () -> Window.getWindows().stream().anyMatch(ContextMenu.class::isInstance));
        window.press(KeyCode.Q);
    }

    private static void chooseColours(String item) {
        MenuButton colours = window.find("colours", MenuButton.class);
        window.fxRun(() -> colours.getItems().stream().filter(one -> item.equals(one.getText())).findFirst()
            .orElseThrow().fire());
    }

    private static int firstPaths() {
        return Swept.ALL.indexOf(Swept.ALL.stream().filter(Swept::isOfPaths).findFirst().orElseThrow());
    }

    /** Not by the pointer, whose first click closes the list of suggestions. */
    private static void watchTheToken() {
        Button add = window.find("token-add", Button.class);
        window.fxRun(add::fire);
    }

    private static void sweep() {
        window.fxRun(() -> window.view().tabProperty().set(Tab.PATCH));
        window.sweep();
    }

    private static void cutAnEdge() {
        window.press(KeyCode.P);
        window.clickCell(new Cell(7, 2));
        window.press(KeyCode.K);
        // With the switch of the edge itself in sight, and nothing looked at by the pointer.
        window.robot().moveTo("#clean-field");
    }

    // ---- what is seen of it ----

    private static List<String> seen() {
        window.settle();
        window.until("the run of what is written", () -> window.workbench().currentProperty().get()
            && window.background().activities().isEmpty());
        List<String> all = new ArrayList<>(List.of(window.text("clean-field"), window.text("corrupt-field"),
            window.text("colours")));
        for (String part : List.of("prompt-bar", "head-map", "workspace", "token-pane", "patches", "readouts")) {
            all.addAll(window.texts(part));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isUndoneAndRedone(Change change) {
        change.ready().run();
        List<String> seenBefore = seen();
        Document before = window.document();
        change.how().run();
        List<String> seenAfter = seen();
        Document after = window.document();
        assertThat(changed("", before, after)).contains(change.part());

        // Wherever the keys are now, but for a field with a text of its own.
        (window.focused().equals("token-field") ? window.focus("head-grid") : window)
            .press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.document()).isEqualTo(before);
        assertThat(seen()).isEqualTo(seenBefore);

        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(window.document()).isEqualTo(after);
        assertThat(seen()).isEqualTo(seenAfter);
        window.press(KeyCode.CONTROL, KeyCode.Z);
    }

    @Test
    void everyPartOfTheDocumentIsChangedByOneOfThem() {
        Set<String> all = parts("", Document.class);
        // A patch at another place is another patch.
        all.remove("patches.site");

        assertThat(changes().map(Change::part).distinct()).containsExactlyInAnyOrderElementsOf(all);
    }

    // ---- the parts of the document ----

    /** Whether it is put together from parts that a person changes one by one. */
    private static boolean isMadeOfParts(Class<?> type) {
        return type.isRecord() && type.getPackage().equals(Document.class.getPackage()) && type != Swept.class;
    }

    private static Set<String> parts(String name, Class<?> type) {
        Set<String> parts = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String inner = name.isEmpty() ? component.getName() : name + "." + component.getName();
            Class<?> made = component.getType();
            if (made == List.class) {
                Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                parts.add(inner);
                made = element instanceof Class<?> one ? one : made;
            }
            if (isMadeOfParts(made)) {
                parts.addAll(parts(inner, made));
            } else {
                parts.add(inner);
            }
        }
        return parts;
    }

    private static Set<String> changed(String name, Object before, Object after) {
        Set<String> parts = new TreeSet<>();
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            String inner = name.isEmpty() ? component.getName() : name + "." + component.getName();
            Object was = valueOf(component, before);
            Object is = valueOf(component, after);
            if (was.equals(is)) {
                continue;
            }
            if (isMadeOfParts(was.getClass())) {
                parts.addAll(changed(inner, was, is));
            } else if (was instanceof List<?> some && is instanceof List<?> others && some.size() == others.size()
                && some.get(0) instanceof StagedPatch) {
                for (int i = 0; i < some.size(); i++) {
                    parts.addAll(changed(inner, some.get(i), others.get(i)));
                }
            } else {
                parts.add(inner);
            }
        }
        return parts;
    }

    private static Object valueOf(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(component.getName(), e);
        }
    }
}
