package org.headscope.window.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headscope.command.CommandRun;
import org.headscope.figure.Cell;
import org.headscope.session.Document;
import org.headscope.window.TestBench;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Continuing the prompt, without a screen. */
class GenerateViewModelTest {

    private static final TestBench BENCH = TestBench.demo();

    private final GenerateViewModel model = new GenerateViewModel(BENCH.workbench());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void startAnew() {
        BENCH.workbench().edit("", document -> Document.notebook());
        model.countProperty().set("6");
    }

    private Continued shown() {
        return model.shownProperty().get().orElseThrow();
    }

    private static List<Integer> ids(JsonObject json) {
        List<Integer> ids = new ArrayList<>();
        json.getAsJsonArray("ids").forEach(id -> ids.add(id.getAsInt()));
        return ids;
    }

    @Test
    void theTokensAreTheCommands() {
        model.start();

        JsonObject json = CommandRun.json("generate", Document.notebook().clean(), "--new", "6");
        assertThat(IntStream.of(shown().ids()).boxed()).containsExactlyElementsOf(ids(json));
        assertThat(shown().text()).isEqualTo(json.get("text").getAsString());
        assertThat(shown().steps().get(0).top()).hasSize(GenerateViewModel.CANDIDATES);
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.runningProperty().get()).isFalse();
    }

    @Test
    void drawnTokensAreTheCommandsToo() {
        model.temperatureProperty().set("1.5");
        model.topKProperty().set("40");
        model.topPProperty().set("0.9");
        model.seedProperty().set("3");
        model.start();

        assertThat(IntStream.of(shown().ids()).boxed()).containsExactlyElementsOf(ids(CommandRun.json("generate",
            Document.notebook().clean(), "--new", "6", "--temperature", "1.5", "--top-k", "40", "--top-p", "0.9",
            "--seed", "3")));
        assertThat(shown().how()).isEqualTo("temperature 1.5, top-k 40, top-p 0.9, seed 3");
    }

    @Test
    void tokensAreShownAsTheyCome() {
        List<Integer> counts = new ArrayList<>();
        model.shownProperty().addListener((observed, before, now) -> now.ifPresent(continued ->
            counts.add(continued.steps().size())));
        model.start();

        assertThat(counts).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void theGridOutlinesWhatWasChosen() {
        model.start();

        assertThat(shown().grid(0, 6).columns()).isEqualTo(6);
        assertThat(shown().grid(2, 3).text(new Cell(0, 0))).isEqualTo(shown().label(shown().ids()[2]));
        assertThat(model.taken(0, 6).orElseThrow().text().lines()).hasSize(1 + 6 * GenerateViewModel.CANDIDATES);
    }

    @Test
    void whatWasAddedCanBeAppendedAndTakenBack() {
        model.start();
        String added = shown().text();
        assertThat(model.appendableProperty().get()).isTrue();

        model.append();
        assertThat(BENCH.workbench().document().clean()).isEqualTo(Document.notebook().clean() + added);
        assertThat(model.appendableProperty().get()).isFalse();

        BENCH.workbench().undo();
        assertThat(BENCH.workbench().document().clean()).isEqualTo(Document.notebook().clean());
        assertThat(model.appendableProperty().get()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"count, none, The number of tokens is “none”", "count, 0, 0 new tokens", "count, 9999, 9",
        "temperature, warm, The temperature is “warm”", "temperature, -1, A temperature of -1.0",
        "top-k, 0, Top-k 0", "top-p, 2, Top-p 2.0", "seed, x, The seed is “x”"})
    void badNumbersAreRefusedInOneSentence(String field, String typed, String sentence) {
        switch (field) {
            case "count" -> model.countProperty().set(typed);
            case "temperature" -> model.temperatureProperty().set(typed);
            case "top-k" -> model.topKProperty().set(typed);
            case "top-p" -> model.topPProperty().set(typed);
            default -> model.seedProperty().set(typed);
        }
        model.start();

        assertThat(model.problemProperty().get()).startsWith(sentence).endsWith(".");
        assertThat(model.shownProperty().get()).isEmpty();
        assertThat(model.runningProperty().get()).isFalse();
    }

    @Test
    void anEmptyPromptIsRefused() {
        BENCH.typeClean("");
        model.start();

        assertThat(model.problemProperty().get()).contains("empty");
    }

    @Test
    void cancellingKeepsWhatThereIs() {
        model.shownProperty().addListener((observed, before, now) -> {
            if (now.filter(continued -> continued.steps().size() == 2).isPresent()) {
                model.cancel();
            }
        });
        model.start();

        assertThat(shown().steps()).hasSize(2);
        assertThat(model.problemProperty().get()).isEqualTo("Cancelled after 2 of 6 tokens.");
        assertThat(model.appendableProperty().get()).isTrue();
    }

    @Test
    void anotherPromptStopsIt() {
        BENCH.background().hold(Lane.GENERATE);
        model.start();
        assertThat(model.runningProperty().get()).isTrue();
        BENCH.typeClean("The student");
        BENCH.background().release();

        assertThat(model.runningProperty().get()).isFalse();
        assertThat(model.shownProperty().get()).isEmpty();
    }

    @Test
    void beforeThereIsAModelItSaysSo() {
        try (TestBench empty = TestBench.empty()) {
            GenerateViewModel early = new GenerateViewModel(empty.workbench());
            early.start();
            assertThat(early.problemProperty().get()).isEqualTo("The model is still being loaded.");
        }
    }
}
