package org.headscope.window.preferences;

import java.util.List;
import java.util.Locale;

/** Asks the desktop whether it is dark. */
final class SystemTheme {

    private SystemTheme() {
    }

    /** False where the desktop does not say. */
    static boolean isDark() {
        String system = Desktop.system();
        return isDark(system, Desktop.answer(question(system)));
    }

    static List<String> question(String system) {
        if (Desktop.isMac(system)) {
            return List.of("defaults", "read", "-g", "AppleInterfaceStyle");
        }
        if (Desktop.isWindows(system)) {
            return List.of("reg", "query", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                "/v", "AppsUseLightTheme");
        }
        return List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
    }

    static boolean isDark(String system, String answer) {
        return Desktop.isWindows(system) ? answer.strip().endsWith("0x0")
            : answer.toLowerCase(Locale.ROOT).contains("dark");
    }
}
