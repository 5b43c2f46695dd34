package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgTest {

    static Stream<Figure> figures() {
        return Stream.of(Samples.heatmap().withSelected(new Cell(3, 1)).withCellValues(), Samples.triptych(),
                Samples.row(5), Samples.grid(3, 4, Matrix.pending(4), Samples.TOKENS).withFocus(new Head(1, 2)));
    }

    private static Document parse(Drawing drawing) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(Svg.of(drawing))));
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureIsAnXmlDocumentWithItsTexts(Figure figure) throws Exception {
        Drawing drawing = figure.draw(Theme.DARK);
        Document document = parse(drawing);
        assertThat(texts(document)).isEqualTo(drawing.texts()).contains(figure.title());
        assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(figure.title());
    }

    @Test
    void labelsAreTextsInInter() throws Exception {
        Document document = parse(Samples.heatmap().draw(Theme.LIGHT));
        assertThat(texts(document)).contains("BOS", "Tom", "\u00b7went", "\u00b7home", "Query (destination)",
                "Key (source)", "Attention", "0.25");
        assertThat(document.getElementsByTagName("style").item(0).getTextContent()).contains("Inter");
    }

    @Test
    void labelsThatLookLikeMarkupStayLabels() throws Exception {
        List<String> tokens = List.of("<a>", "&amp;", "\"'", "\u0001");
        Drawing drawing = Heatmap.attention("<t>", "", tokens, Samples.attention(), Scale.absolute())
                .draw(Theme.LIGHT);
        assertThat(texts(parse(drawing))).contains("<a>", "&amp;", "\"'", "\ufffd", "<t>");
    }

    @Test
    void neighboursOfOneColourAreOneRectangle() {
        Raster raster = Raster.of(4, 1, new int[] {Rgb.of("#ff0000"), Rgb.of("#ff0000"), 0, Rgb.of("#00ff00")});
        Drawing drawing = new Drawing("d", 8, 2, Rgb.of("#ffffff"),
                List.of(new Mark.Cells(new Mark.Area(0, 0, 8, 2), raster, 0)));
        assertThat(Svg.of(drawing))
                .contains("<rect x=\"0\" y=\"0\" width=\"4\" height=\"2\" fill=\"#ff0000\"/>")
                .contains("<rect x=\"6\" y=\"0\" width=\"2\" height=\"2\" fill=\"#00ff00\"/>");
    }

    @Test
    void manyCellsAreEmbeddedAsPixels() throws Exception {
        Heatmap heatmap = Heatmap.attention("t", "", Samples.tokens(200), Samples.even(200), Scale.absolute());
        Document document = parse(heatmap.draw(Theme.LIGHT));
        assertThat(document.getElementsByTagName("image").getLength()).isPositive();
        assertThat(document.getElementsByTagName("rect").getLength()).isLessThan(20);
    }
}
