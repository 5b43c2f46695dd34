package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.headscope.weights.TensorFile.claiming;
import static org.headscope.weights.TensorFile.entry;
import static org.headscope.weights.TensorFile.littleEndian;
import static org.headscope.weights.TensorFile.of;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    private Tensor read(byte[] file, String name) {
        try (Safetensors tensors = Safetensors.open(TensorFile.write(folder, file))) {
            return tensors.tensor(name);
        }
    }

    private static Map<String, Tensor> readAll(Path file) {
        try (Safetensors tensors = Safetensors.open(file)) {
            return tensors.names().stream().collect(Collectors.toMap(name -> name, tensors::tensor));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void singlePrecisionIsReadAsItIsAtAnyOffset(int padding) {
        float[] numbers = {1.5f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE};
        byte[] data = bytes(numbers);
        String header = "{" + entry("a", "F32", "[2,3]", 0, 24) + "}" + " ".repeat(padding);

        assertThat(read(of(header, data), "a")).isEqualTo(Tensor.of(numbers, 2, 3));
    }

    @Test
    void tensorsMayBeginAtOddBytes() {
        String header = "{" + entry("odd", "I8", "[1]", 0, 1) + "," + entry("a", "F32", "[2]", 1, 9) + ","
            + entry("b", "BF16", "[1]", 9, 11) + "}";
        byte[] data = littleEndian(11).put((byte) 7).putFloat(2.5f).putFloat(-3).putShort((short) 0x3fc0).array();

        assertThat(read(of(header, data), "a")).isEqualTo(Tensor.of(new float[] {2.5f, -3}, 2));
        assertThat(read(of(header, data), "b")).isEqualTo(Tensor.of(new float[] {1.5f}, 1));
    }

    @Test
    void halvesAreWidened() {
        String header = "{" + entry("f", "F16", "[2]", 0, 4) + "," + entry("b", "BF16", "[2]", 4, 8) + "}";
        byte[] data = littleEndian(8).putShort((short) 0x3c00).putShort((short) 0xfc00).putShort((short) 0x3f80)
            .putShort((short) 0xff80).array();

        assertThat(read(of(header, data), "f")).isEqualTo(Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY}, 2));
        assertThat(read(of(header, data), "b")).isEqualTo(Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY}, 2));
    }

    @Test
    void metadataAndUnknownFieldsAreNoTensors() {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"extra\":[{}],\"shape\":[1],\"data_offsets\":[0,4]}}";
        try (Safetensors tensors = Safetensors.open(TensorFile.write(folder, of(header, new byte[4])))) {
            assertThat(tensors.names()).containsExactly("a");
        }
    }

    @Test
    void emptyTensorsLieWhereTheyLike() {
        String header = "{" + entry("full", "F32", "[1]", 0, 4) + "," + entry("empty", "F32", "[0,3]", 0, 0) + ","
            + entry("scalar", "F32", "[]", 4, 8) + "}";
        byte[] data = littleEndian(8).putFloat(1).putFloat(2).array();

        assertThat(read(of(header, data), "empty").size()).isZero();
        assertThat(read(of(header, data), "scalar")).isEqualTo(Tensor.of(new float[] {2}));
    }

    @Test
    void noTensorsAtAllIsAFileToo() {
        try (Safetensors tensors = Safetensors.open(TensorFile.write(folder, of("{}")))) {
            assertThat(tensors.names()).isEmpty();
        }
    }

    static Stream<Arguments> damaged() {
        byte[] eight = new byte[8];
        String a = entry("a", "F32", "[2]", 0, 8);
        return Stream.of(
            Arguments.of("too short", new byte[0], "too short"),
            Arguments.of("too short for a length", new byte[7], "too short"),
            Arguments.of("header longer than the file", claiming(1_000, "{}"), "cut off"),
            Arguments.of("header of 2^63 bytes", claiming(Long.MIN_VALUE, "{}"), "9223372036854775808"),
            Arguments.of("header of 2^64 - 1 bytes", claiming(-1, "{}"), "18446744073709551615"),
            Arguments.of("header of no bytes", claiming(0, "{}"), "cut off"),
            Arguments.of("no JSON", of("no JSON at all"), "no valid JSON"),
            Arguments.of("an array", of("[1,2]"), "no valid JSON"),
            Arguments.of("unfinished JSON", of("{" + a, eight), "no valid JSON"),
            Arguments.of("two objects", of("{" + a + "}{}", eight), "no valid JSON"),
            Arguments.of("nested too deep", of("{\"a\":" + "[".repeat(50_000) + "}"), "no valid JSON"),
            Arguments.of("a number for a tensor", of("{\"a\":3}"), "no valid JSON"),
            Arguments.of("no offsets", of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", eight), "no valid JSON"),
            Arguments.of("one offset", of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", eight),
                "no valid JSON"),
            Arguments.of("a text for an offset",
                of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[\"0\",8]}}", eight), "no valid JSON"),
            Arguments.of("half an offset",
                of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7.5]}}", eight), "no valid JSON"),
            Arguments.of("an offset beyond a long",
                of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}", eight),
                "no valid JSON"),
            Arguments.of("negative extent", of("{" + entry("a", "F32", "[-2]", 0, 8) + "}", eight), "no valid JSON"),
            Arguments.of("the same name twice", of("{" + a + "," + a + "}", eight), "twice"),
            Arguments.of("overlapping",
                of("{" + a + "," + entry("b", "F32", "[2]", 4, 12) + "}", new byte[12]), "“b” over another"),
            Arguments.of("negative offset", of("{" + entry("a", "F32", "[2]", -8, 0) + "}", eight), "“a” over another"),
            Arguments.of("ends before it begins", of("{" + entry("a", "F32", "[2]", 8, 0) + "}", eight), "“a”"),
            Arguments.of("beyond the end", of("{" + entry("a", "F32", "[2]", 8, 16) + "}", eight), "cut off"),
            Arguments.of("truncated", of("{" + a + "}", new byte[7]), "cut off: “a”"),
            Arguments.of("too many bytes", of("{" + entry("a", "F32", "[1]", 0, 8) + "}", eight), "needs 4"),
            Arguments.of("too few bytes", of("{" + entry("a", "F16", "[8]", 0, 8) + "}", eight), "needs 16"),
            Arguments.of("a shape that wraps round to the right size",
                of("{" + entry("a", "F32", "[65536,65536,4]", 0, 0) + "}", eight), "keeps 0 bytes"),
            Arguments.of("2^63 numbers",
                of("{" + entry("a", "F32", "[2147483647,2147483647,2147483647]", 0, 8) + "}", eight), "keeps 8 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damaged")
    void damageIsRefusedWithTheFileAndItsCause(String what, byte[] file, String cause) {
        Path path = TensorFile.write(folder, file);

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Safetensors.open(path))
            .withMessageStartingWith(path.toString()).withMessageContaining(cause).withMessageEndingWith(".");
    }

    @Test
    void aHeaderOfHundredsOfMegabytesIsRefusedUnread() throws IOException {
        Path path = TensorFile.write(folder, claiming(300_000_000, "{}"));
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(300_000_100);
        }

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Safetensors.open(path))
            .withMessageContaining("300,000,000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16"})
    void aTensorTooLargeForAnArrayIsRefusedWhenItIsRead(String type) throws IOException {
        long bytes = type.equals("F32") ? 2_400_000_000L : 1_200_000_000L;
        Path path = TensorFile.write(folder, of("{" + entry("a", type, "[600000,1000]", 0, bytes) + "}"));
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(path.toFile().length() + bytes);
        }
        try (Safetensors tensors = Safetensors.open(path)) {
            assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> tensors.floats("a"))
                .withMessageContaining("“a”");
        }
    }

    @Test
    void otherTypesAndNamesAreRefusedWhenTheyAreAskedFor() {
        Path path = TensorFile.write(folder, of("{" + entry("a", "I64", "[1]", 0, 8) + "}", new byte[8]));
        try (Safetensors tensors = Safetensors.open(path)) {
            assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> tensors.floats("a"))
                .withMessageContaining("stored as I64");
            assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> tensors.shape("b"))
                .withMessageContaining("no tensor “b”");
        }
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        assertThatExceptionOfType(ModelRefusal.class)
            .isThrownBy(() -> Safetensors.open(folder.resolve("nowhere.safetensors"))).withMessageContaining("nowhere");
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Safetensors.open(folder))
            .withMessageContaining(folder.toString());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Random random = new Random(4);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("blocks.0.attn.hook_z", random(random, 1, 8, 3, 5));
        tensors.put("größe “quoted” \\ \"name\"", random(random, 7));
        tensors.put("empty", Tensor.of(new float[0], 0, 4));
        tensors.put("scalar", Tensor.of(new float[] {Float.NaN}));
        tensors.put("longer than a chunk", random(random, 3, 400_001));
        Path file = folder.resolve("out.safetensors");

        Safetensors.write(file, tensors);

        assertThat(readAll(file)).isEqualTo(tensors);
        assertThat(littleEndian(8).put(Files.readAllBytes(file), 0, 8).getLong(0) % 8).isZero();
        assertThat(files()).containsExactly(file);
    }

    @Test
    void writingReplacesAnOlderFileEvenOneThatIsMapped() {
        Path file = folder.resolve("out.safetensors");
        Safetensors.write(file, Map.of("a", Tensor.of(new float[] {1, 2}, 2)));
        try (Safetensors old = Safetensors.open(file)) {
            Tensor mapped = old.tensor("a");
            Safetensors.write(file, Map.of("a", Tensor.of(new float[] {3}, 1)));

            assertThat(old.tensor("a")).isEqualTo(mapped);
            assertThat(readAll(file)).containsEntry("a", Tensor.of(new float[] {3}, 1));
        }
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefusedAndLeavesNothing() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("taken"));
        Map<String, Tensor> tensors = Map.of("a", Tensor.of(new float[] {1}, 1));

        for (Path target : new Path[] {inside, folder.resolve("missing/out.safetensors"), Path.of("/")}) {
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Safetensors.write(target, tensors))
                .withMessageContaining(target.toString());
        }
        assertThat(files()).containsExactly(inside);
        assertThat(inside).isEmptyDirectory();
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    private static Tensor random(Random random, int... shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, shape);
    }

    private static byte[] bytes(float[] numbers) {
        ByteBuffer bytes = littleEndian(4 * numbers.length);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }
}
