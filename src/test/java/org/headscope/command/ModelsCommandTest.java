package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.headscope.ChildJvm;
import org.headscope.Fixture;
import org.headscope.Main;
import org.headscope.ModelCopy;
import org.headscope.weights.hub.FakeHub;
import org.headscope.weights.hub.FetchProgress;
import org.headscope.weights.hub.ModelStore;
import org.headscope.weights.hub.RecentFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class ModelsCommandTest {

    private static final String CARD = """
        ---
        language: en
        license:
        - mit
        tags: [exbert]
        ---

        # Tiny

        A model of three layers.
        """;

    @TempDir
    Path home;

    private FakeHub hub;
    private RecentFolders folders;

    @BeforeEach
    void publish() throws IOException {
        Path folder = Files.createDirectory(home.resolve("published"));
        ModelCopy.of(Fixture.TINY, folder);
        Files.writeString(folder.resolve("README.md"), CARD);
        hub = FakeHub.start().publish("owner/tiny", folder);
        folders = new RecentFolders(Optional.of(home.resolve("recent")));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private ModelStore store() {
        return ModelStore.of(Map.of("HF_ENDPOINT", hub.address().toString()), home, folders);
    }

    private CommandRun run(String... args) {
        CommandLine.IFactory factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ModelsCommand.class ? type.cast(new ModelsCommand(ModelsCommandTest.this::store))
                    : CommandLine.defaultFactory().create(type);
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Commands.run(args, new PrintStream(out, true), new PrintStream(err, true), factory);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private JsonObject json(String... args) {
        return JsonParser.parseString(run(args).succeeded().out()).getAsJsonObject();
    }

    private static JsonObject only(JsonObject answer) {
        JsonArray models = answer.getAsJsonArray("models");
        assertThat(models).hasSize(1);
        return models.get(0).getAsJsonObject();
    }

    @Test
    void theListTellsWhatIsHereAndWhatCanBeFetched() {
        folders.add(Fixture.TINY.modelPath());

        JsonObject list = json("models", "--json");

        assertThat(list.getAsJsonArray("models")).hasSize(2);
        JsonObject demo = list.getAsJsonArray("models").get(0).getAsJsonObject();
        assertThat(demo.get("name").getAsString()).isEqualTo("demo");
        assertThat(demo.get("source").getAsString()).isEqualTo("bundled");
        JsonObject folder = list.getAsJsonArray("models").get(1).getAsJsonObject();
        assertThat(folder.get("path").getAsString()).isEqualTo(Fixture.TINY.modelPath().toString());
        assertThat(folder.get("layers").getAsInt()).isEqualTo(3);
        JsonObject gpt2 = list.getAsJsonArray("fetchable").get(0).getAsJsonObject();
        assertThat(gpt2.get("name").getAsString()).isEqualTo("gpt2");
        assertThat(gpt2.get("parameters").getAsLong()).isEqualTo(124_439_808);
        assertThat(gpt2.get("bytes").getAsLong()).isGreaterThan(4 * gpt2.get("parameters").getAsLong());
        assertThat(run("models").succeeded().out()).contains("demo", "gpt2-xl", "6.4 GB",
            "stanford-crfm/eowyn-gpt2-medium-x777", "cache    " + home);
    }

    @Test
    void aModelIsLookedAtFetchedFoundAndRemoved() throws IOException {
        JsonObject seen = only(json("models", "fetch", "owner/tiny", "--card", "--json"));
        assertThat(seen.get("licence").getAsString()).isEqualTo("mit");
        assertThat(seen.get("card").getAsString()).startsWith("# Tiny").endsWith("three layers.");
        assertThat(run("models", "fetch", "owner/tiny", "--card").succeeded().out()).contains("licence  mit",
            "A model of three layers.", "3 layers of 4 heads").doesNotContain("tags:");
        run("models", "where", "owner/tiny").isRefusedWith("owner/tiny is not in", "models fetch owner/tiny");

        JsonObject fetched = json("models", "fetch", "owner/tiny", "--json");
        Path folder = Path.of(only(fetched).get("path").getAsString());
        assertThat(fetched.get("fetched").getAsLong()).isEqualTo(only(fetched).get("bytes").getAsLong())
            .isEqualTo(seen.get("missing").getAsLong()).isGreaterThan(440_176);
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors")))
            .isEqualTo(Files.readAllBytes(Fixture.TINY.modelPath().resolve("model.safetensors")));
        assertThat(run("models", "where", "owner/tiny").succeeded().out()).isEqualToIgnoringNewLines(folder.toString());
        assertThat(run("models", "fetch", "owner/tiny").succeeded().out()).contains("was here already");
        assertThat(run("models").succeeded().out()).contains("owner/tiny", "cache ");

        JsonObject removed = json("models", "remove", "owner/tiny", "--json");
        assertThat(removed.get("freed").getAsLong()).isBetween(fetched.get("fetched").getAsLong(),
            fetched.get("fetched").getAsLong() + 100);
        assertThat(folder).doesNotExist();
        run("models", "remove", "owner/tiny").isRefusedWith("owner/tiny is not in");
    }

    @Test
    void fetchingAsksForEachFilesMetadataOnce() {
        run("models", "fetch", "owner/tiny").succeeded();

        assertThat(hub.paths("HEAD")).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void aSearchShowsOnlyGpt2s() {
        hub.searched("""
            [{"id": "a/gpt2-fine", "downloads": 12, "config": {"model_type": "gpt2"}, "safetensors": {"total": 124439808}},
             {"id": "b/old", "downloads": 3, "config": {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"}},
             {"id": "c/neo", "downloads": 3, "config": {"model_type": "gpt_neo"}}, {"id": "d/none", "downloads": 1}]
            """);

        JsonArray models = json("models", "search", "fine tune", "--json").getAsJsonArray("models");

        assertThat(models).hasSize(2);
        assertThat(models.get(0).getAsJsonObject().get("parameters").getAsLong()).isEqualTo(124_439_808);
        assertThat(models.get(1).getAsJsonObject().get("parameters").isJsonNull()).isTrue();
        assertThat(hub.paths()).last().asString().contains("search=fine%20tune", "filter=gpt2");
        assertThat(run("models", "search", "x").succeeded().out()).contains("a/gpt2-fine", "no safetensors");
        hub.searched("[]");
        assertThat(run("models", "search", "x").succeeded().out()).contains("No GPT-2 on the hub");
        for (String answer : new String[] {"{}", "", "[3]", "[{\"config\": {\"model_type\": \"gpt2\"}}]"}) {
            hub.searched(answer);
            run("models", "search", "x").isRefusedWith("does not answer a search");
        }
    }

    @Test
    void badArgumentsAreRefused() {
        run("models", "steal").isRefusedWith("“steal” is none of list, fetch, where, remove, search");
        run("models", "fetch").isRefusedWith("“models fetch” needs the name of a model, such as gpt2");
        run("models", "search").isRefusedWith("needs a part of a name");
        run("models", "list", "gpt2").isRefusedWith("takes no name", "models where gpt2");
        run("models", "where", "gpt2", "--card").isRefusedWith("--card belongs to");
        for (String name : List.of("../x", "a/b/c", "a b", "a@", "@main", "a/b@../main", "a--b", "https://hub/gpt2", "a//b")) {
            for (String action : List.of("fetch", "where", "remove")) {
                run("models", action, name).isRefusedWith("“" + name + "” is no name of a model on the hub");
            }
        }
        assertThat(hub.paths()).isEmpty();
    }

    @Test
    void progressIsALineForPeople() {
        assertThat(ModelsCommand.line(new FetchProgress("model.safetensors", 123_400_000, 548_105_171, 12_340_000, "")))
            .isEqualTo("model.safetensors: 123 MB of 548 MB, 12.3 MB/s, 35 s left");
        assertThat(ModelsCommand.line(new FetchProgress("model.safetensors", 0, 6_431_829_964L, 1_000_000, "")))
            .endsWith("0 kB of 6.4 GB, 1.0 MB/s, 107 min left");
        assertThat(ModelsCommand.line(new FetchProgress("a", 1, 2, 0, "another process is fetching it")))
            .isEqualTo("a: another process is fetching it");
    }

    @Test
    void ctrlCStopsAndTheNextTimeGoesOn() throws Exception {
        hub.stallFirst(200_000);
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        Process process = child(out, err).start();
        Path blobs = home.resolve("cache/models--owner--tiny/blobs");
        try {
            while (process.isAlive() && partial(blobs) < 200_000) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            ChildJvm.interrupt(process);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(130);
        JsonObject stopped = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        assertThat(stopped.get("stopped").getAsBoolean()).isTrue();
        assertThat(stopped.get("bytes").getAsLong()).isBetween(200_000L, 440_000L);

        Process again = child(out, err).start();
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(err)).isEmpty();
        assertThat(again.exitValue()).isZero();
        JsonObject fetched = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        assertThat(fetched.get("fetched").getAsLong()).isLessThan(only(fetched).get("bytes").getAsLong() - 150_000);
        assertThat(Path.of(only(fetched).get("path").getAsString())).isDirectory();
    }

    @Test
    void twoProcessesFetchEachFileOnce() throws Exception {
        Process first = child(home.resolve("out"), home.resolve("err")).start();
        Process second = child(home.resolve("out2"), home.resolve("err2")).start();

        for (Process process : List.of(first, second)) {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        for (String name : List.of("out", "out2")) {
            JsonObject answer = JsonParser.parseString(Files.readString(home.resolve(name))).getAsJsonObject();
            assertThat(Files.readAllBytes(Path.of(only(answer).get("path").getAsString()).resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(Fixture.TINY.modelPath().resolve("model.safetensors")));
        }
        assertThat(hub.storedPaths("GET")).hasSize(1);
    }

    private ProcessBuilder child(Path out, Path err) {
        ProcessBuilder builder = ChildJvm.brief(List.of(), Main.class, "models", "fetch", "owner/tiny", "--json")
            .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HF_ENDPOINT", hub.address().toString());
        builder.environment().put("HF_HUB_CACHE", home.resolve("cache").toString());
        return builder;
    }

    private static long partial(Path blobs) throws IOException {
        if (!Files.isDirectory(blobs)) {
            return 0;
        }
        try (var files = Files.list(blobs)) {
            return files.filter(file -> file.toString().endsWith(".incomplete")).mapToLong(file -> file.toFile().length())
                .max().orElse(0);
        }
    }
}
