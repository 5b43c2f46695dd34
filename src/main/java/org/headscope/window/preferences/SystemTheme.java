package org.headscope.window.preferences;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks the desktop whether it is dark, since JavaFX does not tell. */
final class SystemTheme {

    private static final long PATIENCE_SECONDS = 3;

    private SystemTheme() {
    }

    /** Waits for another process, so never call it on the FX thread. False where the desktop does not say. */
    static boolean isDark() {
        String system = System.getProperty("os.name");
        return isDark(system, answer(question(system)));
    }

    static List<String> question(String system) {
        if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return List.of("defaults", "read", "-g", "AppleInterfaceStyle");
        }
        if (isWindows(system)) {
            return List.of("reg", "query", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                "/v", "AppsUseLightTheme");
        }
        return List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
    }

    static boolean isDark(String system, String answer) {
        return isWindows(system) ? answer.strip().endsWith("0x0") : answer.toLowerCase(Locale.ROOT).contains("dark");
    }

    private static boolean isWindows(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static String answer(List<String> question) {
        try {
            Process process = new ProcessBuilder(question).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            process.destroy();
        } catch (IOException e) {
            // There is no such program, so nobody who could say.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }
}
