package org.headscope.window.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCombination;

/**
 * Something that a person can do in the window: an item of a menu, a key, a line of the help and of the command finder,
 * all from here. Belongs to the FX thread.
 *
 * @param id names it once and for all, such as "undo"
 * @param submenu what it stands under within its section; empty where it stands in the menu itself
 * @param label what it does, as menus write it
 * @param keys the first of them is shown in the menu; those that could be text are the window's only while nobody
 *     writes
 * @param enabled whether it can be done now
 * @param mark how a menu shows that it holds already
 * @param selected whether it holds already; false where it is nothing that could
 */
public record Action(String id, Section section, String submenu, String label, List<KeyCombination> keys, Runnable run,
                     ObservableValue<Boolean> enabled, Mark mark, ObservableValue<Boolean> selected) {

    /** How a menu shows that something holds. */
    public enum Mark {
        /** It is done and over. */
        NONE,
        /** It is on or off. */
        TICK,
        /** It is one of several that exclude one another. */
        BULLET
    }

    private static final ObservableValue<Boolean> ALWAYS = new SimpleBooleanProperty(true);
    private static final ObservableValue<Boolean> NEVER = new SimpleBooleanProperty(false);

    public Action {
        keys = List.copyOf(keys);
    }

    /** Something that can always be done, without a key. */
    public static Action of(String id, Section section, String label, Runnable run) {
        return new Action(id, section, "", label, List.of(), run, ALWAYS, Mark.NONE, NEVER);
    }

    /** Turns something on and off. */
    public static Action toggle(String id, Section section, String label, BooleanProperty on) {
        return of(id, section, label, () -> on.set(!on.get())).tickedWhile(on);
    }

    /**
     * One action for each value, of which one is chosen; their ids are that of all, a dash and the value's name.
     *
     * @param submenu what they stand under; empty for none
     */
    public static <T extends Enum<T>> List<Action> choices(String id, Section section, String submenu, T[] values,
                                                           Function<T, String> label, Property<T> chosen) {
        return Stream.of(values).map(value -> new Action(
            id + "-" + value.name().toLowerCase(Locale.ROOT).replace('_', '-'), section, submenu, label.apply(value),
            List.of(), () -> chosen.setValue(value), ALWAYS, Mark.BULLET, chosen.map(now -> now == value))).toList();
    }

    /** @param written each as {@link KeyCombination#valueOf} reads it, such as "Shortcut+Z", "F5" or "P" */
    public Action keys(String... written) {
        List<KeyCombination> more = new ArrayList<>(keys);
        Stream.of(written).map(KeyCombination::valueOf).forEach(more::add);
        return new Action(id, section, submenu, label, more, run, enabled, mark, selected);
    }

    public Action enabledWhile(ObservableValue<Boolean> now) {
        return new Action(id, section, submenu, label, keys, run, now, mark, selected);
    }

    public Action tickedWhile(ObservableValue<Boolean> now) {
        return new Action(id, section, submenu, label, keys, run, enabled, Mark.TICK, now);
    }

    /** @param title of the submenu that it stands in; its label says by itself what it does */
    public Action under(String title) {
        return new Action(id, section, title, label, keys, run, enabled, mark, selected);
    }

    /** What it is called where its menu is not seen, such as "Scale: Log". */
    public String name() {
        return submenu.isEmpty() || mark == Mark.NONE ? label : submenu + ": " + label;
    }

    /** The key that menus show. */
    public Optional<KeyCombination> key() {
        return keys.stream().findFirst();
    }

    /** Its keys as people write them, such as "F5, Ctrl+Enter", each once; empty where there are none. */
    public String written() {
        return keys.stream().map(Keys::written).distinct().collect(Collectors.joining(", "));
    }

    /** Does it if it can be done now. */
    public void perform() {
        if (enabled.getValue()) {
            run.run();
        }
    }
}
