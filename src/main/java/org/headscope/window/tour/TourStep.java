package org.headscope.window.tour;

import java.util.List;
import org.headscope.window.ViewState.Tab;

/** One thing that the tour shows, with the control that it points at. */
public enum TourStep {
    PROMPTS("Two prompts", "prompt-bar", Tab.PATTERN, "head-map", "workspace"),
    PREDICTIONS("What comes next", "readouts", Tab.PATTERN),
    GUESS("Your guess", "head-grid", Tab.PATTERN, "workspace", "head-map"),
    LOOK("Where it looks", "heat-map", Tab.PATTERN, "workspace", "head-grid"),
    SWEEP("Try every head", "sweep", Tab.PATCH, "workspace", "head-grid"),
    RESULT("How good was the guess?", "sweep-map", Tab.PATCH, "workspace", "head-grid"),
    REASON("Why this head", "heat-map", Tab.PATTERN, "readouts"),
    END("That was the experiment", "", Tab.PATTERN);

    private final String title;
    private final String target;
    private final Tab tab;
    private final List<String> others;

    TourStep(String title, String target, Tab tab, String... others) {
        this.title = title;
        this.target = target;
        this.tab = tab;
        this.others = List.of(others);
    }

    public String title() {
        return title;
    }

    /** The id of the control that it points at; empty for none. */
    String target() {
        return target;
    }

    /** The ids of what a person looks at or uses as well, to be seen as far as there is room. */
    List<String> others() {
        return others;
    }

    /** The view of the workspace that it needs. */
    Tab tab() {
        return tab;
    }

    /** Whether the head is still to be guessed, so that nothing else may name it. */
    boolean isBeforeAnswer() {
        return ordinal() < RESULT.ordinal();
    }

    boolean isFirst() {
        return ordinal() == 0;
    }

    boolean isLast() {
        return ordinal() == values().length - 1;
    }

    TourStep next() {
        return values()[ordinal() + 1];
    }

    TourStep previous() {
        return values()[ordinal() - 1];
    }
}
