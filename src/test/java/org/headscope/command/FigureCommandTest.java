package org.headscope.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.headscope.Fixture;
import org.headscope.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureCommandTest {

    private static final String MODEL = CommandRun.model(Fixture.TINY);
    private static final String CLEAN = Fixture.TINY.prompt("clean");
    private static final String CORRUPT = Fixture.TINY.prompt("corrupt");

    @TempDir
    private Path folder;

    @Test
    void aHeadsTableHoldsItsPattern() throws IOException {
        List<String> lines = Files.readAllLines(draw("head.csv", "--layer", "1", "--head", "2"));

        Tensor pattern = Fixture.TINY.tensor("clean/blocks.1.attn.hook_pattern").slice(0, 2);
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0)).isEqualTo("query,BOS,Tom,·went,·to,·the,·store,.,·Tom");
        String[] last = lines.get(8).split(",");
        assertThat(last[0]).isEqualTo("·Tom");
        assertThat(IntStream.range(0, 8).mapToObj(key -> Float.parseFloat(last[key + 1])))
            .usingElementComparator((a, b) -> Math.abs(a - b) <= 5e-6 ? 0 : 1)
            .containsExactlyElementsOf(IntStream.range(0, 8).mapToObj(key -> pattern.get(7, key)).toList());
    }

    @Test
    void aHeadIsNamedEitherWay() throws IOException {
        assertThat(Files.readString(draw("name.csv", "--head", "L1H2")))
            .isEqualTo(Files.readString(draw("number.csv", "--layer", "1", "--head", "2")));
    }

    @Test
    void someHeadsALayerAndAllAreNamedInTheTable() throws IOException {
        assertThat(heads(draw("some.csv", "--layer", "1", "--head", "2,0"))).containsExactly("L1H2", "L1H0");
        assertThat(heads(draw("words.csv", "--head", "L0H1", "L2H3"))).containsExactly("L0H1", "L2H3");
        assertThat(heads(draw("layer.csv", "--layer", "2"))).containsExactly("L2H0", "L2H1", "L2H2", "L2H3");
        assertThat(heads(draw("all.csv"))).hasSize(12).startsWith("L0H0").endsWith("L2H3");
        assertThat(heads(draw("pair.csv", "--head", "L0H1", "--corrupt", CORRUPT)))
            .containsExactly("clean", "corrupt", "difference");
        assertThat(heads(draw("pairs.csv", "--corrupt", CORRUPT))).hasSize(12);
    }

    @Test
    void picturesAreWrittenByEnding() throws IOException {
        Path png = draw("grid.png");
        Path svg = draw("layer.SVG", "--layer", "0", "--corrupt", CORRUPT);

        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(400);
        assertThat(Files.readString(svg)).startsWith("<").contains("clean − corrupt");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(png, svg);
        }
    }

    @Test
    void aWidthAndAResolutionMakeThePicture() throws IOException {
        Path column = draw("column.png", "--head", "L0H0", "--width-mm", "85", "--dpi", "300", "--font-size", "8");
        assertThat(ImageIO.read(column.toFile()).getWidth()).isEqualTo(1004);
        Path bare = draw("bare.svg", "--head", "L0H0", "--no-legend", "--no-heading", "--colors", "greys", "--dark",
            "--labels", "rising");
        assertThat(Files.readString(bare)).contains("#15181c", "rotate(-45)").doesNotContain("absolute", "L0H0 attention</text>");
        assertThat(Files.readAllBytes(draw("head.pdf", "--head", "L0H0"))).startsWith('%', 'P', 'D', 'F');
    }

    @Test
    void sizesThatFitNoFigureAreRefused() {
        String file = folder.resolve("x.pdf").toString();
        CommandRun.of("figure", CLEAN, "--out", file, "--width-mm", "5").isRefusedWith("20 to 1000 mm", "5");
        CommandRun.of("figure", CLEAN, "--out", file, "--width-mm", "0").isRefusedWith("20 to 1000 mm", "not 0");
        CommandRun.of("figure", CLEAN, "--out", file, "--width-mm", "30", "--font-size", "24")
            .isRefusedWith("no room", "30 mm");
        CommandRun.of("figure", CLEAN, "--out", file, "--font-size", "0").isRefusedWith("3 to 72 points");
        CommandRun.of("figure", CLEAN, "--out", file, "--dpi", "1e9").isRefusedWith("36 to 2400");
        CommandRun.of("figure", CLEAN, "--out", file, "--colors", "jet").isRefusedWith("“jet”", "viridis");
    }

    @Test
    void theAnswerNamesThePromptsAndTheFile() {
        Path file = folder.resolve("triptych.svg");
        JsonObject json = CommandRun.json("figure", CLEAN, "--corrupt", CORRUPT, "--head", "L0H0", "--out",
            file.toString(), "--model", MODEL);

        assertThat(json.getAsJsonArray("files").get(0).getAsString()).isEqualTo(file.toString());
        assertThat(json.keySet()).contains("clean", "corrupt", "seconds").doesNotContain("tokens");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        String file = folder.resolve("x.png").toString();
        CommandRun.of("figure", CLEAN, "--out", "x.bmp").isRefusedWith("x.bmp", ".svg, .pdf");
        CommandRun.of("figure", CLEAN).isRefusedWith("--out");
        CommandRun.of("figure", CLEAN, "--out", folder.resolve("no/x.png").toString()).isRefusedWith("no folder");
        Path named = Files.createDirectory(folder.resolve("y.png"));
        CommandRun.of("figure", CLEAN, "--out", named.toString()).isRefusedWith("is a folder");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--layer", "3")
            .isRefusedWith("layer 3", "0 to 2");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--layer", "-1").isRefusedWith("layer -1");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--head", "L0H4").isRefusedWith("head 4");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--head", "1").isRefusedWith("--layer");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--head", "H1").isRefusedWith("“H1”");
        CommandRun.of("figure", CLEAN, "--model", MODEL, "--out", file, "--corrupt", "Tom")
            .isRefusedWith("8 and 2 tokens");
        assertThat(Path.of(file)).doesNotExist();
    }

    private Path draw(String name, String... more) {
        Path file = folder.resolve(name);
        String[] args = Stream.concat(Stream.of("figure", CLEAN, "--model", MODEL, "--out", file.toString()),
            Stream.of(more)).toArray(String[]::new);
        CommandRun.of(args).succeeded();
        return file;
    }

    private static List<String> heads(Path csv) throws IOException {
        return Files.readAllLines(csv).stream().skip(1).map(line -> line.substring(0, line.indexOf(','))).distinct()
            .toList();
    }
}
