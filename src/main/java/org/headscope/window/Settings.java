package org.headscope.window;

import java.util.List;
import java.util.prefs.Preferences;
import java.util.stream.Stream;
import org.headscope.figure.Colors;

/** What the application remembers of its window between starts. */
public final class Settings {

    /** Names another place to remember in, so that tests leave a person's own settings alone. */
    private static final String NODE_PROPERTY = "headscope.preferences";

    /** No value of the preferences may be longer. */
    private static final int PART = Preferences.MAX_VALUE_LENGTH;

    private static final String NODE = "org/headscope";
    private static final String COLORS = "colors";

    private final Preferences preferences = Preferences.userRoot().node(System.getProperty(NODE_PROPERTY, NODE));

    /** The name of a folder for files that belong to these settings. */
    static String place() {
        String node = System.getProperty(NODE_PROPERTY, NODE);
        return node.equals(NODE) ? "sessions" : node.replaceAll("[^A-Za-z0-9-]", "-");
    }

    public boolean isDark() {
        return preferences.getBoolean("dark", false);
    }

    public void setDark(boolean dark) {
        preferences.putBoolean("dark", dark);
    }

    /** The words that were put under a name; none at first. */
    public List<String> words(String name) {
        return Stream.of(preferences.get(name, "").split("\n")).filter(word -> !word.isEmpty()).toList();
    }

    public void putWords(String name, List<String> words) {
        preferences.put(name, String.join("\n", words));
    }

    /** The colours of attention. */
    public Colors colors() {
        int place = (int) get(COLORS, 0);
        return place >= 0 && place < Colors.values().length ? Colors.values()[place] : Colors.BLUES;
    }

    public void setColors(Colors colors) {
        put(COLORS, colors.ordinal());
    }

    public double get(String name, double otherwise) {
        return preferences.getDouble(name, otherwise);
    }

    public void put(String name, double value) {
        preferences.putDouble(name, value);
    }

    /** A text of any length, which must be ASCII. */
    public String text(String name, String otherwise) {
        int parts = preferences.getInt(name + ".parts", 0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(preferences.get(name + "." + i, ""));
        }
        return parts == 0 ? otherwise : text.toString();
    }

    public void putText(String name, String text) {
        int before = preferences.getInt(name + ".parts", 0);
        int parts = Math.max(1, (text.length() + PART - 1) / PART);
        for (int i = 0; i < parts; i++) {
            preferences.put(name + "." + i, text.substring(i * PART, Math.min(text.length(), (i + 1) * PART)));
        }
        for (int i = parts; i < before; i++) {
            preferences.remove(name + "." + i);
        }
        preferences.putInt(name + ".parts", parts);
    }
}
