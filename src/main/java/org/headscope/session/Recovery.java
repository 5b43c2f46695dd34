package org.headscope.session;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headscope.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process would lose if it ended now, in a file of its own, and what an earlier one left. A file that belongs
 * to no living process was left by one that ended without saying so. It is a convenience: whatever is wrong with these
 * files, the application starts and goes on. All methods read or write files.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final String LAST = "last" + SessionFile.ENDING;
    private static final String RUNNING = "running-";
    private static final String SAVED_AS = "saved_as";

    private final Path folder;
    private final Path own;
    private long newest;

    /**
     * What an earlier process left.
     *
     * @param file what the session had been saved as, or opened from
     * @param crashed whether the process ended unexpectedly
     */
    public record Found(Session session, Optional<Path> file, boolean crashed) {
    }

    /** @param folder need not exist; nobody else writes there */
    public Recovery(Path folder) {
        this(folder, nameOf(ProcessHandle.current()));
    }

    Recovery(Path folder, String process) {
        this.folder = folder;
        this.own = folder.resolve(RUNNING + process + SessionFile.ENDING);
    }

    /** Two processes may have the same number one after the other, but not the same start as well. */
    private static String nameOf(ProcessHandle process) {
        return "%d-%d".formatted(process.pid(), process.info().startInstant().map(start -> start.toEpochMilli())
            .orElse(0L));
    }

    // ---- writing ----

    /**
     * Keeps a session. One that is older than what is kept already is passed over.
     *
     * @param file what it has been saved as
     * @param number grows with every call that is begun
     */
    public synchronized void keep(Session session, Optional<Path> file, long number) {
        if (number >= newest) {
            newest = number;
            write(own, session, file);
        }
    }

    /** Leaves a session for the next start; this process ends. */
    public synchronized void end(Session session, Optional<Path> file) {
        newest = Long.MAX_VALUE;
        write(folder.resolve(LAST), session, file);
        delete(own);
    }

    private void write(Path target, Session session, Optional<Path> file) {
        try {
            Files.createDirectories(folder);
            JsonObject json = SessionJson.json(session);
            file.ifPresent(path -> json.addProperty(SAVED_AS, path.toAbsolutePath().toString()));
            SessionFile.write(target, json);
        } catch (IOException | Refusal e) {
            LOG.warn("The session is not kept for the next start.", e);
        }
    }

    // ---- reading ----

    /** What was left last: by a process that has ended unexpectedly, or else by one that was closed. */
    public Optional<Found> find() {
        for (Path left : leftBehind()) {
            Optional<Found> found = read(left, true);
            setAside(left);
            if (found.isPresent()) {
                return found;
            }
        }
        return read(folder.resolve(LAST), false);
    }

    /** Newest first. */
    private List<Path> leftBehind() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Recovery::isLeftBehind).sorted(Comparator.comparing(Recovery::modified).reversed())
                .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be read.", folder, e);
            return List.of();
        }
    }

    private static boolean isLeftBehind(Path file) {
        String name = file.getFileName().toString();
        if (!name.startsWith(RUNNING) || !name.endsWith(SessionFile.ENDING)) {
            return false;
        }
        String process = name.substring(RUNNING.length(), name.length() - SessionFile.ENDING.length());
        int dash = process.indexOf('-');
        try {
            return ProcessHandle.of(Long.parseLong(process.substring(0, Math.max(dash, 0))))
                .filter(living -> nameOf(living).equals(process)).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Optional<Found> read(Path file, boolean crashed) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Session session = SessionFile.read(file).session();
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            return Optional.of(new Found(session, Optional.ofNullable(json.get(SAVED_AS))
                .map(path -> Path.of(path.getAsString())), crashed));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be taken up again.", file, e);
            return Optional.empty();
        }
    }

    /** So that the next start does not find it again, and a person still can. */
    private static void setAside(Path file) {
        String name = file.getFileName().toString().replace(RUNNING, "recovered-");
        try {
            Files.move(file, file.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be set aside.", file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted.", file, e);
        }
    }
}
