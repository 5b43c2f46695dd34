package org.headscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.headscope.model.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PdfTest {

    static Stream<Figure> figures() {
        Matrix odd = Matrix.of(3, 3, new float[] {1, 0, 0, 1, Float.NaN, 0, 1, 1, 2})
            .withNotComputed((row, column) -> row == 2 && column == 0).withIdenticalRowsBefore(1);
        return Stream.of(Samples.heatmap().withSelected(new Cell(3, 1)).withCellValues(), Samples.triptych(),
            Samples.grid(3, 4, Samples.attention(), Samples.TOKENS).withFocus(new Head(1, 2)),
            new Heatmap("Odd", "", Axis.layers(3), Axis.heads(3), odd, Scale.absolute(), "Score", null, false));
    }

    private static byte[] pdf(Drawing drawing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Pdf.write(drawing, bytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void itIsThePictureThatThePngIs(Figure figure) throws IOException {
        Drawing drawing = figure.draw(Theme.DARK);
        BufferedImage expected = Png.image(drawing, 1);
        try (PDDocument document = Loader.loadPDF(pdf(drawing))) {
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 96);
            assertThat(image.getWidth()).isEqualTo(expected.getWidth());
            assertThat(image.getHeight()).isEqualTo(expected.getHeight());
            // Edges of letters and lines fall differently on pixels; areas must not.
            assertThat(shareOfDifferent(image, expected)).isLessThan(0.04);
        }
    }

    private static double shareOfDifferent(BufferedImage image, BufferedImage expected) {
        long different = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (Rgb.distance(image.getRGB(x, y), expected.getRGB(x, y)) > 3 * 40 * 40) {
                    different++;
                }
            }
        }
        return different / (double) (image.getWidth() * image.getHeight());
    }

    @ParameterizedTest
    @MethodSource("figures")
    void itsTextsCanBeReadAndSearched(Figure figure) throws IOException {
        Drawing drawing = figure.draw(Theme.LIGHT);
        try (PDDocument document = Loader.loadPDF(pdf(drawing))) {
            String read = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(drawing.marks()).filteredOn(mark -> mark instanceof Mark.Text text && text.rise() == 0)
                .allSatisfy(mark -> assertThat(read).contains(((Mark.Text) mark).content()));
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo(figure.title());
        }
    }

    @Test
    void thePageHasTheSizeInPrint() throws IOException {
        FigureOptions usual = FigureOptions.usual();
        Drawing drawing = Samples.heatmap().draw(new FigureOptions(85, 300, 8, usual.colors(), false, usual.slant(),
            usual.parts()).page());
        try (PDDocument document = Loader.loadPDF(pdf(drawing))) {
            assertThat(document.getPage(0).getMediaBox().getWidth() / 72 * 25.4).isCloseTo(85, offset(0.01));
            assertThat(document.getNumberOfPages()).isEqualTo(1);
        }
    }

    @Test
    void cellsAreShapesUntilThereAreTooMany() throws IOException {
        assertThat(images(Samples.heatmap())).isZero();
        assertThat(images(Heatmap.attention("t", "", Samples.tokens(200), Samples.even(200), Scale.absolute())))
            .isPositive();
    }

    private static long images(Figure figure) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(figure.draw(Theme.LIGHT)))) {
            PDResources resources = document.getPage(0).getResources();
            Iterable<COSName> names = resources.getXObjectNames();
            return StreamSupport.stream(names.spliterator(), false).filter(resources::isImageXObject).count();
        }
    }

    @Test
    void scriptsThatInterLacksAreDrawn() throws IOException {
        Heatmap heatmap = Heatmap.attention("中文 ok", "", List.of("שלום", "ẹ́", "😀", "\u0001"), Samples.attention(),
            Scale.absolute());
        try (PDDocument document = Loader.loadPDF(pdf(heatmap.draw(Theme.LIGHT)))) {
            assertThat(new PDFTextStripper().getText(document)).contains("ok");
        }
    }

    @Test
    void theSameDrawingIsTheSameFile() throws IOException {
        Drawing drawing = Samples.triptych().draw(Theme.LIGHT);
        assertThat(pdf(drawing)).isEqualTo(pdf(drawing));
    }
}
