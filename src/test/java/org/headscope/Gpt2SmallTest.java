package org.headscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headscope.Goldens.assertScalar;
import static org.headscope.Goldens.assertScalars;
import static org.headscope.Goldens.elements;
import static org.headscope.Goldens.entries;
import static org.headscope.Goldens.entry;
import static org.headscope.Goldens.matrix;
import static org.headscope.Goldens.scalar;
import static org.headscope.Goldens.tolerance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.analysis.HeadDetector;
import org.headscope.model.Cancellation;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Logits;
import org.headscope.model.Positions;
import org.headscope.model.Replacement;
import org.headscope.model.Run;
import org.headscope.model.RunOptions;
import org.headscope.model.Site;
import org.headscope.patching.Experiment;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;
import org.headscope.session.OpenModel;
import org.headscope.tokens.Prompt;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has been published of the real gpt2-small, from the founding notebook's one number on. Runs only where the
 * environment variable HEADSCOPE_GPT2 names a folder with that model.
 */
@EnabledIfEnvironmentVariable(named = Gpt2SmallTest.VARIABLE, matches = ".+",
    disabledReason = "set HEADSCOPE_GPT2 to a folder with the real gpt2-small to compare with its published numbers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Gpt2SmallTest {

    static final String VARIABLE = "HEADSCOPE_GPT2";
    private static final RunOptions LAST = RunOptions.plain().lastLogitsOnly();
    /** Of a sweep, the strongest cells and as many at random: all of them would take most of an hour. */
    private static final int CELLS = 5;

    private static OpenModel model;

    @BeforeAll
    static void open() {
        model = OpenModel.open(System.getenv(VARIABLE), Processing.TRANSFORMERLENS, TestModels.RUNTIME);
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    // ---- running the model ----

    private static Prompt prompt(String text) {
        return model.tokenizer().prompt(text, true);
    }

    private static Run run(Prompt prompt, RunOptions options) {
        return TestModels.run(model.gpt2(), prompt.ids(), options);
    }

    private static Logits last(Prompt prompt) {
        return run(prompt, LAST).logits(-1);
    }

    private static double difference(Logits logits, String token, String other) {
        return logits.logit(model.tokenizer().single(token)) - logits.logit(model.tokenizer().single(other));
    }

    private static Logits patched(Experiment experiment, Site site, Source source) {
        return TestModels.RUNTIME.call(() -> experiment.patched(List.of(new Patch(site, source)), new Cancellation()));
    }

    private static Experiment experiment(Prompt clean, Prompt corrupt, HookPoint kept) {
        return TestModels.RUNTIME.call(() -> Experiment.run(model.gpt2(), clean, corrupt,
            hook -> hook.point() == kept, new Cancellation()));
    }

    // ---- the founding notebook ----

    @Test
    @Order(1)
    void theFoundingNotebooksPatchedLogitOfSarah() {
        Prompt clean = prompt("Tom went to the store. Tom");
        Prompt corrupt = prompt("Tom went to the store. Sarah");
        assertThat(corrupt.size()).isEqualTo(8);

        Logits patched = patched(experiment(clean, corrupt, HookPoint.Z), Site.head(HookPoint.Z, new Head(4, 1)),
            Source.CLEAN);

        assertScalar("seed_patched", patched.logit(model.tokenizer().single(" Sarah")));
    }

    // ---- tokens, losses, logits ----

    @TestFactory
    Stream<DynamicTest> tokenization() {
        return entries("tokenization").filter(entry -> !entry.has("map")).map(entry -> {
            String text = entry.get("text").getAsString();
            return DynamicTest.dynamicTest(text, () -> {
                boolean bos = entry.has("ids") ? entry.getAsJsonArray("ids").get(0).getAsInt() == 50256
                    : entry.getAsJsonArray("pieces").get(0).getAsString().equals("<|endoftext|>");
                Prompt prompt = model.tokenizer().prompt(text, bos);
                if (entry.has("ids")) {
                    assertThat(prompt.ids()).isEqualTo(Fixture.ints(entry.getAsJsonArray("ids")));
                } else {
                    assertThat(prompt.texts())
                        .isEqualTo(elements(entry.getAsJsonArray("pieces")).map(JsonElement::getAsString).toList());
                }
            });
        });
    }

    @Test
    void singleTokens() {
        entry("tokenization", "text", "single tokens").getAsJsonObject("map").entrySet().forEach(
            e -> assertThat(model.tokenizer().single(e.getKey())).isEqualTo(e.getValue().getAsInt()));
    }

    @Test
    void theLossOfHelloWorld() {
        Prompt prompt = prompt(scalar("loss_hello").get("prompt").getAsString());

        assertScalar("loss_hello", run(prompt, RunOptions.plain()).loss(prompt.ids()));
    }

    @ParameterizedTest
    @CsvSource({"main_ioi_clean, ' John', ' Mary'", "main_ioi_corrupt, ' John', ' Mary'",
        "main_bos_with, ' Claire', ' Mary'"})
    void logitDifferences(String id, String token, String other) {
        assertScalar(id, difference(last(prompt(scalar(id).get("prompt").getAsString())), token, other));
    }

    @Test
    void aLogitDifferenceWithoutBos() {
        Prompt prompt = model.tokenizer().prompt(scalar("main_bos_with").get("prompt").getAsString(), false);

        assertScalar("main_bos_without", difference(last(prompt), " Claire", " Mary"));
    }

    @Test
    void theProbabilityAfterTheCat() {
        Prompt prompt = prompt(scalar("main_cat_The").get("prompt").getAsString());

        assertScalar("main_cat_The", last(prompt).prob(model.tokenizer().single(" The")));
    }

    @Test
    void theBestTenTokens() {
        JsonArray expected = scalar("test_prompt_ioi").getAsJsonArray("expected");
        List<Logits.Candidate> top = last(prompt(scalar("test_prompt_ioi").get("prompt").getAsString())).top(10);

        assertThat(top).extracting(candidate -> model.tokenizer().text(candidate.id()))
            .isEqualTo(elements(expected).map(row -> row.getAsJsonArray().get(0).getAsString()).toList());
        for (int i = 0; i < 10; i++) {
            JsonArray row = expected.get(i).getAsJsonArray();
            assertThat((double) top.get(i).logit()).isCloseTo(row.get(1).getAsDouble(), tolerance("test_prompt_ioi"));
            assertThat(100 * top.get(i).prob()).isCloseTo(row.get(2).getAsDouble(), tolerance("test_prompt_ioi"));
        }
    }

    @Test
    void theUnembeddingsBias() {
        // Nothing but the bias is left of the logits where the last norm gives zero.
        Logits bias = run(prompt("Hello"), LAST.with(List.of(new Intervention(
            Site.whole(Hook.of(HookPoint.LN_FINAL_NORMALIZED)), new Replacement.Constant(0))))).logits(-1);
        JsonArray top = scalar("bU_top20").getAsJsonArray("expected");

        assertScalar("bU_john", bias.logit(1757));
        assertScalar("bU_mary", bias.logit(5335));
        for (JsonElement row : top) {
            assertThat((double) bias.logit(model.tokenizer().single(row.getAsJsonArray().get(0).getAsString())))
                .isCloseTo(row.getAsJsonArray().get(1).getAsDouble(), tolerance("bU_top20"));
        }
        assertThat(bias.top(20).get(19).logit()).isCloseTo(top.get(19).getAsJsonArray().get(1).getAsFloat(),
            within(0.006f));
    }

    // ---- indirect object identification: eight prompts, each other's corruption ----

    private static List<Prompt> ioi() {
        return elements(Goldens.part("ioi").getAsJsonArray("clean"))
            .map(text -> prompt(text.getAsString())).toList();
    }

    private static Prompt corrupted(List<Prompt> prompts, int which) {
        return prompts.get(Goldens.part("ioi").getAsJsonArray("corrupted_index").get(which).getAsInt());
    }

    private static double answer(Logits logits, int which) {
        int[] ids = Fixture.ints(Goldens.part("ioi").getAsJsonArray("answer_ids").get(which)
            .getAsJsonArray());
        return logits.logit(ids[0]) - logits.logit(ids[1]);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void answersOfTheEightPrompts() {
        List<Prompt> prompts = ioi();
        List<Double> clean = IntStream.range(0, 8).mapToObj(i -> answer(last(prompts.get(i)), i)).toList();
        List<Double> corrupt = IntStream.range(0, 8).mapToObj(i -> answer(last(corrupted(prompts, i)), i)).toList();

        assertThat(prompts).allMatch(prompt -> prompt.size() == 15);
        assertScalars("ioi8_per_prompt", clean);
        assertScalar("ioi8_clean", mean(clean));
        assertScalar("ioi8_corrupt", mean(corrupt));
    }

    @Test
    void ablatingL9H9AndTheFinalScale() {
        Site site = Site.head(HookPoint.Z, new Head(9, 9)).at(Positions.only(14));
        RunOptions scales = LAST.keeping(hook -> hook.point() == HookPoint.LN_FINAL_SCALE);
        List<Prompt> prompts = ioi();
        List<Run> plain = prompts.stream().map(prompt -> run(prompt, scales)).toList();
        List<Run> ablated = prompts.stream().map(prompt -> run(prompt,
            scales.with(List.of(new Intervention(site, new Replacement.Constant(0)))))).toList();

        assertScalars("ln_final_scale", plain.stream().map(Gpt2SmallTest::lastScale).toList());
        assertScalar("ablate_L9H9", mean(IntStream.range(0, 8).mapToObj(i -> answer(ablated.get(i).logits(-1), i))
            .toList()));
        assertThat(mean(IntStream.range(0, 8).mapToObj(i -> lastScale(plain.get(i)) / lastScale(ablated.get(i)))
            .toList())).isCloseTo(1.042, within(0.001));
    }

    private static double lastScale(Run run) {
        return run.cache().get(Hook.of(HookPoint.LN_FINAL_SCALE)).get(0, 14, 0);
    }

    /** The eight pairs, with what stands before anything is patched. */
    private record Pairs(List<Experiment> experiments, double clean, double corrupt) {

        static Pairs of(HookPoint kept) {
            List<Prompt> prompts = ioi();
            List<Experiment> experiments = IntStream.range(0, 8)
                .mapToObj(i -> experiment(prompts.get(i), corrupted(prompts, i), kept)).toList();
            return new Pairs(experiments, mean(experiments, e -> e.cleanLogits().orElseThrow()),
                mean(experiments, Experiment::corruptLogits));
        }

        private static double mean(List<Experiment> experiments, Function<Experiment, Logits> which) {
            return IntStream.range(0, 8).mapToDouble(i -> answer(which.apply(experiments.get(i)), i)).average()
                .orElseThrow();
        }

        double recovered(Site site) {
            return (mean(experiments, e -> patched(e, site, Source.CLEAN)) - corrupt) / (clean - corrupt);
        }
    }

    /** Where the cells of a published sweep lie. */
    private static Map<Site, Double> cells(String name, JsonArray values, HookPoint point) {
        Map<Site, Double> cells = new LinkedHashMap<>();
        for (int row = 0; row < values.size(); row++) {
            JsonArray columns = values.get(row).getAsJsonArray();
            for (int column = 0; column < columns.size(); column++) {
                Site site = !point.hasHeads() ? Site.whole(Hook.of(point, row)).at(Positions.only(column))
                    : !name.endsWith("_by_pos") ? Site.head(point, new Head(row, column))
                    : Site.head(point, new Head(row / 12, row % 12)).at(Positions.only(column));
                cells.put(site, columns.get(column).getAsDouble());
            }
        }
        return cells;
    }

    private static void assertSweep(String name, JsonArray values, HookPoint point, double tolerance) {
        Pairs pairs = Pairs.of(point);
        Map<Site, Double> cells = cells(name, values, point);
        List<Site> strongest = new ArrayList<>(cells.keySet());
        strongest.sort(Comparator.comparingDouble((Site site) -> -Math.abs(cells.get(site))));
        IntStream.concat(IntStream.range(0, CELLS), new Random(6).ints(CELLS, 0, strongest.size()))
            .mapToObj(strongest::get).forEach(site -> assertThat(pairs.recovered(site)).as("%s %s", name, site)
                .isCloseTo(cells.get(site), within(tolerance)));
    }

    @ParameterizedTest
    @CsvSource({"ioi/patch_resid_pre, RESID_PRE", "ioi/patch_attn_out, ATTN_OUT", "ioi/patch_mlp_out, MLP_OUT",
        "ioi/patch_z, Z", "ioi/patch_v, V", "ioi/patch_pattern, PATTERN", "ioi/patch_z_by_pos, Z"})
    void sweeps(String name, HookPoint point) {
        JsonObject array = entry("arrays", "name", name);

        assertSweep(name, array.getAsJsonArray("values"), point, array.get("tolerance").getAsDouble());
    }

    @ParameterizedTest
    @CsvSource({"0, Z", "1, Q", "2, K", "3, V", "4, PATTERN"})
    void theSweepOfEveryPartOfEveryHead(int index, HookPoint point) {
        JsonObject array = entry("arrays", "name", "ioi/patch_every_head");

        assertSweep("every_head " + point, array.getAsJsonArray("values").get(index).getAsJsonArray(), point,
            array.get("tolerance").getAsDouble());
    }

    // ---- attention ----

    @TestFactory
    Stream<DynamicTest> patterns() {
        return entries("patterns").map(entry -> DynamicTest.dynamicTest(entry.getAsJsonArray("heads").toString(), () -> {
            int[] ids = elements(entry.getAsJsonArray("tokens"))
                .mapToInt(text -> model.tokenizer().single(text.getAsString())).toArray();
            Run run = TestModels.run(model.gpt2(), ids, LAST.keeping(hook -> hook.point() == HookPoint.PATTERN));
            for (int i = 0; i < entry.getAsJsonArray("heads").size(); i++) {
                Head head = head(entry.getAsJsonArray("heads").get(i).getAsString());
                Tensor expected = matrix(entry.getAsJsonArray("attention").get(i).getAsJsonArray());
                Fixture.assertClose(head.toString(), run.cache().pattern(head), expected,
                    entry.get("tolerance").getAsDouble());
            }
        }));
    }

    private static Head head(String name) {
        Site site = Site.parse(name + ".pattern", model.gpt2().config());
        return new Head(site.hook().layer(), site.head().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous", "duplicate", "induction"})
    void headsOnRepeatedTokens(String kind) {
        JsonArray rows = Goldens.part("repeated").getAsJsonArray("tokens");
        List<Run> runs = elements(rows).map(row -> {
            int[] once = Fixture.ints(row.getAsJsonArray());
            int[] twice = IntStream.concat(IntStream.of(once), IntStream.of(once)).toArray();
            return TestModels.run(model.gpt2(), twice, LAST.keeping(hook -> hook.point() == HookPoint.PATTERN));
        }).toList();
        int length = rows.get(0).getAsJsonArray().size();
        int back = switch (kind) {
            case "previous" -> 1;
            case "duplicate" -> length;
            default -> length - 1;
        };
        JsonObject array = entry("arrays", "name", "repeated/" + kind);
        Tensor expected = matrix(array.getAsJsonArray("values"));
        for (int layer = 0; layer < 12; layer++) {
            for (int number = 0; number < 12; number++) {
                Head head = new Head(layer, number);
                assertThat(runs.stream().mapToDouble(run -> HeadDetector.diagonal(run.cache().pattern(head), back))
                    .average().orElseThrow()).as("%s %s", kind, head)
                    .isCloseTo(expected.get(layer, number), within(array.get("tolerance").getAsDouble()));
            }
        }
    }
}
