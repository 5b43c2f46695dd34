package org.headscope.window.action;

/**
 * Where an action stands in the menu bar: menus and their sections from left to right and from top to bottom. A line is
 * drawn between the sections of one menu; one without actions takes no room.
 */
public enum Section {
    FILE_SESSION("File"), FILE_EXPORT("File"), FILE_SETTINGS("File"), FILE_QUIT("File"),
    EDIT_HISTORY("Edit"), EDIT_COPY("Edit"), EDIT_FIND("Edit"), EDIT_PROMPTS("Edit"),
    VIEW_TAB("View"), VIEW_ATTENTION("View"), VIEW_HEADS("View"), VIEW_ZOOM("View"), VIEW_WINDOW("View"),
    MODEL_OPEN("Model"), MODEL_WEIGHTS("Model"),
    EXPERIMENT_RUN("Experiment"), EXPERIMENT_PATCH("Experiment"), EXPERIMENT_PATH("Experiment"),
    EXPERIMENT_SWEEP("Experiment"), EXPERIMENT_CONTINUE("Experiment"), EXPERIMENT_STOP("Experiment"),
    WINDOW_REGION("Window"),
    HELP_KEYS("Help"), HELP_ABOUT("Help");

    private final String menu;

    Section(String menu) {
        this.menu = menu;
    }

    /** What the menu is called. */
    public String menu() {
        return menu;
    }
}
