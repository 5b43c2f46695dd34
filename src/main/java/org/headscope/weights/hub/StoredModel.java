package org.headscope.weights.hub;

import java.nio.file.Path;
import java.util.Optional;
import org.headscope.weights.Gpt2Config;

/**
 * A model on this machine.
 *
 * @param name by which it can be opened
 * @param path of its folder
 * @param bytes of its files; 0 for the bundled one, which is part of the application
 * @param config empty while even that has not been fetched
 * @param isComplete whether it can be opened; otherwise fetching it goes on where it stopped
 */
public record StoredModel(String name, Source source, Path path, long bytes, Optional<Gpt2Config> config,
                          boolean isComplete) {

    /** Where a model comes from. */
    public enum Source {
        BUNDLED, CACHE, FOLDER;

        /** The word in JSON and in tables. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
