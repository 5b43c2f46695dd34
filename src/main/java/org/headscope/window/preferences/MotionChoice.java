package org.headscope.window.preferences;

/** Whether anything in the window moves by itself. */
public enum MotionChoice {
    SYSTEM("As the system", "As the desktop was set when Headscope started"),
    ON("On", "Switches slide, and a line runs along a panel that waits"),
    OFF("Off", "Nothing moves by itself");

    private final String label;
    private final String hint;

    MotionChoice(String label, String hint) {
        this.label = label;
        this.hint = hint;
    }

    String label() {
        return label;
    }

    String hint() {
        return hint;
    }
}
