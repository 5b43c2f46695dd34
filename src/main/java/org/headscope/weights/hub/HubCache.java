package org.headscope.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which Hugging Face's own libraries keep what they have fetched:
 * {@code models--openai-community--gpt2/snapshots/<commit>/…}, with the commit of a branch in {@code refs/}.
 *
 * @param root {@code HF_HUB_CACHE}, else {@code hub} in {@code HF_HOME}, else {@code ~/.cache/huggingface/hub}
 */
public record HubCache(Path root) {

    private static final String MODELS = "models--";

    /** Models that moved into an organisation. Older caches have them without one, and people still call them so. */
    private static final Map<String, String> HOMES = Map.of(
        "gpt2", "openai-community/", "gpt2-medium", "openai-community/", "gpt2-large", "openai-community/",
        "gpt2-xl", "openai-community/", "distilgpt2", "distilbert/");

    public static HubCache ofEnvironment() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static HubCache of(Map<String, String> environment, Path home) {
        try {
            Path otherwise = huggingFaceHome(environment, home).resolve("hub");
            return new HubCache(folder(environment, "HF_HUB_CACHE", home)
                .or(() -> folder(environment, "HUGGINGFACE_HUB_CACHE", home)).orElse(otherwise));
        } catch (InvalidPathException e) {
            throw new HubRefusal("HF_HOME or HF_HUB_CACHE is no valid path (%s); correct or unset it."
                .formatted(e.getMessage()), e);
        }
    }

    /** {@code HF_HOME}, where the token lies as well. */
    static Path huggingFaceHome(Map<String, String> environment, Path home) {
        return folder(environment, "HF_HOME", home)
            .or(() -> folder(environment, "XDG_CACHE_HOME", home).map(cache -> cache.resolve("huggingface")))
            .orElse(home.resolve(".cache/huggingface"));
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable, Path home) {
        return Optional.ofNullable(environment.get(variable)).filter(path -> !path.isBlank())
            .map(path -> path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path));
    }

    /**
     * The folder of a snapshot, by the name of a model such as {@code gpt2} or {@code owner/model@revision}; empty if
     * it is not here.
     */
    public Optional<Path> snapshot(String name) {
        return ModelName.find(name).flatMap(this::snapshot);
    }

    Optional<Path> snapshot(ModelName name) {
        return folders(name.repository()).flatMap(folder -> folder.snapshot(name.revision()).stream()).findFirst();
    }

    /**
     * What a snapshot's folder is called, in this cache or another: the reverse of {@link #snapshot(String)}. Empty for
     * every other folder.
     */
    public static Optional<String> nameOf(Path folder) {
        Path commit = folder.toAbsolutePath().normalize();
        Path repository = commit.getNameCount() < 4 ? null : commit.getParent().getParent();
        if (repository == null || !commit.getParent().endsWith("snapshots")) {
            return Optional.empty();
        }
        return new HubCache(repository.getParent()).repositories().stream()
            .filter(known -> known.path().equals(repository)).findFirst()
            .map(known -> new ModelName(known.repository(), revision(known, commit)).toString());
    }

    private static String revision(RepositoryFolder repository, Path commit) {
        return Stream.concat(Stream.of(ModelName.MAIN), repository.revisions().stream())
            .filter(revision -> repository.snapshot(revision).filter(commit::equals).isPresent()).findFirst()
            .orElse(commit.getFileName().toString());
    }

    RepositoryFolder folder(String repository) {
        return new RepositoryFolder(root, root.resolve(MODELS + repository.replace("/", "--")), repository);
    }

    /** Where a repository may be: under its own name, and under the others that it goes by. */
    Stream<RepositoryFolder> folders(String repository) {
        String plain = repository.substring(repository.indexOf('/') + 1);
        String home = HOMES.get(plain);
        return home == null || !repository.equals(plain) && !repository.equals(home + plain)
            ? Stream.of(folder(repository))
            : Stream.of(repository, plain, home + plain).distinct().map(this::folder);
    }

    /** All repositories that have a folder here. */
    List<RepositoryFolder> repositories() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(MODELS))
                .filter(Files::isDirectory).sorted()
                .map(folder -> new RepositoryFolder(root, folder,
                    folder.getFileName().toString().substring(MODELS.length()).replaceFirst("--", "/")))
                .toList();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    static HubRefusal unreadable(Path folder, Exception cause) {
        return new HubRefusal("%s cannot be read (%s); make it readable, or name another folder in HF_HUB_CACHE."
            .formatted(folder, reason(cause)), cause);
    }

    static HubRefusal unwritable(Path folder, Exception cause) {
        return new HubRefusal(("%s cannot be written to (%s); make it writable, or name another folder in "
            + "HF_HUB_CACHE.").formatted(folder, reason(cause)), cause);
    }

    private static String reason(Exception cause) {
        return cause instanceof java.nio.file.AccessDeniedException ? "access denied"
            : cause instanceof java.nio.file.FileSystemException file && file.getReason() != null ? file.getReason()
            : cause.getClass().getSimpleName();
    }
}
