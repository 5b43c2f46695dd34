package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.headscope.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {

    @TempDir
    private Path folder;

    private static FigureOptions with(double dotsPerInch) {
        FigureOptions usual = FigureOptions.usual();
        return new FigureOptions(usual.millimetres(), dotsPerInch, usual.points(), usual.colors(), usual.dark(),
            usual.slant(), usual.parts());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void theEndingPicksTheFormat() throws IOException {
        Heatmap heatmap = Samples.heatmap();
        Path png = folder.resolve("a.PNG");
        FigureFile.write(png, heatmap);
        FigureFile.write(folder.resolve("a.svg"), heatmap);
        FigureFile.write(folder.resolve("a.pdf"), heatmap);
        FigureFile.write(folder.resolve("a.csv"), heatmap);
        assertThat(ImageIO.read(png.toFile()).getWidth()).isBetween(600, 800);
        assertThat(folder.resolve("a.svg")).content().startsWith("<?xml");
        assertThat(folder.resolve("a.pdf")).content(StandardCharsets.ISO_8859_1).startsWith("%PDF");
        assertThat(folder.resolve("a.csv")).content().startsWith("query,BOS");
        assertThat(files()).isEqualTo(4);
    }

    @Test
    void unknownEndingsAreRefusedInOneSentence() throws IOException {
        assertThatThrownBy(() -> FigureFile.write(folder.resolve("a.bmp"), Samples.heatmap()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a.bmp").hasMessageContaining(".png, .svg, .pdf or .csv");
        assertThatThrownBy(() -> FigureFile.write(folder.resolve("png"), Samples.heatmap()))
                .isInstanceOf(Refusal.class);
        assertThat(files()).isZero();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing/a.png");
        assertThatThrownBy(() -> FigureFile.write(file, Samples.heatmap())).isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("there is no folder");
    }

    @Test
    void aFolderIsNeverReplaced() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("a.png"));
        assertThatThrownBy(() -> FigureFile.write(taken, Samples.heatmap())).isInstanceOf(Refusal.class)
                .hasMessageContaining("a folder has this name");
        assertThat(taken).isDirectory();
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Heatmap wide = Samples.heatmap();
        Path old = Files.writeString(folder.resolve("a.png"), "old");
        assertThatThrownBy(() -> FigureFile.write(old, wide, Csv.table(wide), with(2401), Map.of()))
                .isInstanceOf(Refusal.class);
        assertThat(old).hasContent("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aSuccessReplacesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.svg"), "old");
        FigureFile.write(file, Samples.heatmap());
        assertThat(file).content().startsWith("<?xml");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void tablesAreWrittenAsTheyAre() throws IOException {
        Path file = folder.resolve("table.txt");
        FigureFile.writeTable(file, List.of(List.of("layer", "token"), List.of("0", "a, \"b\"")));
        assertThat(Files.readString(file)).isEqualTo("layer,token\r\n0,\"a, \"\"b\"\"\"\r\n");
        assertThat(files()).isEqualTo(1);
    }
}
