package org.headscope.window.preferences;

/** Which colours the window wears. */
public enum ThemeChoice {
    SYSTEM("As the system", "Light or dark, as the desktop was set when Headscope started"),
    LIGHT("Light", "Dark on white"),
    DARK("Dark", "Light on black");

    private final String label;
    private final String hint;

    ThemeChoice(String label, String hint) {
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
