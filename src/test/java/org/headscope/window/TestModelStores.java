package org.headscope.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.RecentFolders;

/** Models in a home of their own. Nothing is asked of any hub unless a test names one. */
public final class TestModelStores implements AutoCloseable {

    private final Map<String, String> environment = new ConcurrentHashMap<>(Map.of("HF_HUB_OFFLINE", "1"));
    private final Path home;

    TestModelStores() {
        try {
            home = Files.createTempDirectory("headscope-models");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store as the environment is now. */
    public ModelStore get() {
        return ModelStore.of(environment, home, new RecentFolders(Optional.of(home.resolve("recent"))));
    }

    /** From now on this hub is asked. */
    public void online(URI hub) {
        environment.remove("HF_HUB_OFFLINE");
        environment.put("HF_ENDPOINT", hub.toString());
    }

    /** From now on none is. */
    public void offline() {
        environment.put("HF_HUB_OFFLINE", "1");
    }

    /** From now on fetched models go elsewhere. */
    public void cacheIn(Path folder) {
        environment.put("HF_HUB_CACHE", folder.toString());
    }

    /** From now on they go where they went at first. */
    public void cacheAtHome() {
        environment.remove("HF_HUB_CACHE");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
