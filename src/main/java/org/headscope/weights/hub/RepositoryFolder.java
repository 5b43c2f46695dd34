package org.headscope.weights.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One repository in the {@link HubCache}: contents in {@code blobs/} under their ETags, and for each commit a folder in
 * {@code snapshots/} of links to them, as Hugging Face's own libraries lay it out.
 *
 * @param cache the folder of all repositories
 * @param path this one's
 */
record RepositoryFolder(Path cache, Path path, String repository) {

    /** The ending of a blob that is being fetched. */
    static final String INCOMPLETE = ".incomplete";

    /** Tells programs that make backups to leave the cache out. */
    private static final String CACHE_TAG = "CACHEDIR.TAG";
    private static final String CACHE_TAG_TEXT = """
        Signature: 8a477f597d28d172789f06886806bc55
        # This file is a cache directory tag created by Headscope, as by huggingface_hub.
        # For information about cache directory tags, see: https://bford.info/cachedir/
        """;

    Path blobs() {
        return path.resolve("blobs");
    }

    Path blob(String etag) {
        return blobs().resolve(etag);
    }

    Path incomplete(String etag) {
        return blobs().resolve(etag + INCOMPLETE);
    }

    Path lock(String etag) {
        return cache.resolve(".locks").resolve(path.getFileName()).resolve(etag + ".lock");
    }

    Path snapshots() {
        return path.resolve("snapshots");
    }

    Path snapshotOf(String commit) {
        return snapshots().resolve(commit);
    }

    private Path refs() {
        return path.resolve("refs");
    }

    /** The folder of a revision's files; empty if there is none. */
    Optional<Path> snapshot(String revision) {
        try {
            Optional<Path> named = commit(revision).map(this::snapshotOf).filter(Files::isDirectory);
            return named.or(() -> Optional.of(snapshotOf(revision)).filter(folder -> !revision.contains("/"))
                .filter(Files::isDirectory));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The commit that a branch or a tag was at when it was last fetched. */
    Optional<String> commit(String revision) {
        Path ref = refs().resolve(revision);
        try {
            return Files.isRegularFile(ref) ? Optional.of(Files.readString(ref).strip()).filter(c -> !c.isEmpty())
                : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The branches and tags that have been fetched. */
    List<String> revisions() {
        if (!Files.isDirectory(refs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(refs(), 8)) {
            return files.filter(Files::isRegularFile).map(file -> refs().relativize(file).toString().replace('\\', '/'))
                .sorted().toList();
        } catch (IOException e) {
            throw HubCache.unreadable(refs(), e);
        }
    }

    /** The commits of which there is a folder. */
    List<String> commits() {
        return list(snapshots()).stream().filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
            .toList();
    }

    /** What a folder holds; nothing if there is none. */
    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw HubCache.unreadable(folder, e);
        }
    }

    /**
     * Makes the folders that a file of a commit needs.
     *
     * @throws HubRefusal if they cannot be made
     */
    void prepare(String commit, String etag) {
        try {
            Files.createDirectories(blobs());
            Files.createDirectories(snapshotOf(commit));
            Files.createDirectories(lock(etag).getParent());
            Path tag = cache.resolve(CACHE_TAG);
            if (!Files.exists(tag)) {
                Files.writeString(tag, CACHE_TAG_TEXT);
            }
        } catch (IOException e) {
            throw HubCache.unwritable(cache, e);
        }
    }

    /** Remembers which commit a branch or a tag is at. */
    void remember(String revision, String commit) {
        if (revision.equals(commit) || commit(revision).filter(commit::equals).isPresent()) {
            return;
        }
        Path ref = refs().resolve(revision);
        try {
            Files.createDirectories(ref.getParent());
            Path part = Files.createTempFile(ref.getParent(), ref.getFileName() + ".", ".tmp");
            try {
                Files.write(part, commit.getBytes(StandardCharsets.US_ASCII));
                Files.move(part, ref, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw HubCache.unwritable(refs(), e);
        }
    }

    /**
     * Puts a blob into a commit's folder: by a relative link, or where links are refused by moving it there, or copying
     * it if others may use it too.
     *
     * @param own whether nobody else can have seen the blob
     */
    void place(String etag, String commit, String file, boolean own, Linking linking) {
        Path pointer = snapshotOf(commit).resolve(file);
        if (Files.exists(pointer)) {
            return;
        }
        try {
            // A link whose blob is gone is in the way.
            Files.deleteIfExists(pointer);
            link(blob(etag), pointer, own, linking);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, with the same contents.
        } catch (IOException e) {
            throw HubCache.unwritable(pointer.getParent(), e);
        }
    }

    private static void link(Path blob, Path pointer, boolean own, Linking linking) throws IOException {
        try {
            linking.link(pointer, pointer.getParent().relativize(blob));
            return;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            // Windows refuses links to those who are not developers.
        }
        if (own) {
            Files.move(blob, pointer);
            return;
        }
        Path part = pointer.resolveSibling(pointer.getFileName() + INCOMPLETE);
        Files.copy(blob, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, pointer, StandardCopyOption.ATOMIC_MOVE);
    }

    /** How a symbolic link is made, where that is allowed. */
    interface Linking {

        void link(Path link, Path target) throws IOException;

        static Linking ofSystem() {
            return (link, target) -> Files.createSymbolicLink(link, target);
        }
    }

    /**
     * Deletes what only one revision uses, and the whole folder if nothing else is left of it.
     *
     * @return how many bytes of the disk are free again
     */
    long remove(String revision) {
        Path snapshot = snapshot(revision).orElseThrow();
        String commit = snapshot.getFileName().toString();
        try {
            long freed = delete(refs().resolve(revision));
            for (String other : revisions()) {
                if (commit(other).filter(commit::equals).isPresent()) {
                    // The same commit under another name stays.
                    return freed;
                }
            }
            freed += deleteTree(snapshot);
            if (commits().isEmpty()) {
                return freed + deleteTree(path) + deleteTree(lock("any").getParent());
            }
            return freed + deleteUnused();
        } catch (IOException e) {
            throw new HubRefusal("%s cannot be removed as a whole (%s); close what uses it and try again."
                .formatted(snapshot, e.getClass().getSimpleName()), e);
        }
    }

    /**
     * Deletes what was begun and has not come to an end.
     *
     * @param isComplete of a commit
     * @return how many bytes of the disk are free again
     */
    long discard(Predicate<String> isComplete) {
        try {
            long freed = 0;
            for (String commit : commits()) {
                freed += isComplete.test(commit) ? 0 : deleteTree(snapshotOf(commit));
            }
            if (commits().isEmpty()) {
                return freed + deleteTree(path) + deleteTree(lock("any").getParent());
            }
            for (Path blob : list(blobs())) {
                freed += blob.toString().endsWith(INCOMPLETE) ? delete(blob) : 0;
            }
            return freed + deleteUnused();
        } catch (IOException e) {
            throw new HubRefusal("What was begun in %s cannot be removed as a whole (%s); close what uses it and try again."
                .formatted(path, e.getClass().getSimpleName()), e);
        }
    }

    private long deleteUnused() throws IOException {
        List<Path> used = new ArrayList<>();
        try (Stream<Path> files = Files.walk(snapshots())) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                used.add(link.getParent().resolve(Files.readSymbolicLink(link)).normalize());
            }
        }
        long freed = 0;
        for (Path blob : list(blobs())) {
            if (!used.contains(blob.normalize()) && !blob.toString().endsWith(INCOMPLETE)) {
                freed += delete(blob);
            }
        }
        return freed;
    }

    private static long deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long freed = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            // What lies in a folder comes after it.
            List<Path> all = new ArrayList<>(files.toList());
            java.util.Collections.reverse(all);
            for (Path file : all) {
                freed += delete(file);
            }
        }
        return freed;
    }

    private static long delete(Path file) throws IOException {
        long size = Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        return Files.deleteIfExists(file) ? size : 0;
    }
}
