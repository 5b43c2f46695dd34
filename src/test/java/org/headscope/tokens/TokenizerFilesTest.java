package org.headscope.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFilesTest {

    @TempDir
    private Path folder;

    static Stream<Fixture> models() {
        return Stream.of(Fixture.TINY, Fixture.DEMO);
    }

    @ParameterizedTest
    @MethodSource("models")
    void vocabularyAndMergesGiveTheSameIds(Fixture fixture) throws IOException {
        Path model = fixture.model().path();
        writeVocabularyAndMerges(model.resolve("tokenizer.json"));
        try (Tokenizer whole = Tokenizer.load(model); Tokenizer parts = Tokenizer.load(folder)) {
            assertThat(parts.size()).isEqualTo(whole.size());
            assertThat(parts.bos()).isEqualTo(whole.bos());
            for (String text : TokenizerTest.randomTexts(new Random(3), 300)) {
                Prompt prompt = parts.prompt(text, true);
                assertThat(prompt).isEqualTo(whole.prompt(text, true));
                TokenizerTest.assertCovers(prompt);
            }
        }
    }

    @Test
    void readsTheVocabularyAndMergesOfAModel() throws IOException {
        for (String file : new String[] {"vocab.json", "merges.txt"}) {
            Files.copy(Fixture.SMALL.model().path().resolve(file), folder.resolve(file));
        }
        try (Tokenizer whole = Tokenizer.load(Fixture.SMALL.model().path()); Tokenizer parts = Tokenizer.load(folder)) {
            String text = "A head that looks back,\r\nand 🦄 <|endoftext|> looks back at it.";
            assertThat(parts.prompt(text, true)).isEqualTo(whole.prompt(text, true));
        }
    }

    @Test
    void readsMergesWithWindowsLineEnds() throws IOException {
        writeVocabularyAndMerges(Fixture.TINY.model().path().resolve("tokenizer.json"));
        Path merges = folder.resolve("merges.txt");
        Files.writeString(merges, Files.readString(merges).replace("\n", "\r\n"));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.prompt(" the store", false).ids()).containsExactly(259, 398);
        }
    }

    @Test
    void readsAFolderInsideAZip() throws IOException {
        Path zip = folder.resolve("model.zip");
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.copy(Fixture.TINY.model().path().resolve("tokenizer.json"), files.getPath("/tokenizer.json"));
            try (Tokenizer tokenizer = Tokenizer.load(files.getPath("/"))) {
                assertThat(tokenizer.prompt("Tom went", true).ids()).containsExactly(439, 279, 275);
            }
        }
    }

    @Test
    void aFileThatTruncatesAndPadsDoesNot() throws IOException {
        writeChanged(root -> {
            root.add("truncation", JsonParser.parseString(
                "{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}"));
            root.add("padding", JsonParser.parseString("{\"strategy\":{\"Fixed\":32},\"direction\":\"Right\","
                + "\"pad_to_multiple_of\":null,\"pad_id\":439,\"pad_type_id\":0,\"pad_token\":\"<|endoftext|>\"}"));
        });
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.prompt("Tom went to the store. Tom", false).size()).isEqualTo(7);
        }
    }

    @Test
    void bosOutsideTheAddedTokensIsStillOneToken() throws IOException {
        writeChanged(root -> {
            root.getAsJsonObject("model").getAsJsonObject("vocab").addProperty("<|endoftext|>", 439);
            root.add("added_tokens", new JsonArray());
        });
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.bos()).isEqualTo(439);
            assertThat(tokenizer.prompt("Tom<|endoftext|>", true).ids()).containsExactly(439, 279, 439);
        }
    }

    @Test
    void withoutBosOnlyPromptsWithoutItAreMade() throws IOException {
        writeChanged(root -> root.add("added_tokens", new JsonArray()));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.size()).isEqualTo(439);
            assertThat(tokenizer.prompt("Tom", false).ids()).containsExactly(279);
            assertThatThrownBy(() -> tokenizer.prompt("Tom", true)).isInstanceOf(TokenizerRefusal.class)
                .hasMessageContaining("<|endoftext|>").hasMessageContaining("turn BOS off");
        }
    }

    @Test
    void aTokenizerThatPutsASpaceFirstStillPlacesItsTokens() throws IOException {
        writeChanged(root -> root.getAsJsonObject("pre_tokenizer").addProperty("add_prefix_space", true));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            Prompt prompt = tokenizer.prompt("Tom 🦄", false);
            assertThat(prompt.texts()).startsWith(" Tom");
            assertThat(prompt.tokens().get(0)).extracting(Token::start, Token::end).isEqualTo(
                tuple(0, 3).toList());
            assertThat(prompt.tokens().get(prompt.size() - 1).end()).isEqualTo("Tom 🦄".length());
        }
    }

    @Test
    void idsMayHaveGaps() throws IOException {
        writeChanged(root -> root.getAsJsonArray("added_tokens").get(0).getAsJsonObject().addProperty("id", 450));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.size()).isEqualTo(451);
            assertThat(tokenizer.text(445)).isEmpty();
            assertThat(tokenizer.token(445).label()).isEqualTo("#445");
            assertThat(tokenizer.ofIds(279, 445, 275).tokens()).extracting(Token::start, Token::end)
                .containsExactly(tuple(0, 3), tuple(3, 3), tuple(3, 8));
        }
    }

    @Test
    void refusesAFolderWithoutTokenizer() {
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class)
            .hasMessageStartingWith("“" + folder + "” has no tokenizer").hasMessageContaining("tokenizer.json");
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("missing"))).isInstanceOf(TokenizerRefusal.class);
    }

    @ParameterizedTest
    @CsvSource({"vocab.json,merges.txt", "merges.txt,vocab.json"})
    void refusesOneFileOfTwo(String there, String missing) throws IOException {
        Files.writeString(folder.resolve(there), "{}");
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class)
            .hasMessageStartingWith("“" + folder.resolve(missing) + "” is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "not json", "[]", "{}", "{\"model\":{}}", "{\"model\":{\"type\":\"BPE\",\"vocab\":[],\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[[\"x\",\"y\"]]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0.5},\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":\"b\"},\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":1e300},\"merges\":[]}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"▁a\":0},\"merges\":[]}}",
        "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}}"})
    void refusesABrokenTokenizer(String content) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, content);
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOfSatisfying(TokenizerRefusal.class,
            refusal -> assertThat(refusal.getMessage()).startsWith("“" + file + "” is not a tokenizer")
                .endsWith("replace it with the one that came with the model.").doesNotContain("\n"));
    }

    /** The library would end the process. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "{\"type\":\"Unknown\"}", "{\"type\":[]}", "{x}", "{\"type\":\"Split\"}", "\"}\"", "{\"a\":[{}]}"})
    void aBrokenDecoderIsNeverLookedAt(String decoder) throws IOException {
        String good = read(Fixture.TINY.model().path().resolve("tokenizer.json")).toString();
        String end = "\"decoder\" : ";
        Files.writeString(folder.resolve("tokenizer.json"), good.substring(0, good.length() - 1) + "," + end + decoder + "}");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.prompt("Tom", false).ids()).containsExactly(279);
        } catch (TokenizerRefusal notJson) {
            assertThat(decoder).isEqualTo("{x}");
        }
    }

    @Test
    void namesSpelledWithEscapesAreRefused() throws IOException {
        String good = read(Fixture.TINY.model().path().resolve("tokenizer.json")).toString();
        Files.writeString(folder.resolve("tokenizer.json"),
            good.substring(0, good.length() - 1) + ",\"\\u0064ecoder\":[]}");
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"a\":null}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":true}", "{\"a\":-1}"})
    void refusesABrokenVocabulary(String content) throws IOException {
        Path file = folder.resolve("vocab.json");
        Files.writeString(file, content);
        Files.writeString(folder.resolve("merges.txt"), "");
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class)
            .hasMessageStartingWith("“" + file + "” is not a tokenizer");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Files.write(folder.resolve("tokenizer.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class);
    }

    @ParameterizedTest
    @CsvSource({"'a b c',is no pair", "'a',is no pair", "'a b',merges to"})
    void refusesBrokenMerges(String line, String reason) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0,\"b\":1}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + line + "\n");
        assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(TokenizerRefusal.class)
            .hasMessageContaining(folder.resolve("merges.txt").toString()).hasMessageContaining("line 2 " + reason);
    }

    private void writeChanged(Consumer<JsonObject> change) throws IOException {
        JsonObject root = read(Fixture.TINY.model().path().resolve("tokenizer.json"));
        change.accept(root);
        Files.writeString(folder.resolve("tokenizer.json"), root.toString());
    }

    private void writeVocabularyAndMerges(Path tokenizer) throws IOException {
        JsonObject root = read(tokenizer);
        JsonObject vocabulary = root.getAsJsonObject("model").getAsJsonObject("vocab");
        JsonElement bos = root.getAsJsonArray("added_tokens").get(0);
        vocabulary.add("<|endoftext|>", bos.getAsJsonObject().get("id"));
        Files.writeString(folder.resolve("vocab.json"), vocabulary.toString());
        String merges = root.getAsJsonObject("model").getAsJsonArray("merges").asList().stream()
            .map(pair -> pair.getAsJsonArray().get(0).getAsString() + " " + pair.getAsJsonArray().get(1).getAsString())
            .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + merges + "\n");
    }

    private static JsonObject read(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
