package org.headscope.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.RandomGpt2;
import org.headscope.TestModels;
import org.headscope.model.RunOptions;
import org.headscope.refusal.Refusal;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelRefusal;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenModelTest {

    @TempDir
    Path folder;

    private static OpenModel open(String name) {
        return OpenModel.open(name, Processing.TRANSFORMERLENS, TestModels.RUNTIME);
    }

    private static void assertRefused(String name, String... causes) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> open(name)).withMessageContainingAll(causes)
            .withMessageEndingWith(".");
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void theBundledModelOpensByItsName(Processing processing) {
        try (OpenModel model = OpenModel.open("demo", processing, TestModels.RUNTIME)) {
            assertThat(model.folder().name()).isEqualTo("demo");
            assertThat(model.gpt2().processing()).isEqualTo(processing);
            assertThat(model.tokenizer().prompt(Fixture.DEMO.prompt("clean"), true).ids())
                .isEqualTo(Fixture.DEMO.ids("clean"));
        }
    }

    @Test
    @Timeout(60)
    void aModelOpensOnTheInferenceThreadToo() {
        try (OpenModel model = TestModels.RUNTIME.call(
            () -> OpenModel.open("demo", Processing.TRANSFORMERLENS, TestModels.RUNTIME))) {
            assertThat(model.gpt2().config().layers()).isEqualTo(4);
        }
    }

    /** As a session names it, which keeps the folder. */
    @Test
    void aFolderOfTheHubsCacheIsCalledAsTheHubCallsIt() throws IOException {
        Path repository = folder.resolve("models--someone--tiny-gpt2");
        Path refs = Files.createDirectories(repository.resolve("refs"));
        Files.writeString(refs.resolve("main"), "a".repeat(40));
        Files.writeString(refs.resolve("checkpoint-1000"), "b".repeat(40));
        for (String commit : List.of("a", "b", "c")) {
            ModelCopy.of(Fixture.TINY, Files.createDirectories(repository.resolve("snapshots/" + commit.repeat(40))));
        }

        assertThat(nameOfCommit("a")).isEqualTo("someone/tiny-gpt2");
        assertThat(nameOfCommit("b")).isEqualTo("someone/tiny-gpt2@checkpoint-1000");
        assertThat(nameOfCommit("c")).isEqualTo("someone/tiny-gpt2@" + "c".repeat(40));
        Path other = Files.createDirectories(folder.resolve("mine/snapshots/last"));
        ModelCopy.of(Fixture.TINY, other);
        assertThat(OpenModel.find(other.toString()).name()).isEqualTo("last");
    }

    private String nameOfCommit(String letter) {
        Path commit = folder.resolve("models--someone--tiny-gpt2/snapshots").resolve(letter.repeat(40));
        return OpenModel.find(commit.toString()).name();
    }

    @Test
    void aFolderOpensByItsPath() {
        try (OpenModel model = open(Fixture.TINY.modelPath().toString())) {
            int[] ids = model.tokenizer().prompt(Fixture.TINY.prompt("clean"), true).ids();

            assertThat(ids).isEqualTo(Fixture.TINY.ids("clean"));
            assertThat(TestModels.run(model.gpt2(), ids, RunOptions.plain()).output())
                .isEqualTo(TestModels.run(TestModels.model(Fixture.TINY), ids, RunOptions.plain()).output());
        }
    }

    @Test
    void anEmbeddingWithMoreRowsThanTheTokenizerHasIdsIsPadded() {
        RandomGpt2.write(folder, new Gpt2Config(1, 1, 4, 8, 50_304, 1e-5, Activation.GELU_NEW, false), 1, false);

        try (OpenModel model = open(folder.toString())) {
            assertThat(model.gpt2().config().vocabulary()).isEqualTo(50_304);
        }
    }

    @Test
    void aTokenizerWhoseIdsTheEmbeddingLacksIsRefused() {
        RandomGpt2.write(folder, new Gpt2Config(1, 1, 4, 8, 50_256, 1e-5, Activation.GELU_NEW, false), 1, false);

        assertRefused(folder.toString(), "50,257 ids", "50,256 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-model", "openai-community/no-such-model", "../nowhere", "a:b\0c", "gpt2\n"})
    void whatIsNowhereIsRefusedWithWhatThereIs(String name) {
        assertRefused(name, "“" + name + "”", "demo");
    }

    @Test
    void noNameAtAllIsRefused() {
        assertRefused("", "“”", "demo");
    }

    @Test
    void aFolderWithoutAModelIsRefused() {
        assertRefused(folder.toString(), "config.json");
    }

    @Test
    void aFileIsNoModel() throws IOException {
        assertRefused(Files.writeString(folder.resolve("model.gguf"), "no folder").toString(), "is no folder");
    }

    @Test
    void aModelWithoutATokenizerIsRefused() throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, folder);
        Files.delete(folder.resolve("tokenizer.json"));
        Files.delete(folder.resolve("vocab.json"));

        assertRefused(copy.folder().toString(), "tokenizer.json");
    }

    @Test
    void damagedWeightsAreRefused() throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, folder);
        byte[] bytes = Files.readAllBytes(copy.weightsFile());
        Files.write(copy.weightsFile(), Arrays.copyOf(bytes, bytes.length - 1));

        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> open(folder.toString()))
            .withMessageContaining("cut off");
    }
}
