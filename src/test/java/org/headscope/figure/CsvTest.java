package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static List<List<String>> written(Figure figure) throws IOException {
        StringBuilder csv = new StringBuilder();
        Csv.write(figure, csv);
        return parse(csv.toString());
    }

    /** A reader of RFC 4180 that knows nothing of the writer. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append(csv.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return rows;
    }

    @Test
    void firstRowHoldsTheKeysAndFirstColumnTheQueries() throws IOException {
        List<List<String>> table = written(Samples.heatmap());
        assertThat(table.get(0)).containsExactly("query", "BOS", "Tom", "\u00b7went", "\u00b7home");
        assertThat(table).extracting(row -> row.get(0))
                .containsExactly("query", "BOS", "Tom", "\u00b7went", "\u00b7home");
    }

    @Test
    void futureIsEmptyAndNumbersAreWhole() throws IOException {
        float third = 1 / 3f;
        Matrix matrix = Matrix.attention(2, new float[] {1, 9, third, Float.NaN}, 0);
        Heatmap heatmap = Heatmap.attention("t", "", List.of("a", "b"), matrix, Scale.log());
        List<List<String>> table = written(heatmap);
        assertThat(table.get(1)).containsExactly("a", "1.0", "");
        assertThat(Float.parseFloat(table.get(2).get(1))).isEqualTo(third);
        assertThat(table.get(2).get(2)).isEqualTo("NaN");
    }

    @Test
    void labelsOfAnyCharactersComeBack() throws IOException {
        List<String> tokens = List.of(",", "\"", "a\r\nb", "");
        Heatmap heatmap = Heatmap.attention("t", "", tokens, Samples.attention(), Scale.absolute());
        assertThat(written(heatmap).get(0)).containsExactly("query", ",", "\"", "a\r\nb", "");
    }

    @Test
    void labelsAreTheTokensThemselves() throws IOException {
        List<String> tokens = List.of("=1+1", "+", "-", "@a");
        Heatmap heatmap = Heatmap.attention("t", "", tokens, Samples.attention(), Scale.absolute());
        assertThat(written(heatmap).get(0)).containsExactly("query", "=1+1", "+", "-", "@a");
    }

    @Test
    void headsAreNamedInFront() throws IOException {
        List<List<String>> table = written(Samples.grid(2, 2, Samples.attention(), Samples.TOKENS));
        assertThat(table).hasSize(1 + 4 * 4);
        assertThat(table.get(0)).startsWith("head", "query");
        assertThat(table.get(16)).containsExactly("L1H1", "\u00b7home", "0.0", "1.0", "0.0", "0.0");
    }

    @Test
    void mapsOfHeadsHaveLayersInFront() throws IOException {
        Matrix values = Matrix.of(2, 2, new float[] {1, 2, 3, 4});
        Heatmap sweep = Heatmap.ofHeads("Sweep", "", values, Scale.signed(4), "Effect");
        assertThat(written(sweep)).startsWith(List.of("layer", "H0", "H1"), List.of("L0", "1.0", "2.0"));
    }

    @Test
    void triptychNamesItsMaps() throws IOException {
        List<List<String>> table = written(Samples.triptych());
        assertThat(table.get(0)).startsWith("map", "query");
        assertThat(table).extracting(row -> row.get(0)).contains("clean", "corrupt", "difference");
        assertThat(table.get(12)).containsExactly("difference", "\u00b7home / \u00b7out", "-0.5", "0.75", "-0.25",
                "0.0");
        assertThat(table.get(9)).startsWith("difference", "BOS", "0.0");
    }
}
