package org.headscope.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Safetensors files byte by byte, the damaged ones that no writer makes among them. */
final class TensorFile {

    private TensorFile() {
    }

    static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** With whatever length the first eight bytes are to claim. */
    static byte[] claiming(long length, String header, byte... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return littleEndian(8 + json.length + data.length).putLong(length).put(json).put(data).array();
    }

    static byte[] of(String header, byte... data) {
        return claiming(header.getBytes(StandardCharsets.UTF_8).length, header, data);
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("model.safetensors"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String entry(String name, String type, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}".formatted(name, type, shape, begin,
            end);
    }

    /** The tensors in a format of 16 bits. */
    static byte[] halves(Map<String, Tensor> tensors, String type, Function<Float, Short> narrow) {
        int[] place = {0};
        String header = tensors.entrySet().stream().map(e -> {
            int begin = place[0];
            place[0] += 2 * e.getValue().size();
            return entry(e.getKey(), type, shape(e.getValue()), begin, place[0]);
        }).collect(Collectors.joining(",", "{", "}"));
        ByteBuffer data = littleEndian(place[0]);
        for (Tensor tensor : tensors.values()) {
            for (int i = 0; i < tensor.size(); i++) {
                data.putShort(narrow.apply(tensor.at(i)));
            }
        }
        return of(header, data.array());
    }

    private static String shape(Tensor tensor) {
        return Arrays.toString(tensor.shape());
    }

    /** The upper half of a float, rounded to nearest. */
    static short bfloat16(float value) {
        return (short) ((Float.floatToRawIntBits(value) + 0x8000) >>> 16);
    }

    /** The nearest binary16 of a float between 2⁻¹⁴ and 65504 in magnitude; zero below. */
    static short float16(float value) {
        int bits = Float.floatToRawIntBits(value) + 0x1000;
        int exponent = (bits >> 23 & 0xff) - 127 + 15;
        int sign = bits >> 16 & 0x8000;
        return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >> 13 & 0x3ff);
    }
}
