package org.headscope.window.preferences;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How the desktop is set up, which JavaFX does not tell.
 *
 * @param isDark whether windows are dark
 * @param isStill whether a person wants nothing to move by itself
 */
record Desktop(boolean isDark, boolean isStill) {

    private static final long PATIENCE_SECONDS = 3;

    /** Waits for other processes, so never call it on the FX thread. What the desktop does not say is false. */
    static Desktop ask() {
        return new Desktop(SystemTheme.isDark(), SystemMotion.isStill());
    }

    static String system() {
        return System.getProperty("os.name");
    }

    static boolean isMac(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    static boolean isWindows(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** What a program prints; empty where there is no such program. */
    static String answer(List<String> question) {
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
