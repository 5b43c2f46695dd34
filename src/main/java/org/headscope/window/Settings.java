package org.headscope.window;

import java.util.prefs.Preferences;

/** What the application remembers of its window between starts. */
public final class Settings {

    /** Names another place to remember in, so that tests leave a person's own settings alone. */
    private static final String NODE_PROPERTY = "headscope.preferences";

    private final Preferences preferences =
        Preferences.userRoot().node(System.getProperty(NODE_PROPERTY, "org/headscope"));

    public boolean isDark() {
        return preferences.getBoolean("dark", false);
    }

    public void setDark(boolean dark) {
        preferences.putBoolean("dark", dark);
    }

    public double get(String name, double otherwise) {
        return preferences.getDouble(name, otherwise);
    }

    public void put(String name, double value) {
        preferences.putDouble(name, value);
    }
}
