package org.headscope.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder in which Hugging Face's own libraries keep what they have fetched:
 * {@code models--openai-community--gpt2/snapshots/<commit>/…}, with the commit of a branch in {@code refs/}.
 *
 * @param root {@code HF_HUB_CACHE}, else {@code hub} in {@code HF_HOME}, else {@code ~/.cache/huggingface/hub}
 */
public record HubCache(Path root) {

    /** gpt2 moved into an organisation; older caches have it, and its larger sisters, without one. */
    private static final String FORMER_HOME = "openai-community/";

    public static HubCache ofEnvironment() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static HubCache of(Map<String, String> environment, Path home) {
        if (environment.containsKey("HF_HUB_CACHE")) {
            return new HubCache(Path.of(environment.get("HF_HUB_CACHE")));
        }
        String base = environment.get("HF_HOME");
        return new HubCache((base == null ? home.resolve(".cache/huggingface") : Path.of(base)).resolve("hub"));
    }

    /** The folder of the main branch's snapshot of a repository such as {@code gpt2}; empty if it is not here. */
    public Optional<Path> snapshot(String name) {
        String plain = name.startsWith(FORMER_HOME) ? name.substring(FORMER_HOME.length()) : name;
        return exactly(name).or(() -> exactly(plain)).or(() -> exactly(FORMER_HOME + plain));
    }

    private Optional<Path> exactly(String name) {
        try {
            Path repository = root.resolve("models--" + name.replace("/", "--"));
            Path branch = repository.resolve("refs/main");
            if (!Files.isRegularFile(branch)) {
                return Optional.empty();
            }
            return Optional.of(repository.resolve("snapshots").resolve(Files.readString(branch).strip()))
                .filter(Files::isDirectory);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
