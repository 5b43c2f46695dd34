package org.headscope.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.TestModels;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.Safetensors;
import org.headscope.weights.ShardIndex;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The layout of Hugging Face's cache, and what is listed and removed in it. */
@Timeout(60)
class ModelStoreTest {

    private static final String OTHER = "f".repeat(40);
    private static final RepositoryFolder.Linking REFUSED = (link, target) -> {
        throw new FileSystemException(link.toString(), null, "A required privilege is not held by the client");
    };

    @TempDir
    Path home;

    private FakeHub hub;
    private ModelStore store;
    private Path repository;

    @BeforeEach
    void publish() {
        hub = FakeHub.start().publish("stanford-crfm/tiny-x21", Fixture.TINY.modelPath());
        store = TestStore.of(home, hub);
        repository = store.cache().resolve("models--stanford-crfm--tiny-x21");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Path fetch(String name) {
        return store.fetch(ModelName.parse(name), TestStore.PATIENT);
    }

    /** A checkpoint that has everything in common with the main branch but one weight. */
    private void publishCheckpoint() throws IOException {
        ModelCopy copy = ModelCopy.of(Fixture.TINY, Files.createDirectory(home.resolve("checkpoint")));
        Map<String, Tensor> tensors = copy.tensors();
        Tensor bias = tensors.get("transformer.ln_f.bias");
        tensors.put("transformer.ln_f.bias", Tensor.of(new float[bias.size()], bias.shape()));
        copy.write(tensors);
        Map<String, byte[]> files = new HashMap<>(hub.files("stanford-crfm/tiny-x21"));
        files.put("model.safetensors", Files.readAllBytes(copy.weightsFile()));
        hub.publish("stanford-crfm/tiny-x21", "checkpoint-1000", OTHER, files);
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void filesLieAsHuggingFacesLibrariesLayThem() throws IOException {
        Path folder = fetch("stanford-crfm/tiny-x21");

        assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(FakeHub.COMMIT));
        assertThat(Files.readAllBytes(repository.resolve("refs/main"))).asString().isEqualTo(FakeHub.COMMIT);
        assertThat(names("snapshots/" + FakeHub.COMMIT)).containsExactly("config.json", "model.safetensors",
            "tokenizer.json");
        byte[] weights = Files.readAllBytes(Fixture.TINY.modelPath().resolve("model.safetensors"));
        byte[] config = Files.readAllBytes(Fixture.TINY.modelPath().resolve("config.json"));
        assertThat(Files.readSymbolicLink(folder.resolve("model.safetensors")).toString())
            .isEqualTo("../../blobs/" + FakeHub.hash("SHA-256", weights));
        assertThat(Files.readSymbolicLink(folder.resolve("config.json")).toString())
            .isEqualTo("../../blobs/" + FakeHub.gitHash(config));
        assertThat(names("blobs")).hasSize(3).noneMatch(name -> name.endsWith(".incomplete"));
        assertThat(store.cache().resolve(".locks/models--stanford-crfm--tiny-x21")
            .resolve(FakeHub.gitHash(config) + ".lock")).exists();
        assertThat(store.cache().resolve("CACHEDIR.TAG")).content()
            .startsWith("Signature: 8a477f597d28d172789f06886806bc55");
    }

    @Test
    void whereLinksAreRefusedTheFilesLieThereThemselves() throws IOException {
        store = TestStore.of(home, hub, REFUSED, TestStore.LITTLE);
        publishCheckpoint();

        Path folder = fetch("stanford-crfm/tiny-x21");
        Path other = fetch("stanford-crfm/tiny-x21@checkpoint-1000");

        for (Path snapshot : List.of(folder, other)) {
            assertThat(snapshot.resolve("config.json")).isRegularFile();
            assertThat(Files.isSymbolicLink(snapshot.resolve("model.safetensors"))).isFalse();
            assertThat(TestModels.weights(ModelFolder.open(snapshot), Processing.RAW)).hasSize(4 + 3 * 8);
        }
        hub.requests().clear();
        assertThat(fetch("stanford-crfm/tiny-x21")).isEqualTo(folder);
        assertThat(hub.requests("GET", "tokenizer.json")).isEmpty();
    }

    @Test
    void aCheckpointSharesWhatItHasInCommon() throws IOException {
        publishCheckpoint();
        fetch("stanford-crfm/tiny-x21");
        hub.requests().clear();

        Path folder = fetch("stanford-crfm/tiny-x21@checkpoint-1000");

        assertThat(hub.requests("GET", "tokenizer.json")).isEmpty();
        assertThat(names("blobs")).hasSize(4);
        assertThat(names("refs")).containsExactly("checkpoint-1000", "main");
        assertThat(folder).endsWith(Path.of(OTHER));
        assertThat(store.where(ModelName.parse("stanford-crfm/tiny-x21@checkpoint-1000"))).contains(folder);
        assertThat(store.where(ModelName.parse("stanford-crfm/tiny-x21@" + OTHER))).contains(folder);
        assertThat(store.list()).extracting(StoredModel::name).containsExactly("demo",
            "stanford-crfm/tiny-x21@checkpoint-1000", "stanford-crfm/tiny-x21");
    }

    @Test
    void removingOneLeavesWhatTheOtherNeeds() throws IOException {
        publishCheckpoint();
        Path main = fetch("stanford-crfm/tiny-x21");
        Path checkpoint = fetch("stanford-crfm/tiny-x21@checkpoint-1000");

        long freed = store.remove(ModelName.parse("stanford-crfm/tiny-x21"));

        assertThat(freed).isBetween(440_176L, 440_176L + 40);
        assertThat(main).doesNotExist();
        assertThat(TestModels.weights(ModelFolder.open(checkpoint), Processing.RAW)).hasSize(4 + 3 * 8);
        store.remove(ModelName.parse("stanford-crfm/tiny-x21@checkpoint-1000"));
        assertThat(repository).doesNotExist();
        assertThat(store.cache().resolve(".locks/models--stanford-crfm--tiny-x21")).doesNotExist();
    }

    @Test
    void aSnapshotUnderTwoNamesStaysForTheOther() {
        hub.publish("stanford-crfm/tiny-x21", "v1", FakeHub.COMMIT, hub.files("stanford-crfm/tiny-x21"));
        Path main = fetch("stanford-crfm/tiny-x21");
        fetch("stanford-crfm/tiny-x21@v1");

        assertThat(store.remove(ModelName.parse("stanford-crfm/tiny-x21@v1"))).isLessThan(100);

        assertThat(ModelFolder.open(main).config().layers()).isEqualTo(3);
        assertThat(store.where(ModelName.parse("stanford-crfm/tiny-x21@v1"))).isEmpty();
    }

    @Test
    void anotherCommitOfTheBranchIsFetchedBesideTheFormer() throws IOException {
        fetch("stanford-crfm/tiny-x21");
        publishCheckpoint();
        hub.publish("stanford-crfm/tiny-x21", "main", OTHER,
            new HashMap<>(Map.of("config.json", hub.files("stanford-crfm/tiny-x21").get("config.json"),
                "tokenizer.json", hub.files("stanford-crfm/tiny-x21").get("tokenizer.json"),
                "model.safetensors", Files.readAllBytes(home.resolve("checkpoint/model.safetensors")))));

        assertThat(fetch("stanford-crfm/tiny-x21")).endsWith(Path.of(OTHER));

        assertThat(store.where(ModelName.parse("stanford-crfm/tiny-x21")).orElseThrow()).endsWith(Path.of(OTHER));
        assertThat(store.list()).extracting(StoredModel::name)
            .containsExactly("demo", "stanford-crfm/tiny-x21", "stanford-crfm/tiny-x21@" + FakeHub.COMMIT);
    }

    @Test
    void weightsInSeveralFilesAreFetchedAsWell() throws IOException {
        Map<String, byte[]> files = hub.files("stanford-crfm/tiny-x21");
        ModelCopy copy = ModelCopy.of(Fixture.TINY, Files.createDirectory(home.resolve("split")));
        Map<String, Tensor> tensors = copy.tensors();
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            String name = "model-0000%d-of-00002.safetensors".formatted(i + 1);
            Map<String, Tensor> half = new HashMap<>();
            for (String tensor : new ArrayList<>(tensors.keySet()).subList(i * 20, i == 0 ? 20 : tensors.size())) {
                half.put(tensor, tensors.get(tensor));
                index.append(index.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(tensor, name));
            }
            Safetensors.write(copy.folder().resolve(name), half);
            files.put(name, Files.readAllBytes(copy.folder().resolve(name)));
        }
        files.put(ShardIndex.NAME, "{\"weight_map\":{%s}}".formatted(index).getBytes());
        files.remove("model.safetensors");

        Path folder = fetch("stanford-crfm/tiny-x21");

        assertThat(TestModels.weights(ModelFolder.open(folder), Processing.RAW))
            .isEqualTo(TestModels.weights(Fixture.TINY.model(), Processing.RAW));
        files.put(ShardIndex.NAME, "{\"weight_map\":{\"a\":\"../../x.safetensors\"}}".getBytes());
        store.remove(ModelName.parse("stanford-crfm/tiny-x21"));
        assertThatExceptionOfType(org.headscope.refusal.Refusal.class).isThrownBy(() -> fetch("stanford-crfm/tiny-x21"))
            .withMessageContaining("no plain name");
    }

    @Test
    void olderTokenizersAreTwoFiles() {
        hub.files("stanford-crfm/tiny-x21").remove("tokenizer.json");

        assertThat(fetch("stanford-crfm/tiny-x21").resolve("merges.txt")).isRegularFile();
        hub.files("stanford-crfm/tiny-x21").remove("vocab.json");
        assertThatExceptionOfType(HubRefusal.class).isThrownBy(() -> fetch("stanford-crfm/tiny-x21"))
            .withMessageContaining("no tokenizer.json, nor vocab.json with merges.txt");
    }

    @Test
    void otherModelsOfTheCacheAreNotListed() throws IOException {
        Path llama = Files.createDirectories(store.cache().resolve("models--a--llama/snapshots/" + OTHER));
        Files.writeString(llama.resolve("config.json"), "{\"model_type\": \"llama\"}");
        Files.createDirectories(store.cache().resolve("datasets--a--b/snapshots/x"));
        Files.writeString(store.cache().resolve("models--file"), "");

        assertThat(store.list()).extracting(StoredModel::name).containsExactly("demo");
    }

    @Test
    void namesThatMovedFindEachOther() {
        hub.publish("gpt2", Fixture.TINY.modelPath()).publish("distilbert/distilgpt2", Fixture.TINY.modelPath());
        Path gpt2 = fetch("gpt2");
        Path distil = fetch("distilbert/distilgpt2");

        assertThat(store.where(ModelName.parse("openai-community/gpt2"))).contains(gpt2);
        assertThat(store.where(ModelName.parse("distilgpt2"))).contains(distil);
        assertThat(store.where(ModelName.parse("someone/gpt2"))).isEmpty();
        store.remove(ModelName.parse("openai-community/gpt2"));
        assertThat(gpt2).doesNotExist();
    }

    @Test
    void progressAddsUpToTheWhole() {
        List<FetchProgress> told = new ArrayList<>();

        store.fetch(ModelName.parse("stanford-crfm/tiny-x21"), new FetchListener() {
            @Override
            public void progress(FetchProgress progress) {
                told.add(progress);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        });

        FetchProgress last = told.get(told.size() - 1);
        assertThat(last.bytes()).isEqualTo(last.of()).isGreaterThan(440_176);
        assertThat(told).filteredOn(progress -> progress.of() > 0).extracting(FetchProgress::bytes).isSorted();
    }

    @Test
    void foldersUsedBeforeAreListedOnceAndForgotten() throws IOException {
        Path second = Files.createDirectory(home.resolve("second"));
        ModelCopy.of(Fixture.TINY, second);
        store.folders().add(Fixture.TINY.modelPath());
        store.folders().add(second);
        store.folders().add(Fixture.TINY.modelPath());
        store.folders().add(home.resolve("gone"));

        assertThat(store.list()).extracting(StoredModel::name).containsExactly("demo",
            Fixture.TINY.modelPath().toString(), second.toString());
        store.folders().forget(second);
        assertThat(store.folders().all()).containsExactly(Fixture.TINY.modelPath());
    }
}
