package org.headscope.weights.hub;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a blob that is being fetched, which Hugging Face's own libraries respect and take as well: by
 * {@code flock} where there is one, since what Java calls a lock there is another kind that does not meet it.
 */
final class BlobLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BlobLock.class);

    private static final int READ_AND_WRITE = 2;
    private static final int EXCLUSIVE_NOW = 2 | 4;
    private static final int UNLOCK = 8;

    /** EWOULDBLOCK as Linux and as macOS count, and EINTR. */
    private static final Set<Integer> TAKEN = Set.of(11, 35, 4);

    private interface SystemCalls extends Library {

        int open(String path, int flags) throws LastErrorException;

        int flock(int file, int operation) throws LastErrorException;

        int close(int file) throws LastErrorException;
    }

    private final AutoCloseable release;

    private BlobLock(AutoCloseable release) {
        this.release = release;
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file is made if it is not there
     */
    static Optional<BlobLock> tryTake(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (Platform.isWindows()) {
            return ofJava(channel);
        }
        try (channel) {
            return flock(file);
        }
    }

    private static Optional<BlobLock> ofJava(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new BlobLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Another thread has the lock.", e);
        }
        channel.close();
        return Optional.empty();
    }

    private static Optional<BlobLock> flock(Path file) throws IOException {
        SystemCalls system = Native.load(Platform.C_LIBRARY_NAME, SystemCalls.class);
        Object before = key(file);
        int descriptor = system.open(file.toAbsolutePath().toString(), READ_AND_WRITE);
        try {
            system.flock(descriptor, EXCLUSIVE_NOW);
        } catch (LastErrorException e) {
            system.close(descriptor);
            if (TAKEN.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            // Some network drives have no locks. Blobs are renamed into place, so two who fetch one do no harm.
            LOG.info("{} cannot be locked.", file, e);
            return Optional.of(new BlobLock(() -> { }));
        }
        BlobLock lock = new BlobLock(() -> {
            system.flock(descriptor, UNLOCK);
            system.close(descriptor);
        });
        // Some who have held it delete the file: then the lock on it excludes nobody.
        if (before != null && before.equals(key(file))) {
            return Optional.of(lock);
        }
        lock.close();
        return Optional.empty();
    }

    private static Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            release.close();
        } catch (Exception e) {
            LOG.debug("The lock could not be let go; it ends with this process.", e);
        }
    }
}
