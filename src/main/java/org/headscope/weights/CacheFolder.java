package org.headscope.weights;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Headscope's own folder for what may be deleted at any time. */
public final class CacheFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

    private CacheFolder() {
    }

    /** {@code HEADSCOPE_CACHE}, or where each system wants such files; empty if there is no place. It may not exist. */
    public static Optional<Path> ofEnvironment() {
        return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    static Optional<Path> of(Map<String, String> environment, String system, String home) {
        try {
            String own = environment.getOrDefault("HEADSCOPE_CACHE", "");
            return Optional.of(own.isBlank()
                ? systemFolder(environment, system.toLowerCase(Locale.ROOT), Path.of(home)) : Path.of(own));
        } catch (InvalidPathException e) {
            LOG.info("Nothing is kept for the next time: its folder has no valid name.", e);
            return Optional.empty();
        }
    }

    private static Path systemFolder(Map<String, String> environment, String system, Path home) {
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches/Headscope");
        }
        if (system.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isBlank() ? home.resolve("AppData/Local") : Path.of(local)).resolve("Headscope/cache");
        }
        Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        // The specification says to ignore one that depends on where a program was started.
        return (xdg.isAbsolute() ? xdg : home.resolve(".cache")).resolve("headscope");
    }
}
