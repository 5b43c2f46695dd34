package org.headscope.window.preferences;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the desktop whether a person wants nothing to move by itself. */
final class SystemMotion {

    /** The fifth byte of what a person prefers on Windows; its second bit stands for animations within windows. */
    private static final Pattern MASK = Pattern.compile("REG_BINARY\\s+[0-9A-Fa-f]{8}([0-9A-Fa-f]{2})");
    private static final int ANIMATIONS = 0x02;

    private SystemMotion() {
    }

    /** False where the desktop does not say. */
    static boolean isStill() {
        String system = Desktop.system();
        String desktop = Optional.ofNullable(System.getenv("XDG_CURRENT_DESKTOP")).orElse("");
        return questions(system, desktop).stream().anyMatch(question -> isStill(system, Desktop.answer(question)));
    }

    /** @param desktop by the names that a Unix desktop gives itself, such as "ubuntu:GNOME" */
    static List<List<String>> questions(String system, String desktop) {
        if (Desktop.isMac(system)) {
            return List.of(List.of("defaults", "read", "com.apple.universalaccess", "reduceMotion"));
        }
        if (Desktop.isWindows(system)) {
            return List.of(List.of("reg", "query", "HKCU\\Control Panel\\Desktop", "/v", "UserPreferencesMask"));
        }
        if (desktop.toUpperCase(Locale.ROOT).contains("KDE")) {
            // One for each of the versions in use; the other is not installed.
            return List.of(ofKde("kreadconfig6"), ofKde("kreadconfig5"));
        }
        return List.of(List.of("gsettings", "get", "org.gnome.desktop.interface", "enable-animations"));
    }

    private static List<String> ofKde(String program) {
        return List.of(program, "--group", "KDE", "--key", "AnimationDurationFactor");
    }

    /** @param answer to any of the questions */
    static boolean isStill(String system, String answer) {
        if (Desktop.isMac(system)) {
            return answer.strip().equals("1");
        }
        if (Desktop.isWindows(system)) {
            Matcher mask = MASK.matcher(answer);
            return mask.find() && (Integer.parseInt(mask.group(1), 16) & ANIMATIONS) == 0;
        }
        // Either whether there are animations, or how long they take.
        return answer.strip().matches("false|0(\\.0*)?");
    }
}
