package org.headscope.weights;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: eight bytes with the header's length, the header (JSON: each tensor's type, shape and place),
 * the numbers. They are read and never mapped, since a mapped file that is shortened ends the process; F16 and BF16 are
 * widened. Whatever the header promises is checked against the file before any of it is believed.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors implements Tensors {

    /** The limit of the format's own reader: nothing honest comes near it. */
    private static final long MAX_HEADER = 100_000_000;

    private enum Type {
        F32(4), F16(2), BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    private record Entry(String type, int[] shape, long begin, long end) {
    }

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries;
    private final long dataStart;

    private Safetensors(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        long size = channel.size();
        if (size < 8) {
            throw refuse("is too short to be a safetensors file (%,d bytes); fetch it again".formatted(size));
        }
        long header = read(0, 8).getLong();
        if (header < 2 || header > size - 8) {
            throw refuse(("promises a header of %s bytes but holds only %,d; it is cut off or not a safetensors file, "
                + "fetch it again").formatted(Long.toUnsignedString(header), size));
        }
        if (header > MAX_HEADER) {
            throw refuse("has a header of %,d bytes, more than any model needs; fetch it again".formatted(header));
        }
        this.dataStart = 8 + header;
        this.entries = parse(StandardCharsets.UTF_8.decode(read(8, (int) header)).toString());
        checkPlaces(size - dataStart);
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelRefusal if the file is missing, cut off or inconsistent
     */
    public static Safetensors open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return new Safetensors(path, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new ModelRefusal("%s cannot be read (%s); check that it exists and is readable."
                .formatted(path, e.getClass().getSimpleName()), e);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // The reason for closing is already being reported.
            }
        }
    }

    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    @Override
    public int[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * The numbers of one tensor in row order.
     *
     * @return in a direct buffer of their own
     * @throws ModelRefusal as {@link #read}
     */
    public FloatBuffer floats(String name) {
        long length = 4 * size(entry(name).shape());
        if (length > Integer.MAX_VALUE) {
            throw refuse("has more than 2 GiB of numbers in “%s”; choose a smaller model".formatted(name));
        }
        ByteBuffer numbers = ByteBuffer.allocateDirect((int) length).order(ByteOrder.nativeOrder());
        read(name, 0, (int) (length / 4), numbers);
        return numbers.asFloatBuffer();
    }

    @Override
    public void read(String name, long from, int count, ByteBuffer into) {
        Entry entry = entry(name);
        Type type = type(name, entry);
        // The numbers go to the end of their room, so that those of 16 bits can be widened from its beginning on.
        ByteBuffer numbers = into.clear().slice((4 - type.bytes) * count, type.bytes * count);
        try {
            fill(numbers, dataStart + entry.begin() + from * type.bytes);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        into.limit(4 * count).order(ByteOrder.nativeOrder());
        if (type != Type.F32 || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            widen(type, numbers.order(ByteOrder.LITTLE_ENDIAN), into);
        }
    }

    private ModelRefusal unreadable(String name, Exception cause) {
        return new ModelRefusal("“%s” in %s cannot be read (%s); fetch the file again."
            .formatted(name, path, cause.getMessage()), cause);
    }

    /** Each number is read before the ones that are written come to lie over it. */
    private static void widen(Type type, ByteBuffer file, ByteBuffer out) {
        while (file.hasRemaining()) {
            out.putFloat(switch (type) {
                case F32 -> file.getFloat();
                case F16 -> Halves.float16(file.getShort());
                case BF16 -> Halves.bfloat16(file.getShort());
            });
        }
        out.flip();
    }

    /** One tensor, copied to the heap. */
    public Tensor tensor(String name) {
        FloatBuffer floats = floats(name);
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return Tensor.of(values, entry(name).shape());
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelRefusal("%s has no tensor “%s”; choose a complete GPT-2 folder.".formatted(path, name));
        }
        return entry;
    }

    private Type type(String name, Entry entry) {
        return Arrays.stream(Type.values()).filter(t -> t.name().equals(entry.type())).findFirst()
            .orElseThrow(() -> new ModelRefusal(("“%s” in %s is stored as %s; Headscope reads F32, F16 and BF16, "
                + "so save the model in one of these.").formatted(name, path, entry.type())));
    }

    private ModelRefusal refuse(String what) {
        return new ModelRefusal("%s %s.".formatted(path, what));
    }

    private ByteBuffer read(long position, int length) throws IOException {
        return fill(ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN), position);
    }

    private ByteBuffer fill(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw refuse("ended while it was being read; fetch it again");
            }
        }
        return buffer.flip();
    }

    private Map<String, Entry> parse(String header) {
        Map<String, Entry> found = new LinkedHashMap<>();
        try (JsonReader json = new JsonReader(new StringReader(header))) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (name.equals("__metadata__")) {
                    json.skipValue();
                } else if (found.put(name, entry(json)) != null) {
                    throw refuse("names the tensor “%s” twice; fetch it again".formatted(name));
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException("more than one object");
            }
            return found;
        } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
            throw new ModelRefusal("%s has a header that is no valid JSON; fetch it again.".formatted(path), e);
        }
    }

    private static Entry entry(JsonReader json) throws IOException {
        String type = "";
        List<Long> shape = List.of();
        List<Long> place = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "dtype" -> type = json.nextString();
                case "shape" -> shape = longs(json);
                case "data_offsets" -> place = longs(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (place.size() != 2 || shape.stream().anyMatch(n -> n < 0 || n > Integer.MAX_VALUE)) {
            throw new IllegalStateException("a tensor without a place");
        }
        return new Entry(type, shape.stream().mapToInt(Long::intValue).toArray(), place.get(0), place.get(1));
    }

    private static List<Long> longs(JsonReader json) throws IOException {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.peek() == JsonToken.NUMBER) {
            numbers.add(json.nextLong());
        }
        json.endArray();
        return numbers;
    }

    private void checkPlaces(long available) {
        long free = 0;
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        // Among those that begin together an empty one comes first: it lies over none.
        inOrder.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
        for (Map.Entry<String, Entry> e : inOrder) {
            Entry entry = e.getValue();
            if (entry.begin() < free || entry.end() < entry.begin()) {
                throw refuse("places “%s” over another tensor; fetch it again".formatted(e.getKey()));
            }
            if (entry.end() > available) {
                throw refuse("is cut off: “%s” lies beyond its end; fetch it again".formatted(e.getKey()));
            }
            checkLength(e.getKey(), entry);
            free = entry.end();
        }
    }

    private void checkLength(String name, Entry entry) {
        long length = entry.end() - entry.begin();
        for (Type type : Type.values()) {
            if (type.name().equals(entry.type()) && size(entry.shape()) * type.bytes != length) {
                throw refuse("keeps %,d bytes for “%s”, which needs %,d; fetch it again"
                    .formatted(length, name, size(entry.shape()) * type.bytes));
            }
        }
    }

    private static long size(int[] shape) {
        long size = 1;
        for (int extent : shape) {
            // Saturates instead of wrapping round: an absurd shape must not look like a small one.
            size = extent != 0 && size > Long.MAX_VALUE / 16 / extent ? Long.MAX_VALUE / 16 : size * extent;
        }
        return size;
    }

    /**
     * Writes tensors as F32. The file is made beside its target and renamed, so that a failure leaves nothing.
     *
     * @throws org.headscope.refusal.Refusal if the target cannot be written
     */
    public static void write(Path target, Map<String, Tensor> tensors) {
        SafetensorsWriter.write(target, tensors);
    }
}
