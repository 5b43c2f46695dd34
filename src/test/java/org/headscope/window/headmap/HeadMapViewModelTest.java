package org.headscope.window.headmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.headscope.figure.Raster;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.ScaleChoice;
import org.headscope.session.Which;
import org.headscope.weights.Processing;
import org.headscope.window.AttentionMaps;
import org.headscope.window.TestBench;
import org.headscope.window.headmap.HeadMapViewModel.Thumbnails;
import org.headscope.window.work.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadMapViewModelTest {

    private static final Head HEAD = new Head(1, 2);

    private final TestBench bench = TestBench.tiny();
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
    private final HeadMapViewModel model = new HeadMapViewModel(bench.workbench(), bench.view(), theme);

    @AfterEach
    void close() {
        bench.close();
    }

    private Thumbnails shown() {
        return model.thumbnailsProperty().get().orElseThrow();
    }

    private int[] pixels() {
        return shown().rasters().get(HEAD).argb();
    }

    @Test
    void everyHeadHasAThumbnailOfOnePixelACell() {
        assertThat(shown().layers()).isEqualTo(3);
        assertThat(shown().heads()).isEqualTo(4);
        assertThat(shown().rasters()).hasSize(12);
        assertThat(shown().rasters().get(HEAD).width()).isEqualTo(bench.pair().clean().size());
        assertThat(model.title()).isEqualTo("Attention, clean run");
    }

    @Test
    void theMapFillsLayerByLayerWithoutDrawingALayerTwice() {
        List<Thumbnails> seen = new ArrayList<>();
        model.thumbnailsProperty().addListener((observed, before, now) -> seen.add(now.orElseThrow()));
        bench.typeClean("layer by layer");

        assertThat(seen).extracting(thumbnails -> thumbnails.rasters().size())
            .startsWith(0, 4, 8, 12).endsWith(12);
        assertThat(seen.get(3).rasters().get(new Head(0, 0))).isSameAs(seen.get(1).rasters().get(new Head(0, 0)));
    }

    @Test
    void anotherRunHasOtherThumbnails() {
        int[] clean = pixels();
        bench.view().whichProperty().set(Which.CORRUPT);
        assertThat(pixels()).isNotEqualTo(clean);
        assertThat(model.title()).isEqualTo("Attention, corrupt run");

        bench.view().whichProperty().set(Which.DIFFERENCE);
        assertThat(shown().shading().scale().isSigned()).isTrue();
    }

    @Test
    void scaleAndHiddenColumnAndThemeChangeTheColours() {
        int[] absolute = pixels();
        bench.view().scaleProperty().set(ScaleChoice.LOG);
        int[] log = pixels();
        assertThat(log).isNotEqualTo(absolute);

        bench.view().hideFirstProperty().set(true);
        assertThat(pixels()).isNotEqualTo(log);
        assertThat(pixels()[0]).isZero();

        bench.view().hideFirstProperty().set(false);
        bench.view().scaleProperty().set(ScaleChoice.ABSOLUTE);
        theme.set(Theme.DARK);
        assertThat(pixels()).isNotEqualTo(absolute);
    }

    @Test
    void smallerCellsArePooledIntoFewerPixels() {
        model.pixelsProperty().set(4);

        assertThat(shown().rasters().get(HEAD).width()).isEqualTo(4);
    }

    @Test
    void aMissingRunLeavesTheMapHatched() {
        bench.typeCorrupt("");
        bench.view().whichProperty().set(Which.CORRUPT);

        assertThat(shown().rasters()).isEmpty();
        assertThat(shown().layers()).isEqualTo(3);
    }

    @Test
    void theNewestWishIsDrawn() {
        bench.background().hold(Lane.THUMBNAILS);
        bench.view().scaleProperty().set(ScaleChoice.LOG);
        bench.view().scaleProperty().set(ScaleChoice.SQRT);
        bench.background().release();

        assertThat(shown().shading().scale()).isEqualTo(ScaleChoice.SQRT.scale(Which.CLEAN));
    }

    @Test
    void whatWasDrawnForAnotherModelIsNotShown() {
        bench.typeClean("");
        bench.background().hold(Lane.THUMBNAILS);
        bench.view().scaleProperty().set(ScaleChoice.LOG);
        bench.workbench().open("demo", Processing.TRANSFORMERLENS);
        bench.background().release();

        assertThat(shown().layers()).isEqualTo(4);
        assertThat(shown().rasters()).isEmpty();
    }

    @Test
    void headsAreNamedBestFirstAndOnlyWhereTheyStandOut() {
        try (TestBench demo = TestBench.demo()) {
            var named = HeadMapViewModel.named(demo.workbench().probeProperty().get());

            assertThat(named).extracting(HeadMapViewModel.Named::kind)
                .containsExactly("Induction", "Previous token", "Duplicate token");
            assertThat(named.get(0).heads().get(0)).isEqualTo(TestBench.INDUCTION);
            assertThat(named).allSatisfy(kind -> assertThat(kind.heads()).hasSizeLessThanOrEqualTo(3)
                .allMatch(head -> kind.scores().get(head) >= 0.1));
        }
        assertThat(HeadMapViewModel.named(Optional.empty())).isEmpty();
    }

    @Test
    void thumbnailsLookLikeTheLargeMap() {
        assertThat(pixels()).isEqualTo(Raster.of(
            AttentionMaps.of(bench.pair(), HEAD, Which.CLEAN, false).orElseThrow(),
            shown().shading()).argb());
    }
}
