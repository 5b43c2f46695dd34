package org.headscope.window.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.headscope.Fixture;
import org.headscope.ModelCopy;
import org.headscope.model.MemoryBudget;
import org.headscope.weights.Processing;
import org.headscope.weights.hub.FakeHub;
import org.headscope.weights.hub.ModelName;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.RecentFolders;
import org.headscope.weights.hub.StoredModel;
import org.headscope.window.Settings;
import org.headscope.window.TestBench;
import org.headscope.window.models.ModelEntry.Group;
import org.headscope.window.models.ModelsViewModel.Step;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ModelsViewModelTest {

    private static final String PREFERENCES = "headscope.preferences";
    private static final String TINY = "owner/tiny";
    private static final String FOUND = """
        [{"id": "owner/tiny", "downloads": 7, "config": {"model_type": "gpt2"}, "safetensors": {"total": 65000}},
         {"id": "owner/pickled", "downloads": 3, "config": {"model_type": "gpt2"}}]
        """;

    @TempDir
    private Path home;

    private final String node = "org/headscope-test/" + UUID.randomUUID();
    private final TestBench bench = TestBench.empty();
    private final Map<String, String> environment = new HashMap<>();
    private final List<StoredModel> opened = new ArrayList<>();
    private FakeHub hub;

    @BeforeEach
    void publish() throws IOException {
        System.setProperty(PREFERENCES, node);
        Path folder = Files.createDirectory(home.resolve("published"));
        ModelCopy.of(Fixture.TINY, folder);
        Files.writeString(folder.resolve("README.md"), "---\nlicense: mit\n---\nA model of three layers.\n");
        hub = FakeHub.start().publish(TINY, folder);
        hub.searched(FOUND);
        environment.put("HF_ENDPOINT", hub.address().toString());
    }

    @AfterEach
    void close() throws BackingStoreException {
        hub.close();
        bench.close();
        System.clearProperty(PREFERENCES);
        Preferences.userRoot().node(node).removeNode();
    }

    private ModelStore store() {
        return ModelStore.of(environment, home, new RecentFolders(Optional.of(home.resolve("recent"))));
    }

    private ModelsViewModel models() {
        return new ModelsViewModel(bench.workbench(), new Settings(), this::store, opened::add);
    }

    private ModelsViewModel found() {
        ModelsViewModel models = models();
        models.queryProperty().set("tiny");
        models.search();
        choose(models, TINY);
        return models;
    }

    private ModelsViewModel fetched() {
        ModelsViewModel models = found();
        models.look();
        models.fetchOffered();
        return models;
    }

    private static void choose(ModelsViewModel models, String name) {
        models.chosenProperty().set(Optional.of(entry(models, name)));
    }

    private static ModelEntry entry(ModelsViewModel models, String name) {
        return models.entries().stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
    }

    private static Step step(ModelsViewModel models) {
        return models.stepProperty().get();
    }

    private static List<String> names(ModelsViewModel models, Group group) {
        return models.entries().stream().filter(entry -> entry.group() == group).map(ModelEntry::name).toList();
    }

    /** Holds the fetching back until it has been cancelled, as a person does who pauses it. */
    private void startAndPause(ModelsViewModel models) {
        models.look();
        bench.background().hold(Lane.FETCH);
        models.fetchOffered();
        assertThat(step(models)).isEqualTo(Step.FETCHING);
        models.pause();
        bench.background().release();
    }

    @Test
    void listsWhatIsHereAndTheFamilyWithoutAskingTheHub() {
        store().folders().add(Fixture.TINY.modelPath());
        ModelsViewModel models = models();

        assertThat(names(models, Group.HERE)).containsExactly("demo", Fixture.TINY.modelPath().toString());
        assertThat(names(models, Group.FAMILY)).contains("gpt2", "gpt2-xl", "distilgpt2",
            "stanford-crfm/alias-gpt2-small-x21");
        assertThat(entry(models, "gpt2").shape()).isEqualTo("12 × 12 heads, width 768");
        assertThat(entry(models, "gpt2").size()).isEqualTo("548 MB");
        choose(models, "gpt2");
        assertThat(step(models)).isEqualTo(Step.KNOWN);
        assertThat(hub.paths()).isEmpty();
    }

    @Test
    void aModelThatNeedsMoreMemoryThanItMayTakeIsPointedOut() {
        ModelsViewModel models = new ModelsViewModel(bench.workbench(), new Settings(), this::store, opened::add,
            () -> 2_000_000_000L);

        assertThat(entry(models, "gpt2").memoryText()).isEqualTo("1.4 GB in memory");
        assertThat(models.isTooLarge(entry(models, "gpt2"))).isFalse();
        assertThat(models.warning(entry(models, "gpt2").config().orElseThrow())).isEmpty();
        assertThat(models.isTooLarge(entry(models, "gpt2-xl"))).isTrue();
        assertThat(models.warning(entry(models, "gpt2-xl").config().orElseThrow()))
            .startsWith("Its weights need about 7.4 GB of memory").contains("more than the budget of 2.0 GB").endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(longs = {500_000_000L, 800_000_000L, 1_000_000_000L, 2_000_000_000L, 4_000_000_000L, 8_000_000_000L})
    void whatIsPointedOutIsWhatIsRefused(long budget) {
        ModelsViewModel models = new ModelsViewModel(bench.workbench(), new Settings(), this::store, opened::add,
            () -> budget);

        assertThat(models.entries()).hasSizeGreaterThan(10).allSatisfy(entry -> {
            Throwable refusal = catchThrowable(() -> MemoryBudget.of(budget).check(entry.name(),
                entry.config().orElseThrow()));
            assertThat(models.isTooLarge(entry)).as(entry.name()).isEqualTo(refusal != null);
        });
    }

    @Test
    void theBudgetForModelsIsTheOneOfThePreferences() {
        ModelsViewModel models = models();
        long before = bench.workbench().memoryProperty().get();
        try {
            bench.workbench().setMemory(800_000_000L);
            assertThat(models.isTooLarge(entry(models, "gpt2"))).isTrue();
            bench.workbench().setMemory(900_000_000L);
            assertThat(models.isTooLarge(entry(models, "gpt2"))).isFalse();
        } finally {
            bench.workbench().setMemory(before);
        }
    }

    @Test
    void whatADoubleClickMeansDependsOnWhereTheModelIs() {
        ModelsViewModel models = found();
        models.activate();
        assertThat(step(models)).isEqualTo(Step.OFFERED);
        models.activate();
        assertThat(step(models)).isEqualTo(Step.OFFERED);

        choose(models, "demo");
        models.activate();
        assertThat(opened).extracting(StoredModel::name).containsExactly("demo");
    }

    @Test
    void licenceCardAndSizeAreShownBeforeAnythingIsFetched() {
        ModelsViewModel models = found();
        models.look();

        assertThat(step(models)).isEqualTo(Step.OFFERED);
        assertThat(models.offerProperty().get().orElseThrow().licence()).contains("mit");
        assertThat(models.offerProperty().get().orElseThrow().text()).isEqualTo("A model of three layers.");
        assertThat(store().where(ModelName.parse(TINY))).isEmpty();

        models.leave();
        assertThat(step(models)).isEqualTo(Step.KNOWN);
    }

    @Test
    void whatIsFetchedIsHereAndOpens() {
        ModelsViewModel models = fetched();

        assertThat(step(models)).isEqualTo(Step.HERE);
        assertThat(models.saidProperty().get()).contains(TINY);
        assertThat(names(models, Group.HERE)).contains(TINY);
        assertThat(names(models, Group.FOUND)).containsExactly("owner/pickled");
        models.open();
        assertThat(opened).extracting(StoredModel::path).containsExactly(store().where(ModelName.parse(TINY)).orElseThrow());
    }

    @Test
    void whatWasPausedIsResumedByTheNextStart() {
        startAndPause(found());

        ModelsViewModel next = models();
        assertThat(names(next, Group.BEGUN)).containsExactly(TINY);
        choose(next, TINY);
        assertThat(step(next)).isEqualTo(Step.PAUSED);
        next.resume();
        assertThat(step(next)).isEqualTo(Step.HERE);
        assertThat(names(models(), Group.BEGUN)).isEmpty();
    }

    @Test
    void whatFailsSaysWhyAndTheNextTrySucceeds() throws IOException {
        ModelsViewModel models = found();
        models.look();
        // The cache cannot be made where a file stands.
        Path inTheWay = home.resolve("file");
        Files.writeString(inTheWay, "");
        environment.put("HF_HUB_CACHE", inTheWay.toString());
        models.fetchOffered();

        assertThat(step(models)).isEqualTo(Step.FAILED);
        assertThat(models.fetch().orElseThrow().problem()).contains(inTheWay.toString()).endsWith(".");
        environment.remove("HF_HUB_CACHE");
        models.resume();
        assertThat(step(models)).isEqualTo(Step.HERE);
        assertThat(models.problemProperty().get()).isEmpty();
    }

    @Test
    void cancellingLeavesNothingBehind() throws IOException {
        ModelsViewModel models = found();
        startAndPause(models);
        Path repository = store().cache().resolve("models--owner--tiny");
        Path begun = Files.createDirectories(repository.resolve("blobs")).resolve("f".repeat(64) + ".incomplete");
        Files.write(begun, new byte[1000]);
        models.cancel();

        assertThat(repository).doesNotExist();
        assertThat(models.saidProperty().get()).contains("1 kB");
        assertThat(names(models, Group.BEGUN)).isEmpty();
        assertThat(new Settings().words("fetches")).isEmpty();
    }

    @Test
    void anotherFetchPausesTheFirst() {
        hub.publish("owner/other", Fixture.TINY.modelPath());
        ModelsViewModel models = found();
        models.look();
        bench.background().hold(Lane.FETCH);
        models.fetchOffered();
        models.queryProperty().set("owner/other");
        models.search();
        choose(models, "owner/other");
        models.look();
        models.fetchOffered();
        bench.background().release();

        assertThat(names(models, Group.HERE)).contains("owner/other").doesNotContain(TINY);
        assertThat(models.fetches().get(TINY).state()).isEqualTo(Fetch.State.PAUSED);
    }

    @Test
    void removingAsksFirstAndSaysWhatIsFree() {
        ModelsViewModel models = fetched();
        models.askToRemove();
        assertThat(step(models)).isEqualTo(Step.REMOVING);
        models.leave();
        assertThat(step(models)).isEqualTo(Step.HERE);

        models.askToRemove();
        models.remove();
        assertThat(models.saidProperty().get()).contains("removed").contains("kB are free");
        assertThat(names(models, Group.HERE)).containsExactly("demo");
        assertThat(store().where(ModelName.parse(TINY))).isEmpty();
    }

    @Test
    void theModelInTheWindowIsNotRemoved() {
        ModelsViewModel models = fetched();
        bench.workbench().open(store().where(ModelName.parse(TINY)).orElseThrow().toString(),
            Processing.TRANSFORMERLENS);
        models.askToRemove();

        assertThat(step(models)).isEqualTo(Step.HERE);
        assertThat(models.problemProperty().get()).contains("open another model");
    }

    @Test
    void aFolderIsForgottenAndStays() throws IOException {
        Path folder = Files.createDirectory(home.resolve("own"));
        ModelCopy.of(Fixture.TINY, folder);
        store().folders().add(folder);
        ModelsViewModel models = models();
        choose(models, folder.toString());
        models.askToRemove();

        assertThat(names(models, Group.HERE)).containsExactly("demo");
        assertThat(folder.resolve("model.safetensors")).exists();
    }

    @Test
    void offlineSaysSoAndLeavesWhatIsHere() {
        environment.put("HF_HUB_OFFLINE", "1");
        ModelsViewModel models = models();

        assertThat(models.offlineProperty().get()).isTrue();
        choose(models, "demo");
        models.open();
        assertThat(opened).hasSize(1);
    }

    @Test
    void withoutANetworkASentenceSaysSo() {
        hub.close();
        environment.put("HF_ENDPOINT", "http://does-not-exist.invalid");
        ModelsViewModel models = models();
        choose(models, "gpt2");
        bench.background().hold(Lane.HUB);
        models.look();
        assertThat(step(models)).isEqualTo(Step.ASKING);
        bench.background().cancel(Lane.HUB);
        bench.background().release();

        assertThat(step(models)).isEqualTo(Step.KNOWN);
        assertThat(models.problemProperty().get()).endsWith(".");
    }

    @Test
    void aRevisionThatIsNotThereIsRefused() {
        hub.publish("owner/pickled", Fixture.TINY.modelPath());
        ModelsViewModel models = found();
        choose(models, "owner/pickled");
        models.revisionProperty().set("no-such-branch");
        models.look();
        assertThat(models.problemProperty().get()).contains("no-such-branch");

        models.revisionProperty().set("../..");
        models.look();
        assertThat(models.problemProperty().get()).contains("no name of a model").endsWith(".");
    }

    @Test
    void aCheckpointIsFetchedByItsNumber() {
        ModelsViewModel models = models();
        choose(models, "stanford-crfm/alias-gpt2-small-x21");
        models.revisionProperty().set("1000");
        models.look();

        assertThat(hub.paths()).isNotEmpty().allMatch(path ->
            path.startsWith("/stanford-crfm/alias-gpt2-small-x21/resolve/checkpoint-1000/"));
    }

    @Test
    void aSearchSaysWhatItFound() {
        ModelsViewModel models = found();
        assertThat(models.searchedProperty().get()).isEqualTo("2 GPT-2s found.");
        assertThat(entry(models, "owner/pickled").shape()).contains("no safetensors");

        hub.searched("[]");
        models.queryProperty().set("nothing");
        models.search();
        assertThat(models.searchedProperty().get()).contains("“nothing”");
        assertThat(names(models, Group.FOUND)).isEmpty();
    }
}
