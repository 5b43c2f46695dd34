package org.headscope.window.tour;

import org.headscope.window.ViewState.Tab;

/** One thing that the tour shows, with the control that it points at. */
public enum TourStep {
    PROMPTS("Two prompts", "prompt-bar", Tab.PATTERN, ""),
    PREDICTIONS("What comes next", "readouts", Tab.PATTERN, ""),
    GUESS("Your guess", "head-grid", Tab.PATTERN, "heat-map"),
    LOOK("Where it looks", "heat-map", Tab.PATTERN, "head-grid"),
    SWEEP("Try every head", "sweep", Tab.PATCH, "sweep-pane"),
    RESULT("How good was the guess?", "sweep-map", Tab.PATCH, "head-grid"),
    REASON("Why this head", "heat-map", Tab.PATTERN, "readouts"),
    END("That was the experiment", "", Tab.PATTERN, "");

    private final String title;
    private final String target;
    private final Tab tab;
    private final String other;

    TourStep(String title, String target, Tab tab, String other) {
        this.title = title;
        this.target = target;
        this.tab = tab;
        this.other = other;
    }

    public String title() {
        return title;
    }

    /** The id of the control that it points at; empty for none. */
    String target() {
        return target;
    }

    /** The id of a control that it speaks of as well, to be seen as far as there is room; empty for none. */
    String other() {
        return other;
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
