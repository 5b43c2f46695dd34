package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadsCommandTest {

    private static final double TOLERANCE = 5e-6;
    private static final Fixture SMALL = Fixture.SMALL;

    @ParameterizedTest
    @CsvSource({"previous,mul,false,previous_token_head/mul", "duplicate,abs,true,duplicate_token_head/abs/no_bos",
        "induction,mul,true,induction_head/mul/no_bos"})
    void detectorsGiveTransformerLenssScores(String detector, String measure, boolean noBos, String expected) {
        JsonObject json = CommandRun.json("heads", SMALL.prompt("text"), "--model", CommandRun.model(SMALL),
            "--detector", detector, "--measure", measure, noBos ? "--exclude-bos" : "--threads=1");

        assertClose(json.getAsJsonArray("values"), SMALL.tensor("detect/" + expected));
        assertThat(json.get("detector").getAsString()).isEqualTo(detector);
        assertThat(json.get("measure").getAsString()).isEqualTo(measure);
    }

    @Test
    void previousIsTheDetectorThatIsTakenUnasked() {
        JsonObject json = CommandRun.json("heads", SMALL.prompt("text"), "--model", CommandRun.model(SMALL));

        assertClose(json.getAsJsonArray("values"), SMALL.tensor("detect/previous_token_head/mul"));
    }

    @Test
    void firstAndSelfMeetWhereOnlyTheyAreLeft() {
        JsonArray self = CommandRun.json("heads", "Tom", "--model", CommandRun.model(SMALL), "--detector", "self",
            "--exclude-bos").getAsJsonArray("values");
        JsonArray first = CommandRun.json("heads", "Tom", "--model", CommandRun.model(SMALL), "--detector", "first",
            "--exclude-current").getAsJsonArray("values");

        // Of two tokens, one attention is left in each: the second's to itself, the second's to the first.
        for (JsonArray values : List.of(self, first)) {
            values.forEach(layer -> layer.getAsJsonArray().forEach(
                value -> assertThat(value.getAsDouble()).isCloseTo(1, within(1e-9))));
        }
    }

    @Test
    void repeatedIdsGiveTransformerLenssScores() {
        JsonObject repeated = SMALL.facts().getAsJsonObject("repeated");
        JsonArray rows = repeated.getAsJsonArray("ids");
        JsonObject json = CommandRun.json("heads", "--ids",
            RunCommandTest.commas(Fixture.ints(rows.get(0).getAsJsonArray())),
            RunCommandTest.commas(Fixture.ints(rows.get(1).getAsJsonArray())), "--period",
            repeated.get("length").getAsString(), "--model", CommandRun.model(SMALL));

        JsonObject values = json.getAsJsonObject("values");
        for (String kind : List.of("induction", "duplicate", "previous")) {
            assertClose(values.getAsJsonArray(kind), SMALL.tensor("repeated/" + kind));
        }
        assertThat(json.getAsJsonArray("tokens")).hasSize(40);
        assertThat(json.getAsJsonArray("ids")).isEqualTo(rows);
    }

    @Test
    void randomTokensComeAgainFromTheSameSeed() {
        JsonObject first = repeat("3");
        JsonObject again = repeat("3");
        JsonObject other = repeat("4");

        assertThat(first.get("values")).isEqualTo(again.get("values"));
        assertThat(first.get("ids")).isNotEqualTo(other.get("ids"));
        assertThat(first.getAsJsonArray("ids")).hasSize(3);
        assertThat(first.getAsJsonArray("ids").get(2).getAsJsonArray()).hasSize(10);
        assertThat(first.get("seed").getAsInt()).isEqualTo(3);
    }

    private static JsonObject repeat(String seed) {
        return CommandRun.json("heads", "--repeat", "5", "--batch", "3", "--seed", seed, "--model",
            CommandRun.model(SMALL));
    }

    @Test
    void theBundledModelsInductionHeadStandsOut() {
        String out = CommandRun.of("heads", "--repeat", "50").succeeded().out();

        assertThat(out).contains("period   50, mean of 2 prompts", "strongest: L1H0 0.", "strongest: L0H0 0.9");
    }

    @Test
    void tokensThatOnlyReadAlikeAreToldApart() {
        String out = CommandRun.of("heads", "Tom went to the store. Tom", "--detector", "induction").succeeded().out();

        assertThat(out).contains("no head stands out", "“Tom” (1) and “·Tom” (7)");
    }

    @Test
    void tokensThatReadAlikeAreTakenAsTheSameOnRequest() {
        String out = CommandRun.of("heads", "Tom went to the store. Tom", "--detector", "induction", "--alike")
            .succeeded().out();

        assertThat(out).contains("strongest: L1H0").doesNotContain("read alike");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String small = CommandRun.model(SMALL);
        CommandRun.of("heads", "Tom", "--detector", "copying").isRefusedWith("“copying”", "previous, duplicate");
        CommandRun.of("heads", "Tom", "--measure", "sum").isRefusedWith("“sum”", "mul, abs");
        CommandRun.of("heads").isRefusedWith("no prompt");
        CommandRun.of("heads", "Tom", "went").isRefusedWith("2 prompts", "quotes");
        CommandRun.of("heads", "Tom", "--repeat", "5").isRefusedWith("leave the prompt");
        CommandRun.of("heads", "--repeat", "5", "--detector", "self").isRefusedWith("--detector");
        CommandRun.of("heads", "Tom", "--seed", "5").isRefusedWith("--repeat");
        CommandRun.of("heads", "--repeat", "1", "--model", small).isRefusedWith("at least 2");
        CommandRun.of("heads", "--repeat", "25", "--model", small).isRefusedWith("48", "at most 24");
        CommandRun.of("heads", "--repeat", "5", "--batch", "0", "--model", small).isRefusedWith("at least 1");
        CommandRun.of("heads", "--ids", "1,2,3", "--period", "3", "--model", small).isRefusedWith("at most 2");
        CommandRun.of("heads", "Tom", "--no-bos", "--model", small).isRefusedWith("at least two");
    }

    private static void assertClose(JsonArray actual, Tensor expected) {
        assertThat(actual).hasSize(expected.extent(0));
        for (int layer = 0; layer < actual.size(); layer++) {
            JsonArray heads = actual.get(layer).getAsJsonArray();
            assertThat(heads).hasSize(expected.extent(1));
            for (int head = 0; head < heads.size(); head++) {
                assertThat(heads.get(head).getAsDouble()).isCloseTo(expected.get(layer, head), within(TOLERANCE));
            }
        }
    }
}
