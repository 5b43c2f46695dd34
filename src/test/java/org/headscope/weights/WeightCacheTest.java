package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.headscope.weights.Processing.RAW;
import static org.headscope.weights.Processing.TRANSFORMERLENS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightCacheTest {

    @TempDir
    Path folder;

    private ModelCopy tiny;
    private Path kept;
    private WeightCache cache;

    @BeforeEach
    void copyModel() throws IOException {
        tiny = ModelCopy.of(Fixture.TINY, Files.createDirectory(folder.resolve("model")));
        kept = folder.resolve("cache/weights");
        cache = new WeightCache(Optional.of(kept), 0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            return files.sorted().toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    /** Every number, as the arithmetic without a cache makes it. */
    private static List<Tensor> processed(ModelFolder model) {
        return numbers(new WeightCache(Optional.empty(), 0).weights(model, TRANSFORMERLENS));
    }

    private static List<Tensor> numbers(Gpt2Weights weights) {
        return matrices(weights).stream().map(matrix -> {
            float[] values = new float[matrix.floats().remaining()];
            matrix.floats().get(values);
            return Tensor.of(values, matrix.shape());
        }).toList();
    }

    private static List<Matrix> matrices(Gpt2Weights weights) {
        List<Matrix> all = new ArrayList<>(List.of(weights.embed(), weights.positions(), weights.unembed(),
            weights.unembedBias()));
        for (Gpt2Weights.Layer layer : weights.layers()) {
            all.addAll(List.of(layer.qkv(), layer.qkvBias(), layer.output(), layer.outputBias(), layer.in(),
                layer.inBias(), layer.out(), layer.outBias()));
        }
        return all;
    }

    private void assertRight() {
        assertThat(numbers(cache.weights(tiny.open(), TRANSFORMERLENS))).isEqualTo(processed(tiny.open()));
    }

    private void changeNumbers() {
        Map<String, Tensor> tensors = tiny.tensors();
        tensors.replaceAll((name, tensor) -> {
            float[] values = tensor.toArray();
            values[values.length / 2] += 1;
            return Tensor.of(values, tensor.shape());
        });
        tiny.write(tensors);
    }

    @Test
    void theSecondTimeTheFileIsMapped() throws IOException {
        assertRight();
        Object first = Files.readAttributes(onlyFile(), "*").get("creationTime");

        Gpt2Weights again = cache.weights(tiny.open(), TRANSFORMERLENS);

        assertThat(numbers(again)).isEqualTo(processed(tiny.open()));
        assertThat(matrices(again)).allMatch(matrix -> matrix.bytes().isDirect() && matrix.bytes().isReadOnly());
        assertThat(again.processing()).isEqualTo(Processing.TRANSFORMERLENS);
        assertThat(Files.readAttributes(onlyFile(), "*").get("creationTime")).isEqualTo(first);
    }

    @Test
    void rawWeightsAreKeptBesideThem() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);
        Gpt2Weights expected = new WeightCache(Optional.empty(), 0).weights(tiny.open(), RAW);

        cache.weights(tiny.open(), RAW);
        Gpt2Weights again = cache.weights(tiny.open(), RAW);

        assertThat(files()).hasSize(2);
        assertThat(numbers(again)).isEqualTo(numbers(expected));
        assertThat(again.embed().bytes().isReadOnly()).isTrue();
        assertThat(again.finalNorm()).isPresent();
    }

    /** Reading what a mapped file no longer has would end the process. */
    @ParameterizedTest
    @EnumSource(Processing.class)
    void aModelThatIsCutOffWhileItIsOpenKeepsItsNumbers(Processing processing) throws IOException {
        for (int smallest : new int[] {0, Integer.MAX_VALUE}) {
            cache = new WeightCache(Optional.of(kept), smallest);
            Gpt2Weights open = cache.weights(tiny.open(), processing);
            List<Tensor> before = numbers(open);
            byte[] whole = Files.readAllBytes(tiny.weightsFile());

            Files.write(tiny.weightsFile(), new byte[100]);

            assertThat(numbers(open)).isEqualTo(before);
            assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> cache.weights(tiny.open(), processing))
                .withMessageContaining("fetch it again");
            Files.write(tiny.weightsFile(), whole);
        }
    }

    @Test
    void theFileIsReadableForOthers() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);

        try (Safetensors file = Safetensors.open(onlyFile())) {
            assertThat(file.names()).contains("wte.weight", "h.0.attn.c_attn.weight", "lm_head.bias");
            assertThat(file.tensor("wte.weight")).isEqualTo(processed(tiny.open()).get(0));
        }
    }

    @Test
    void aChangedModelNeverGetsWhatTheFormerOneLeft() throws IOException {
        assertRight();
        FileTime modified = Files.getLastModifiedTime(tiny.weightsFile());

        changeNumbers();
        assertRight();
        changeNumbers();
        if (Files.getFileStore(folder).supportsFileAttributeView("unix")) {
            // Some tools give every file the same time.
            Files.setLastModifiedTime(tiny.weightsFile(), modified);
        }
        assertRight();
        onlyFile();
    }

    @Test
    void aChangedConfigurationCounts() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);
        byte[] before = Files.readAllBytes(onlyFile());

        Files.writeString(tiny.configFile(), Files.readString(tiny.configFile()) + "\n");
        assertRight();

        assertThat(Files.readAllBytes(onlyFile())).isNotEqualTo(before);
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);
        byte[] good = Files.readAllBytes(onlyFile());
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(i < 30 ? 600 : bad.length)] ^= (byte) (1 << random.nextInt(8));
            // Renamed into place, since the pages of the one before may still be mapped.
            Files.move(Files.write(folder.resolve("bad"), bad), onlyFile(),
                StandardCopyOption.REPLACE_EXISTING);
            assertRight();
            assertThat(Files.readAllBytes(onlyFile())).as("damage %d", i).isEqualTo(good);
        }
    }

    @Test
    void aTruncatedFileIsReplaced() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);
        byte[] good = Files.readAllBytes(onlyFile());
        for (int length : new int[] {0, 1, 8, 4095, 4096, 5000, good.length - 1}) {
            Files.move(Files.write(folder.resolve("bad"), Arrays.copyOf(good, length)), onlyFile(),
                StandardCopyOption.REPLACE_EXISTING);
            assertRight();
            assertThat(Files.readAllBytes(onlyFile())).as("cut at %d", length).isEqualTo(good);
        }
    }

    @Test
    void withoutAPlaceTheWeightsAreStillProcessed() throws IOException {
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, "no folder");
        assertRight();

        cache = new WeightCache(Optional.of(Files.writeString(folder.resolve("file"), "").resolve("below")), 0);
        assertRight();

        cache = new WeightCache(Optional.empty(), 0);
        assertRight();
    }

    @Test
    void somethingElseUnderTheFilesNameIsLeftAlone() throws IOException {
        cache.weights(tiny.open(), TRANSFORMERLENS);
        Path file = onlyFile();
        Files.delete(file);
        Files.writeString(Files.createDirectory(file).resolve("inside"), "text");

        assertRight();

        assertThat(file.resolve("inside")).hasContent("text");
        onlyFile();
    }

    @Test
    void theModelUsedTheLongestTimeAgoGoesFirst() throws IOException {
        List<ModelFolder> models = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            models.add(ModelCopy.of(Fixture.TINY, Files.createDirectory(folder.resolve("model" + i))).open());
        }
        for (ModelFolder model : models.subList(0, 3)) {
            cache.weights(model, TRANSFORMERLENS);
        }
        List<Path> three = files();
        for (Path file : three) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        }
        cache.weights(models.get(0), TRANSFORMERLENS);
        cache.weights(models.get(2), TRANSFORMERLENS);

        cache.weights(models.get(3), TRANSFORMERLENS);

        assertThat(files()).hasSize(3);
        List<Path> before = files();
        cache.weights(models.get(0), TRANSFORMERLENS);
        cache.weights(models.get(2), TRANSFORMERLENS);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatADeadProcessLeftIsDeletedAndWhatALivingOneWritesIsNot() throws IOException {
        Files.createDirectories(kept);
        Path dead = Files.writeString(kept.resolve("1.part"), "half");
        Path living = Files.writeString(kept.resolve("2.part"), "half");
        Path foreign = Files.writeString(kept.resolve("notes.txt"), "text");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(dead, old);
        Files.setLastModifiedTime(foreign, old);

        cache.weights(tiny.open(), TRANSFORMERLENS);

        assertThat(dead).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
    }

    @Test
    void aRefusedModelLeavesNothing() throws IOException {
        Map<String, Tensor> tensors = tiny.tensors();
        tensors.remove(tensors.keySet().stream().filter(name -> name.endsWith("h.1.mlp.c_fc.bias")).findFirst()
            .orElseThrow());
        tiny.write(tensors);

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> cache.weights(tiny.open(), TRANSFORMERLENS))
            .withMessageContaining("h.1.mlp.c_fc.bias");

        assertThat(files()).isEmpty();
    }

    @Test
    void severalAtOnceDoNotDisturbOneAnother() throws IOException {
        List<Tensor> right = processed(tiny.open());

        List<List<Tensor>> all = IntStream.range(0, 16).parallel()
            .mapToObj(i -> numbers(new WeightCache(Optional.of(kept), 0).weights(tiny.open(), TRANSFORMERLENS))).toList();

        assertThat(all).allSatisfy(numbers -> assertThat(numbers).isEqualTo(right));
        onlyFile();
    }

    @Test
    void smallModelsAreNotKept() {
        WeightCache.ofEnvironment().weights(tiny.open(), TRANSFORMERLENS);
        new WeightCache(Optional.of(kept), tiny.open().config().parameters() + 1).weights(tiny.open(), TRANSFORMERLENS);

        assertThat(kept).doesNotExist();
        assertThat(ModelFolder.demo().config().parameters()).isLessThan(WeightCache.ofEnvironment().smallest());
    }

    @Test
    void theFolderIsWhereTheSystemWantsIt() {
        Path home = folder.toAbsolutePath();

        assertThat(folder(home, "Linux")).isEqualTo(home.resolve(".cache/headscope/weights"));
        assertThat(folder(home, "Linux", "XDG_CACHE_HOME", home.resolve("xdg").toString()))
            .isEqualTo(home.resolve("xdg/headscope/weights"));
        assertThat(folder(home, "Linux", "XDG_CACHE_HOME", "relative"))
            .isEqualTo(home.resolve(".cache/headscope/weights"));
        assertThat(folder(home, "Mac OS X")).isEqualTo(home.resolve("Library/Caches/Headscope/weights"));
        assertThat(folder(home, "Windows 11", "LOCALAPPDATA", home.resolve("local").toString()))
            .isEqualTo(home.resolve("local/Headscope/cache/weights"));
        assertThat(folder(home, "Windows 11")).isEqualTo(home.resolve("AppData/Local/Headscope/cache/weights"));
        assertThat(folder(home, "Linux", "HEADSCOPE_CACHE", home.resolve("own").toString()))
            .isEqualTo(home.resolve("own/weights"));
        assertThat(folder(home, "Linux", "HEADSCOPE_CACHE", "")).isEqualTo(home.resolve(".cache/headscope/weights"));
        assertThat(WeightCache.folder(Map.of("HEADSCOPE_CACHE", "a\0b"), "Linux", home.toString())).isEmpty();
    }

    private static Path folder(Path home, String system, String... variable) {
        return WeightCache.folder(variable.length == 0 ? Map.of() : Map.of(variable[0], variable[1]), system,
            home.toString()).orElseThrow();
    }
}
