package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headscope.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gpt2ConfigTest {

    @TempDir
    Path folder;

    private Gpt2Config read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return Gpt2Config.read(folder);
    }

    /** The tiny model's configuration with one field replaced, or left out. */
    private Gpt2Config with(String field, String value) throws IOException {
        JsonObject json = JsonParser.parseString(
            Files.readString(Fixture.TINY.modelPath().resolve("config.json"))).getAsJsonObject();
        json.remove(field);
        if (value != null) {
            json.add(field, JsonParser.parseString(value));
        }
        return read(json.toString());
    }

    private void assertIsNoJson(String json) {
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> read(json))
            .withMessageContaining("config.json is no valid JSON");
    }

    @Test
    void sizesAreReadFromTheFile() throws IOException {
        assertThat(Gpt2Config.read(Fixture.TINY.modelPath()))
            .isEqualTo(new Gpt2Config(3, 4, 48, 64, 440, 1e-5, Activation.GELU_NEW, false));
        assertThat(Gpt2Config.read(Fixture.SMALL.modelPath()))
            .isEqualTo(new Gpt2Config(4, 6, 60, 48, 440, 1e-5, Activation.GELU_NEW, true));
    }

    @Test
    void gpt2SmallHas124MillionParameters() {
        Gpt2Config small = new Gpt2Config(12, 12, 768, 1024, 50257, 1e-5, Activation.GELU_NEW, false);

        assertThat(small.parameters()).isEqualTo(124_439_808);
        assertThat(small.headWidth()).isEqualTo(64);
        assertThat(small.mlpWidth()).isEqualTo(3072);
    }

    @Test
    void whatIsMissingHasTransformersDefaults() throws IOException {
        assertThat(read("{\"n_layer\":1,\"n_head\":2,\"n_embd\":4,\"n_positions\":8,\"vocab_size\":16}"))
            .isEqualTo(new Gpt2Config(1, 2, 4, 8, 16, 1e-5, Activation.GELU_NEW, false));
    }

    @Test
    void theOlderNameOfThePositionsCountsWhereTheNewerIsMissing() throws IOException {
        assertThat(read("{\"n_layer\":1,\"n_head\":2,\"n_embd\":4,\"n_ctx\":9,\"vocab_size\":16}").positions())
            .isEqualTo(9);
        assertThat(with("n_ctx", "9").positions()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({"gelu_new, GELU_NEW", "gelu_pytorch_tanh, GELU_NEW", "gelu, GELU", "relu, RELU"})
    void activationsAreKnownByName(String name, Activation expected) throws IOException {
        assertThat(with("activation_function", "\"" + name + "\"").activation()).isEqualTo(expected);
    }

    @Test
    void anInnerWidthOfFourTimesTheWidthIsTheUsualOne() throws IOException {
        assertThat(with("n_inner", "192").mlpWidth()).isEqualTo(192);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "model_type              | \"gpt_neo\"            | gpt_neo",
        "architectures           | [\"GPT2Model\"]        | GPT2Model",
        "architectures           | [\"GPT2LMHeadCustomModel\"] | GPT2LMHeadCustomModel",
        "activation_function     | \"silu\"               | silu",
        "n_inner                 | 100                    | n_inner",
        "n_inner                 | 192.5                  | n_inner",
        "scale_attn_weights      | false                  | scale_attn_weights",
        "add_cross_attention     | true                   | cross-attention",
        "quantization_config     | {\"bits\":2}           | quantized",
        "n_head                  | 5                      | multiple",
        "layer_norm_epsilon      | 0                      | layer_norm_epsilon",
        "layer_norm_epsilon      | -1e-5                  | layer_norm_epsilon",
        "layer_norm_epsilon      | 2                      | layer_norm_epsilon"})
    void whatWouldBeComputedWronglyIsRefused(String field, String value, String cause) {
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> with(field, value))
            .withMessageContaining(cause).withMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n_layer", "n_head", "n_embd", "n_positions", "vocab_size"})
    void sizesMustBeThereAndWholeAndSmallEnough(String field) {
        for (String value : new String[] {null, "null", "0", "-3", "3.5", "1e99", "1e999999999", "99999999999",
            "\"3\"", "[3]", "{}", "true", "\"many\"", "[[[3]]]"}) {
            assertThatExceptionOfType(ModelRefusal.class).as(value).isThrownBy(() -> with(field, value))
                .withMessageContaining(field);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "model_type                      | 2 ", "model_type                      | {} ",
        "activation_function             | [\"gelu\"] ", "activation_function             | 1 ",
        "architectures                   | \"GPT2LMHeadModel\" ", "architectures                   | {} ",
        "scale_attn_weights              | \"true\" ", "add_cross_attention             | \"true\" ",
        "scale_attn_by_inverse_layer_idx | 1 ", "scale_attn_by_inverse_layer_idx | [true] ",
        "layer_norm_epsilon              | \"1e-5\" ", "layer_norm_epsilon              | [1e-5] ",
        "n_inner                         | \"192\" "})
    void fieldsOfTheWrongKindAreRefusedAndNotPassedOver(String field, String value) {
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> with(field, value))
            .withMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "3", "{", "{\"n_layer\":}", "not JSON", "{\"n_layer\":1,}x"})
    void whatIsNoObjectIsRefused(String json) {
        assertIsNoJson(json);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertIsNoJson("{\"n_layer\":" + "[".repeat(200_000));
        assertIsNoJson("{\"n_layer\":" + "{\"a\":".repeat(200_000));
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("config.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc3});

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Gpt2Config.read(folder))
            .withMessageContaining("cannot be read as UTF-8");
    }

    @Test
    void aMissingFileAndAFolderInItsPlaceAreRefused() throws IOException {
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Gpt2Config.read(folder))
            .withMessageContaining("has no config.json");
        Files.createDirectory(folder.resolve("config.json"));
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> Gpt2Config.read(folder))
            .withMessageContaining("has no config.json");
    }
}
