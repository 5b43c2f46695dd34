package org.headscope.session;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the application keeps what it remembers for a person between starts. */
public final class AppFolder {

    private AppFolder() {
    }

    /** {@code HEADSCOPE_STATE}, or where each system wants such files. It need not exist. */
    public static Path ofEnvironment() {
        return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    static Path of(Map<String, String> environment, String system, String home) {
        String own = environment.getOrDefault("HEADSCOPE_STATE", "");
        if (!own.isBlank()) {
            return Path.of(own);
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Path.of(home, "Library/Application Support/Headscope");
        }
        if (name.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isBlank() ? Path.of(home, "AppData/Local") : Path.of(local)).resolve("Headscope");
        }
        Path xdg = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        // The specification says to ignore one that depends on where a program was started.
        return (xdg.isAbsolute() ? xdg : Path.of(home, ".local/state")).resolve("headscope");
    }
}
