package org.headscope.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.headscope.weights.Gpt2Weights.Matrix;

/**
 * Weights in a safetensors file of Headscope's own. Its header names what they were made from and has a checksum of the numbers;
 * a file whose header is not, byte by byte, the one that is expected, is not used.
 */
final class ProcessedFile implements WeightSink, Closeable {

    /** The numbers begin on a page of their own. */
    private static final int PAGE = 4096;

    /** Parts of the numbers with a checksum each, so that several threads can work on it. */
    private static final int STRIPES = 32;

    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final String source;
    private final Gpt2Config config;
    private final Processing processing;
    private final Map<String, int[]> shapes;
    private final Map<String, Long> places = new LinkedHashMap<>();
    private final int start;
    private final long end;

    private ProcessedFile(FileChannel channel, String source, Gpt2Config config, Processing processing) {
        this.channel = channel;
        this.source = source;
        this.config = config;
        this.processing = processing;
        this.shapes = WeightLayout.shapes(config, processing);
        this.start = header(0).remaining();
        long place = start;
        for (Map.Entry<String, int[]> e : shapes.entrySet()) {
            places.put(e.getKey(), place);
            place += size(e.getValue());
        }
        this.end = place;
    }

    private static long size(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(4, Math::multiplyExact);
    }

    /** How long the file of such a model is, its header aside. */
    static long size(Gpt2Config config, Processing processing) {
        return WeightLayout.shapes(config, processing).values().stream().mapToLong(ProcessedFile::size).sum();
    }

    /** Begins to write to a file that exists. It is none of these until it has been finished. */
    static ProcessedFile write(Path file, String source, Gpt2Config config, Processing processing)
        throws IOException {
        return new ProcessedFile(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), source,
            config, processing);
    }

    /** Maps the weights of a file; empty if it is not whole, or made from something else. */
    static Optional<Gpt2Weights> read(Path path, String source, Gpt2Config config, Processing processing)
        throws IOException {
        try (ProcessedFile file = new ProcessedFile(FileChannel.open(path), source, config, processing)) {
            return file.isWhole() ? Optional.of(file.map()) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isWhole() throws IOException {
        if (channel.size() != end) {
            return false;
        }
        ByteBuffer found = ByteBuffer.allocate(start);
        fill(channel, found, 0);
        return found.flip().equals(header(checksum()));
    }

    private Gpt2Weights map() {
        return WeightLayout.assemble(config, processing, (name, shape) -> {
            try {
                ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, places.get(name), size(shape));
                return new Matrix(mapped.order(ByteOrder.LITTLE_ENDIAN), true, shape);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void put(String name, long from, Block block, int count) {
        try {
            writeFully(block.encoded(count), places.get(name) + 4 * from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the header before the numbers, all of which have been written. */
    void finish() throws IOException {
        writeFully(header(checksum()), 0);
    }

    private ByteBuffer header(long checksum) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("source", source);
        // Always as long, so that where the numbers begin is known before they are.
        metadata.put("checksum", "%016x".formatted(checksum));
        return SafetensorsWriter.header(shapes, metadata, PAGE);
    }

    /** Of all numbers as they lie in the file. Reads rather than maps: what is never used is not to fill the memory. */
    private long checksum() {
        long length = (end - start + STRIPES - 1) / STRIPES;
        List<Long> parts = IntStream.range(0, STRIPES).parallel()
            .mapToObj(stripe -> checksum(start + stripe * length, Math.min(end, start + (stripe + 1) * length)))
            .toList();
        return parts.stream().reduce(0L, (sum, part) -> sum * 1_000_003 + part);
    }

    private long checksum(long from, long to) {
        CRC32C sum = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        try {
            for (long place = from; place < to; place += CHUNK) {
                fill(channel, chunk.clear().limit((int) Math.min(CHUNK, to - place)), place);
                sum.update(chunk.flip());
            }
            return sum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(FileChannel channel, ByteBuffer into, long place) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, place + into.position()) < 0) {
                throw new IOException("The file ended while it was being read.");
            }
        }
    }

    private void writeFully(ByteBuffer bytes, long place) throws IOException {
        for (long at = place; bytes.hasRemaining();) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
