package org.headscope.window.tour;

import org.headscope.window.ViewState.Tab;

/** One thing that the tour shows, with the control that it points at. */
public enum TourStep {
    PROMPTS("Two prompts", "prompt-bar", Tab.PATTERN),
    PREDICTIONS("What comes next", "readouts", Tab.PATTERN),
    GUESS("Your guess", "head-grid", Tab.PATTERN),
    LOOK("Where it looks", "heat-map", Tab.PATTERN),
    SWEEP("Try every head", "sweep", Tab.PATCH),
    RESULT("How good was the guess?", "sweep-map", Tab.PATCH),
    REASON("Why this head", "heat-map", Tab.PATTERN),
    END("That was the experiment", "", Tab.PATTERN);

    private final String title;
    private final String target;
    private final Tab tab;

    TourStep(String title, String target, Tab tab) {
        this.title = title;
        this.target = target;
        this.tab = tab;
    }

    public String title() {
        return title;
    }

    /** The id of the control that it points at; empty for none. */
    String target() {
        return target;
    }

    /** The view of the workspace that it needs. */
    Tab tab() {
        return tab;
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
