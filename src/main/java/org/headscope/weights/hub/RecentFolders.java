package org.headscope.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headscope.weights.CacheFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that models were opened from, the last one first. It is a help and no more: what cannot be remembered is
 * forgotten.
 *
 * @param file with one path a line; empty if there is no place for it
 */
public record RecentFolders(Optional<Path> file) {

    private static final Logger LOG = LoggerFactory.getLogger(RecentFolders.class);
    private static final int MOST = 20;

    public static RecentFolders ofEnvironment() {
        return new RecentFolders(CacheFolder.ofEnvironment().map(folder -> folder.resolve("recent-folders.txt")));
    }

    /** Those that are still there. */
    public List<Path> all() {
        if (file.filter(Files::isRegularFile).isEmpty()) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file.get())) {
            return lines.filter(line -> !line.isBlank()).map(Path::of).filter(Files::isDirectory).distinct().limit(MOST)
                .toList();
        } catch (IOException | java.io.UncheckedIOException | InvalidPathException e) {
            LOG.info("The folders used before are not known.", e);
            return List.of();
        }
    }

    /** Puts a folder first. */
    public void add(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (!path.toString().contains("\n")) {
            write(Stream.concat(Stream.of(path), all().stream().filter(other -> !other.equals(path))).limit(MOST).toList());
        }
    }

    /** Leaves a folder out from now on. The folder itself stays as it is. */
    public void forget(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        write(all().stream().filter(other -> !other.equals(path)).toList());
    }

    private void write(List<Path> folders) {
        if (file.isEmpty()) {
            return;
        }
        try {
            Path parent = Files.createDirectories(file.get().getParent());
            Path part = Files.createTempFile(parent, "recent", ".part");
            try {
                Files.write(part, folders.stream().map(Path::toString).toList());
                Files.move(part, file.get(), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.info("The folder is not remembered.", e);
        }
    }
}
