package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.model.Gpt2;
import org.headscope.model.RunOptions;
import org.headscope.tokens.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

    @TempDir
    Path folder;

    private ModelCopy tiny() {
        return ModelCopy.of(Fixture.TINY, folder);
    }

    private void assertRefused(String... causes) {
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> TestModels.weights(ModelFolder.open(folder), Processing.RAW))
            .withMessageContainingAll(causes).withMessageEndingWith(".");
    }

    /** The logits on the tiny model's own text. */
    private static Tensor logits(ModelFolder model, Processing processing) {
        return TestModels.RUNTIME.call(() -> {
            try (Gpt2 gpt2 = new Gpt2(model, processing, Gpt2.Precision.SINGLE)) {
                return gpt2.run(Fixture.TINY.ids("text"), RunOptions.plain()).output();
            }
        });
    }

    @Test
    void theFoldersNameIsTheModels() {
        assertThat(ModelFolder.open(Fixture.TINY.modelPath()).name()).isEqualTo("model");
        assertThat(ModelFolder.open(Fixture.TINY.modelPath().resolve("../model/.")).name()).isEqualTo("model");
        assertThat(ModelFolder.open(Fixture.TINY.modelPath()).named("openai-community/gpt2").name())
            .isEqualTo("openai-community/gpt2");
    }

    @Test
    void whatIsNoFolderIsRefused() {
        ModelCopy copy = tiny();

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> ModelFolder.open(folder.resolve("nowhere")))
            .withMessageContaining("nowhere is no folder");
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> ModelFolder.open(copy.weightsFile()))
            .withMessageContaining("is no folder");
    }

    @Test
    void everyMissingFileIsNamed() throws IOException {
        ModelCopy copy = tiny();
        Files.delete(copy.weightsFile());
        assertRefused("has no model.safetensors");

        Files.writeString(folder.resolve("pytorch_model.bin"), "a pickle");
        assertRefused("pytorch_model.bin", "safe_serialization=True");

        Files.createDirectory(copy.weightsFile());
        assertRefused("pytorch_model.bin", "safe_serialization=True");

        Files.delete(copy.configFile());
        assertRefused("has no config.json");
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void namesWithAndWithoutTheirPrefixAreTheSameModel(Processing processing) {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        assertThat(tensors).containsKey("transformer.wte.weight");
        Tensor expected = logits(copy.open(), processing);

        copy.write(tensors.entrySet().stream().collect(Collectors.toMap(
            e -> e.getKey().replace("transformer.", ""), Map.Entry::getValue)));

        assertThat(logits(copy.open(), processing)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void theCausalMasksThatOldFilesCarryAreNoBiases(Processing processing) {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        Tensor expected = logits(copy.open(), processing);
        tensors.put("transformer.h.0.attn.bias", Tensor.of(new float[64 * 64], 1, 1, 64, 64));
        tensors.put("transformer.h.0.attn.masked_bias", Tensor.of(new float[] {-1e4f}));
        copy.write(tensors);

        assertThat(logits(copy.open(), processing)).isEqualTo(expected);
    }

    @Test
    void anUnembeddingOfItsOwnIsUsed() {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        Tensor tied = logits(copy.open(), Processing.RAW);
        Tensor embed = tensors.get("transformer.wte.weight");
        float[] doubled = embed.toArray();
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] *= 2;
        }
        tensors.put("lm_head.weight", Tensor.of(doubled, embed.shape()));
        copy.write(tensors);

        Tensor untied = logits(copy.open(), Processing.RAW);

        for (int i = 0; i < tied.size(); i++) {
            assertThat(untied.at(i)).isEqualTo(2 * tied.at(i));
        }
    }

    @Test
    void aBiasOnTheUnembeddingIsRefused() {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        tensors.put("lm_head.bias", Tensor.of(new float[440], 440));
        copy.write(tensors);

        assertRefused("lm_head.bias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transformer.wte.weight", "transformer.wpe.weight", "transformer.ln_f.bias",
        "transformer.h.2.attn.c_attn.weight", "transformer.h.0.ln_1.weight", "transformer.h.1.mlp.c_proj.bias"})
    void missingAndMisshapenTensorsAreNamed(String name) {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        Tensor right = tensors.get(name);
        tensors.put(name, Tensor.of(right.toArray(), 1, right.size()));
        copy.write(tensors);
        assertRefused("“" + name + "”", "[1, " + right.size() + "]");

        tensors.remove(name);
        copy.write(tensors);
        // Without the embedding's prefix none is expected.
        assertRefused("“" + name.replace("transformer.wte", "wte") + "”");
    }

    @ParameterizedTest
    @CsvSource({"NaN, RAW", "NaN, TRANSFORMERLENS", "Infinity, RAW", "-Infinity, TRANSFORMERLENS"})
    void weightsThatAreNotFiniteAreRefused(float value, Processing processing) {
        ModelCopy copy = tiny();
        Map<String, Tensor> tensors = copy.tensors();
        Tensor right = tensors.get("transformer.h.1.mlp.c_fc.weight");
        float[] values = right.toArray();
        values[values.length - 1] = value;
        tensors.put("transformer.h.1.mlp.c_fc.weight", Tensor.of(values, right.shape()));
        copy.write(tensors);

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> TestModels.weights(copy.open(), processing))
            .withMessageContainingAll("“transformer.h.1.mlp.c_fc.weight”", "another checkpoint").withMessageEndingWith(".");
    }

    @Test
    void aConfigurationOfAnotherModelIsRefused() {
        tiny().configure("\"n_embd\": 48", "\"n_embd\": 52");

        assertRefused("[440, 48]", "[440, 52]", "do not belong together");
    }

    @Test
    void layersThatTheConfigurationPromisesMustBeThere() {
        tiny().configure("\"n_layer\": 3", "\"n_layer\": 4");

        assertRefused("transformer.h.3.ln_1.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16"})
    void halvesStayCloseToTheSingleOnes(String type) {
        ModelCopy copy = tiny();
        Tensor expected = logits(copy.open(), Processing.RAW);
        TensorFile.write(folder, TensorFile.halves(copy.tensors(), type,
            type.equals("F16") ? TensorFile::float16 : TensorFile::bfloat16));

        // 11 and 8 bits of fraction; logits reach 13.
        Fixture.assertClose(type, logits(copy.open(), Processing.RAW), expected, type.equals("F16") ? 2e-3 : 2e-2);
        assertThat(logits(copy.open(), Processing.TRANSFORMERLENS).maxAbs()).isFinite();
    }

    @Test
    void theBundledModelIsThere() {
        ModelFolder demo = ModelFolder.demo();

        assertThat(demo.name()).isEqualTo("demo");
        assertThat(demo.config()).isEqualTo(new Gpt2Config(4, 4, 160, 256, 50257, 1e-5, Activation.GELU_NEW, false));
    }

    @Test
    void modelsInsideAnArchiveLoadToo() throws IOException {
        URI archive = URI.create("jar:" + folder.resolve("packed.jar").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Files.createDirectory(zip.getPath("/model"));
            ModelCopy.of(Fixture.TINY, zip.getPath("/model"));
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of())) {
            ModelFolder packed = ModelFolder.open(zip.getPath("/model"));

            assertThat(logits(packed, Processing.TRANSFORMERLENS))
                .isEqualTo(logits(Fixture.TINY.model(), Processing.TRANSFORMERLENS));
            try (Tokenizer tokenizer = Tokenizer.load(packed.path())) {
                assertThat(tokenizer.prompt(Fixture.TINY.prompt("clean"), true).ids())
                    .isEqualTo(Fixture.TINY.ids("clean"));
            }
        }
    }
}
