package org.headscope.window.headmap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import org.headscope.analysis.HeadScores;
import org.headscope.analysis.RepeatedTokens;
import org.headscope.figure.Raster;
import org.headscope.figure.Shading;
import org.headscope.figure.Theme;
import org.headscope.model.Head;
import org.headscope.session.Which;
import org.headscope.weights.Gpt2Config;
import org.headscope.window.Pair;
import org.headscope.window.ViewState;
import org.headscope.window.Workbench;
import org.headscope.window.work.Job;
import org.headscope.window.work.Lane;

/** A thumbnail for every head of every layer, drawn in the background as layers are computed. */
public final class HeadMapViewModel {

    private static final double WORTH_NAMING = 0.1;
    private static final int NAMED = 3;
    /** Thumbnails of more tokens take long enough for a person to see them come. */
    private static final int SHOWN_AT_ONCE = 256;
    private static final long SHOWN_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    /** All that a thumbnail's look depends on, but for how many layers are done. */
    private record Look(int pair, Which which, boolean hideFirst, Shading shading, int pixels) {
    }

    /**
     * What is drawn so far.
     *
     * @param rasters of the heads whose layers are done
     */
    public record Thumbnails(int layers, int heads, Map<Head, Raster> rasters, Shading shading) {
    }

    /** A kind of head, and the heads that are of it, best first. */
    public record Named(String kind, List<Head> heads, HeadScores scores) {
    }

    private final Workbench workbench;
    private final ViewState view;
    private final ObservableValue<Theme> theme;
    private final IntegerProperty pixels = new SimpleIntegerProperty(Raster.THUMBNAIL);
    private final ReadOnlyObjectWrapper<Optional<Thumbnails>> thumbnails =
        new ReadOnlyObjectWrapper<>(Optional.empty());
    private final PooledHeads pooled = new PooledHeads();
    private Look drawn;

    public HeadMapViewModel(Workbench workbench, ViewState view, ObservableValue<Theme> theme) {
        this.workbench = workbench;
        this.view = view;
        this.theme = theme;
        Stream.of(workbench.pairProperty(), workbench.modelProperty(), view.whichProperty(), view.scaleProperty(),
            view.hideFirstProperty(), theme, pixels)
            .forEach(cause -> cause.addListener((observed, before, now) -> draw()));
        draw();
    }

    public ReadOnlyObjectProperty<Optional<Thumbnails>> thumbnailsProperty() {
        return thumbnails.getReadOnlyProperty();
    }

    /** The side of a thumbnail on the screen, in pixels. */
    public IntegerProperty pixelsProperty() {
        return pixels;
    }

    /** What the map shows, in words. */
    public String title() {
        return "Attention, " + view.whichProperty().get().phrase();
    }

    /** The heads that stand out on repeated random tokens, a kind each; empty until they are measured. */
    public static List<Named> named(Optional<RepeatedTokens.Scores> probe) {
        return probe.map(scores -> List.of(named("Induction", scores.induction()),
            named("Previous token", scores.previous()), named("Duplicate token", scores.duplicate())))
            .orElse(List.of());
    }

    private static Named named(String kind, HeadScores scores) {
        return new Named(kind, scores.ranked().stream().filter(head -> scores.get(head) >= WORTH_NAMING).limit(NAMED)
            .toList(), scores);
    }

    private void draw() {
        Which which = view.whichProperty().get();
        Shading shading = theme.getValue().shading(view.scaleProperty().get().scale(which));
        if (workbench.pairProperty().get().isEmpty()) {
            workbench.background().drop(Lane.THUMBNAILS);
            drawn = null;
            thumbnails.set(workbench.modelProperty().get().map(model -> nothing(model.folder().config(), shading)));
            return;
        }
        Pair pair = workbench.pairProperty().get().get();
        Look look = new Look(pair.number(), which, view.hideFirstProperty().get(), shading, pixels.get());
        Map<Head, Raster> known = look.equals(drawn) ? thumbnails.get().orElseThrow().rasters() : Map.of();
        workbench.background().run(Lane.THUMBNAILS, "Drawing the head map", job -> draw(pair, look, known, job),
            rasters -> show(pair, look, rasters), error -> { });
    }

    private static Thumbnails nothing(Gpt2Config config, Shading shading) {
        return new Thumbnails(config.layers(), config.heads(), Map.of(), shading);
    }

    private Map<Head, Raster> draw(Pair pair, Look look, Map<Head, Raster> known, Job job) {
        Map<Head, Raster> rasters = new HashMap<>(known);
        long shown = System.nanoTime();
        for (int layer = 0; layer < pair.layers() && pair.isDone(new Head(layer, 0), look.which()); layer++) {
            drawLayer(layer, pair, look, rasters, job);
            if (pair.clean().size() > SHOWN_AT_ONCE && System.nanoTime() - shown > SHOWN_EVERY) {
                Map<Head, Raster> soFar = Map.copyOf(rasters);
                job.showNewest(() -> show(pair, look, soFar));
                shown = System.nanoTime();
            }
        }
        return Map.copyOf(rasters);
    }

    private void drawLayer(int layer, Pair pair, Look look, Map<Head, Raster> rasters, Job job) {
        for (int number = 0; number < pair.heads(); number++) {
            job.cancellation().throwIfRequested();
            rasters.computeIfAbsent(new Head(layer, number), missing -> pooled.of(pair, missing, look.which(),
                look.hideFirst()).raster(look.shading(), look.pixels()));
        }
    }

    private void show(Pair pair, Look look, Map<Head, Raster> rasters) {
        drawn = look;
        thumbnails.set(Optional.of(new Thumbnails(pair.layers(), pair.heads(), rasters, look.shading())));
    }
}
