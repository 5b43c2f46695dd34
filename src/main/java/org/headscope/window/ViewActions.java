package org.headscope.window;

import java.util.ArrayList;
import java.util.List;
import org.headscope.analysis.AttentionWeight;
import org.headscope.figure.Colors;
import org.headscope.session.Combine;
import org.headscope.session.Direction;
import org.headscope.session.Look;
import org.headscope.session.ScaleChoice;
import org.headscope.session.TopShare;
import org.headscope.session.Which;
import org.headscope.window.action.Action;
import org.headscope.window.action.Section;
import org.headscope.window.preferences.PreferencesViewModel;

/** How what is there is looked at. */
final class ViewActions {

    private static final String WEIGHT = "Attention as";
    private static final String SCALE = "Scale";
    private static final String READ = "Read tokens";

    private ViewActions() {
    }

    static List<Action> of(ViewState view, PreferencesViewModel preferences) {
        List<Action> all = new ArrayList<>();
        Action.choices("tab", Section.VIEW_TAB, "", ViewState.Tab.values(), ViewState.Tab::label, view.tabProperty())
            .forEach(tab -> all.add(tab.keys("Shortcut+" + (all.size() + 1))));
        all.addAll(attention(view));
        all.addAll(Action.choices("colors", Section.VIEW_ATTENTION, "Colours", Colors.values(), Colors::label,
            preferences.colorsProperty()));
        all.add(Action.of("dark", Section.VIEW_WINDOW, "Dark", preferences::turn)
            .tickedWhile(preferences.darkProperty()));
        return all;
    }

    private static List<Action> attention(ViewState view) {
        List<Action> all = new ArrayList<>();
        all.addAll(Action.choices("run", Section.VIEW_ATTENTION, "Run", Which.values(), Which::label,
            view.whichProperty()));
        all.addAll(Action.choices("weight", Section.VIEW_ATTENTION, WEIGHT, AttentionWeight.values(),
            AttentionWeight::label, view.weightProperty()));
        all.addAll(Action.choices("combine", Section.VIEW_ATTENTION, "Show", Combine.values(), Combine::toString,
            view.combineProperty()));
        all.addAll(Action.choices("look", Section.VIEW_ATTENTION, "Draw as", Look.values(), Look::label,
            view.lookProperty()));
        all.addAll(Action.choices("scale", Section.VIEW_ATTENTION, SCALE, ScaleChoice.values(),
            choice -> "%s, %s".formatted(choice.label(), choice.scale(Which.CLEAN).name()), view.scaleProperty()));
        all.add(Action.toggle("hide-first", Section.VIEW_ATTENTION, "Hide the first token", view.hideFirstProperty())
            .keys("B"));
        all.addAll(Action.choices("top-share", Section.VIEW_ATTENTION, "Of each row", TopShare.values(),
            TopShare::toString, view.topShareProperty()));
        all.addAll(Action.choices("direction", Section.VIEW_ATTENTION, READ, Direction.values(),
            Direction::label, view.directionProperty()));
        all.add(Action.of("next-direction", Section.VIEW_ATTENTION, "Next way of reading tokens",
            () -> view.directionProperty().set(view.directionProperty().get().next())).keys("T").under(READ));
        all.add(Action.of("next-scale", Section.VIEW_ATTENTION, "Next colour scale",
            () -> view.scaleProperty().set(view.scaleProperty().get().next())).keys("G").under(SCALE));
        all.add(Action.of("next-weight", Section.VIEW_ATTENTION, "Next weight of attention",
            () -> view.weightProperty().set(view.weightProperty().get().next())).keys("W").under(WEIGHT));
        return all;
    }
}
