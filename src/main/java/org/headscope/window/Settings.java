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

    /** One of an enum's constants; another one where it was never put or is no longer known. */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        String put = preferences.get(name, "");
        return Stream.of(otherwise.getDeclaringClass().getEnumConstants()).filter(one -> one.name().equals(put))
            .findFirst().orElse(otherwise);
    }

    public void putChoice(String name, Enum<?> value) {
        preferences.put(name, value.name());
    }

    /** How large everything is, in per cent; 0 is as the system has it. */
    public int uiScale() {
        return preferences.getInt("ui-scale", 0);
    }

    public void setUiScale(int percent) {
        preferences.putInt("ui-scale", percent);
    }

    /** How many threads the engine may use; 0 leaves the choice to it. */
    public int threads() {
        return Math.max(0, preferences.getInt("threads", 0));
    }

    public void setThreads(int threads) {
        preferences.putInt("threads", threads);
    }

    /** How many bytes weights and runs may take together; 0 leaves it at what is usual. */
    public long memory() {
        return Math.max(0, preferences.getLong("memory", 0));
    }

    public void setMemory(long bytes) {
        preferences.putLong("memory", bytes);
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
        String name = text(COLORS, Colors.BLUES.name());
        return Stream.of(Colors.values()).filter(colors -> colors.name().equals(name)).findFirst().orElse(Colors.BLUES);
    }

    public void setColors(Colors colors) {
        putText(COLORS, colors.name());
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
