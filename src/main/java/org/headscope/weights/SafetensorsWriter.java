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
        JsonObject header = new JsonObject();
        long place = 0;
        for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            JsonArray shape = new JsonArray();
            for (int extent : e.getValue().shape()) {
                shape.add(extent);
            }
            entry.add("shape", shape);
            JsonArray offsets = new JsonArray();
            offsets.add(place);
            place += 4L * e.getValue().size();
            offsets.add(place);
            entry.add("data_offsets", offsets);
            header.add(e.getKey(), entry);
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
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
