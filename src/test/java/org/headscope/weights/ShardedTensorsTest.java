package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in several files, as Hugging Face's libraries save large models. */
class ShardedTensorsTest {

    private static final String EMBED = "transformer.wte.weight";
    private static final String LAST = "transformer.ln_f.bias";

    @TempDir
    Path folder;

    private ModelCopy copy;
    private Map<String, Tensor> tensors;
    private Map<String, String> index;

    @BeforeEach
    void splitInThree() throws IOException {
        copy = ModelCopy.of(Fixture.TINY, folder);
        tensors = copy.tensors();
        Files.delete(copy.weightsFile());
        index = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(tensors.keySet());
        for (int i = 0; i < names.size(); i++) {
            index.put(names.get(i), shard(3 * i / names.size()));
        }
        for (int i = 0; i < 3; i++) {
            writeShard(shard(i));
        }
        writeIndex();
    }

    private static String shard(int i) {
        return "model-%05d-of-00003.safetensors".formatted(i + 1);
    }

    private void writeShard(String name) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        tensors.forEach((tensor, value) -> {
            if (index.get(tensor).equals(name)) {
                part.put(tensor, value);
            }
        });
        Safetensors.write(folder.resolve(name), part);
    }

    private void writeIndex() throws IOException {
        JsonObject map = new JsonObject();
        index.forEach(map::addProperty);
        JsonObject json = new JsonObject();
        json.add("weight_map", map);
        Files.writeString(folder.resolve(ShardIndex.NAME), json.toString());
    }

    private void assertRefused(String... parts) {
        assertThatExceptionOfType(ModelRefusal.class)
            .isThrownBy(() -> TestModels.weights(copy.open(), Processing.TRANSFORMERLENS))
            .withMessageContainingAll(parts).withMessageEndingWith(".");
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void theyAreTheSameModelAsOneFile(Processing processing) {
        assertThat(TestModels.weights(copy.open(), processing))
            .isEqualTo(TestModels.weights(Fixture.TINY.model(), processing));
    }

    @Test
    void oneFileIsPreferredAsTransformersDoes() throws IOException {
        copy.write(tensors);
        Files.writeString(folder.resolve(ShardIndex.NAME), "broken");

        assertThat(TestModels.weights(copy.open(), Processing.RAW))
            .isEqualTo(TestModels.weights(Fixture.TINY.model(), Processing.RAW));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve(shard(1)));

        assertRefused(ShardIndex.NAME, "names " + shard(1) + ", which is not there");
    }

    @Test
    void aTensorThatIsInAnotherFileIsNamed() throws IOException {
        index.put(EMBED, shard(0));
        writeIndex();

        assertRefused("“" + EMBED + "” is in " + shard(0), "where it is not");
    }

    @Test
    void aTensorInTwoFilesIsNamed() {
        String home = index.put(EMBED, shard(0));
        writeShard(shard(0));
        index.put(EMBED, home);

        assertRefused("“" + EMBED + "” is in " + shard(0) + " as well as in " + home);
    }

    @Test
    void aTensorThatTheIndexLeavesOutIsNamed() throws IOException {
        index.remove(LAST);
        writeIndex();

        assertRefused("“" + LAST + "”");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.write(folder.resolve(shard(0)), new byte[4]);

        assertRefused(shard(0), "too short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.safetensors", "/etc/passwd", "a/b.safetensors", "a\\b.safetensors", "..", "",
        ".safetensors", "model.bin", "C:model.safetensors", "a\u0000.safetensors"})
    void filesElsewhereAreRefused(String file) throws IOException {
        index.put(EMBED, file);
        writeIndex();

        assertRefused("which is no plain name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"weight_map\":[]}", "{\"weight_map\":{\"a\":3,\"b\":{}}}", "{\"weight_map\":",
        "{\"weight_map\":null}", "\"weight_map\""})
    void whatIsNoIndexIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve(ShardIndex.NAME), json);

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(copy::open).withMessageContaining(ShardIndex.NAME);
    }

    @Test
    void thousandsOfFilesAreRefused() throws IOException {
        for (int i = 0; i < 501; i++) {
            index.put("t" + i, "f" + i + ".safetensors");
        }
        writeIndex();

        assertRefused("504 files");
    }
}
