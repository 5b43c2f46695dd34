package org.headscope.weights.hub;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headscope.weights.hub.HubConnection.Answer;

/**
 * Fetches one file into the cache's blobs. It comes to lie beside its name, {@code <etag>.incomplete}, goes on from
 * there however often the line breaks or the process ends, and gets its name once length and checksum are right.
 */
final class BlobDownload {

    private static final int CHUNK = 1 << 20;

    private final HubConnection connection;
    private final ModelName model;
    private final RemoteFile file;
    private final RepositoryFolder folder;
    private final Meter meter;
    private final Path part;
    private boolean resumed;

    BlobDownload(HubConnection connection, ModelName model, RemoteFile file, RepositoryFolder folder, Meter meter) {
        this.connection = connection;
        this.model = model;
        this.file = file;
        this.folder = folder;
        this.meter = meter;
        this.part = folder.incomplete(file.etag());
    }

    /**
     * Fetches the file unless the blob is there, and waits for whoever else is at it.
     *
     * @return whether the blob is new
     * @throws HubRefusal if it cannot be had or kept
     * @throws java.util.concurrent.CancellationException if the listener wants it; what has come is kept
     */
    boolean fetch() {
        try (BlobLock lock = lock()) {
            if (Files.isRegularFile(folder.blob(file.etag()))) {
                return false;
            }
            checkRoom();
            connection.patiently(meter, this::attempt);
            return true;
        }
    }

    private BlobLock lock() {
        Path path = folder.lock(file.etag());
        while (true) {
            try {
                Optional<BlobLock> lock = BlobLock.tryTake(path);
                if (lock.isPresent()) {
                    return lock.get();
                }
            } catch (IOException e) {
                throw HubCache.unwritable(path.getParent(), e);
            }
            meter.tell("another process is fetching it");
            meter.pause(200);
        }
    }

    private void checkRoom() {
        try {
            long needed = file.size() - here();
            long free = Files.getFileStore(folder.blobs()).getUsableSpace();
            if (needed > free) {
                throw new HubRefusal(("%s needs %,d bytes more, but the disk of %s has only %,d; make room, or name "
                    + "another folder in HF_HUB_CACHE.").formatted(file.name(), needed, folder.cache(), free));
            }
        } catch (IOException e) {
            throw HubCache.unreadable(folder.blobs(), e);
        }
    }

    private long here() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private boolean attempt() throws IOException {
        try (FileChannel out = open()) {
            if (out.size() > file.size()) {
                out.truncate(0);
            }
            long start = out.size();
            resumed |= start > 0;
            meter.startAt(start);
            if (start < file.size()) {
                try {
                    receive(out, start);
                } catch (IOException e) {
                    throw out.size() - start >= connection.patience().progress() ? new HubConnection.FreshStart(e) : e;
                }
            }
        }
        verify();
        return true;
    }

    private FileChannel open() {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw HubCache.unwritable(folder.blobs(), e);
        }
    }

    private void receive(FileChannel out, long start) throws IOException {
        Map<String, String> range = start == 0 ? Map.of() : Map.of("Range", "bytes=" + start + "-");
        try (Answer answer = connection.get(file.address(), range, meter)) {
            HubTrouble.check(connection.settings(), model, answer);
            if (answer.status() == 416) {
                out.truncate(0);
                throw new IOException("it no longer has the rest of %s".formatted(file.name()));
            }
            if (answer.isPage()) {
                throw HubTrouble.page(answer, file.name());
            }
            boolean goesOn = answer.status() == 206 && start > 0;
            if (!goesOn) {
                out.truncate(0);
                meter.startAt(0);
                resumed = false;
            }
            checkLength(answer, goesOn ? start : 0);
            copy(answer, out.position(goesOn ? start : 0));
        }
    }

    private void checkLength(Answer answer, long start) throws IOException {
        if (start > 0 && answer.header("Content-Range")
            .filter(range -> range.strip().startsWith("bytes " + start + "-")).isEmpty()) {
            throw new IOException("it sends another part of %s than was asked for".formatted(file.name()));
        }
        Optional<String> length = answer.header("Content-Length");
        if (length.isPresent() && !length.get().strip().equals(Long.toString(file.size() - start))) {
            throw wrongLength("sends %s bytes of".formatted(readable(length.get().strip())), file.size() - start);
        }
    }

    private static String readable(String length) {
        return length.matches("\\d{1,18}") ? "%,d".formatted(Long.parseLong(length)) : length;
    }

    private HubRefusal wrongLength(String what, long promised) {
        return new HubRefusal("%s %s %s where it promised %,d; nothing of it is kept, so fetch again, or check the proxy."
            .formatted(connection.host(), what, file.name(), promised));
    }

    private void copy(Answer answer, FileChannel out) throws IOException {
        Duration stall = connection.patience().stall();
        long windowEnd = System.nanoTime() + stall.toNanos();
        long inWindow = 0;
        while (true) {
            List<ByteBuffer> bytes = answer.body().next(stall, meter::stopIfCancelled);
            if (bytes.isEmpty()) {
                break;
            }
            long count = write(bytes, out);
            meter.arrived(count);
            inWindow += count;
            if (System.nanoTime() > windowEnd) {
                if (inWindow < connection.patience().leastBytes()) {
                    throw new HttpTimeoutException("only %d bytes in %d s".formatted(inWindow, stall.toSeconds()));
                }
                windowEnd = System.nanoTime() + stall.toNanos();
                inWindow = 0;
            }
        }
        if (out.position() < file.size()) {
            throw new IOException("%,d of %,d bytes of %s came".formatted(out.position(), file.size(), file.name()));
        }
    }

    private long write(List<ByteBuffer> bytes, FileChannel out) {
        try {
            long count = bytes.stream().mapToLong(ByteBuffer::remaining).sum();
            if (out.position() + count > file.size()) {
                out.truncate(0);
                throw wrongLength("sends more bytes of", file.size());
            }
            for (ByteBuffer buffer : bytes) {
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            return count;
        } catch (IOException e) {
            throw new HubRefusal(("%s cannot be written on (%s); make room on the disk or name another folder in "
                + "HF_HUB_CACHE, then fetch again: what has arrived is kept.").formatted(part, e.getMessage()), e);
        }
    }

    private void verify() throws IOException {
        Checksum sum = Checksum.of(file);
        try (FileChannel in = FileChannel.open(part)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            meter.tell("checking");
            while (in.read(chunk.clear()) >= 0) {
                sum.add(chunk.flip());
                meter.stopIfCancelled();
            }
        }
        if (!sum.isRight()) {
            Files.delete(part);
            if (resumed) {
                // What another program or version left may have been something else.
                resumed = false;
                throw new IOException("%s was pieced together wrongly".formatted(file.name()));
            }
            throw new HubRefusal(("%s came with other contents than %s promised (the checksum differs); nothing of it is "
                + "kept, so fetch again, or check the proxy.").formatted(file.name(), connection.host()));
        }
        try {
            Files.move(part, folder.blob(file.etag()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw HubCache.unwritable(folder.blobs(), e);
        }
    }
}
