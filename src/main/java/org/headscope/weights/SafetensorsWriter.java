package org.headscope.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headscope.refusal.Refusal;

/** Writes {@link Safetensors}. */
final class SafetensorsWriter {

    private static final int CHUNK = 1 << 20;

    private SafetensorsWriter() {
    }

    static void write(Path target, Map<String, Tensor> tensors) {
        // Renaming onto an empty folder would replace it.
        if (Files.isDirectory(target)) {
            throw new Refusal("%s is a folder; choose a file's name.".formatted(target));
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
                writeFully(out, header(tensors));
                for (Tensor tensor : tensors.values()) {
                    writeNumbers(out, tensor);
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(part);
            throw new Refusal("%s cannot be written (%s); choose a file in a folder that exists and is writable."
                .formatted(target, e.getClass().getSimpleName()), e);
        }
    }

    private static ByteBuffer header(Map<String, Tensor> tensors) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return header(shapes, Map.of(), 8);
    }

    /**
     * What a file of F32 tensors in this order begins with.
     *
     * @param alignment the length is a multiple of it, so that the numbers lie well when the file is mapped
     */
    static ByteBuffer header(Map<String, int[]> shapes, Map<String, String> metadata, int alignment) {
        JsonObject header = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject entry = new JsonObject();
            metadata.forEach(entry::addProperty);
            header.add("__metadata__", entry);
        }
        long place = 0;
        for (Map.Entry<String, int[]> e : shapes.entrySet()) {
            JsonArray shape = new JsonArray();
            long size = 4;
            for (int extent : e.getValue()) {
                shape.add(extent);
                size *= extent;
            }
            JsonArray offsets = new JsonArray();
            offsets.add(place);
            place += size;
            offsets.add(place);
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", shape);
            entry.add("data_offsets", offsets);
            header.add(e.getKey(), entry);
        }
        return padded(header.toString().getBytes(StandardCharsets.UTF_8), alignment);
    }

    private static ByteBuffer padded(byte[] json, int alignment) {
        int length = (8 + json.length + alignment - 1) / alignment * alignment;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putLong(length - 8).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }

    private static void writeNumbers(FileChannel out, Tensor tensor) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(4 * Math.min(CHUNK, Math.max(1, tensor.size())))
            .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.size(); i++) {
            chunk.putFloat(tensor.at(i));
            if (!chunk.hasRemaining()) {
                writeFully(out, chunk.flip());
                chunk.clear();
            }
        }
        writeFully(out, chunk.flip());
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException ignored) {
            // The failure to write is what the person needs to hear.
        }
    }
}
