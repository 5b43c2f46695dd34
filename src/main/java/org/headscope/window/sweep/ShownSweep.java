package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.headscope.figure.Axis;
import org.headscope.figure.Cell;
import org.headscope.figure.Figure;
import org.headscope.figure.HeadRow;
import org.headscope.figure.Matrix;
import org.headscope.figure.NamedMap;
import org.headscope.figure.Scale;
import org.headscope.model.Head;
import org.headscope.model.Site;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.SweepMaps;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;

/**
 * A sweep as far as it has come: what was asked, and what every cell gave. Blue is always towards the clean run and
 * orange away from it, whichever of the two is changed.
 *
 * @param results one for each of the kinds that are swept
 */
public record ShownSweep(Finished runs, Swept swept, Substitution substitution, Measure measure,
                         List<SweepResult> results) {

    public ShownSweep {
        results = List.copyOf(results);
    }

    // ---- what a cell is worth ----

    /** Whether cells are shares of the way between the runs; else they are changes of the metric. */
    public boolean isShare() {
        return first().isRecoveredMeaningful();
    }

    private SweepResult first() {
        return results.get(0);
    }

    /** The metric of the run that nothing is put into. */
    public double before() {
        return first().corrupt();
    }

    /** The metric of the other run; empty where there is none. */
    OptionalDouble other() {
        return first().clean();
    }

    /**
     * What a cell with this metric shows: the change in units of clean minus corrupt, so that in the corrupt run 1 is
     * all of the way to the clean one, and in the clean run −1 all of the way to the corrupt one.
     */
    public double shown(double value) {
        if (!isShare()) {
            return value - before();
        }
        double share = first().recovered(value);
        return substitution.into() == Side.CORRUPT ? share : -share;
    }

    // ---- the maps ----

    private SweepMaps maps(int kind) {
        return new SweepMaps(swept.kinds().get(kind), results.get(kind), target().labels(), this::shown);
    }

    private Prompt target() {
        return runs.prompt(substitution.into()).orElseThrow();
    }

    /** All maps, which have one scale; named where there are several. */
    public List<NamedMap> maps() {
        return !swept.isSeveral() ? maps(0).maps() : IntStream.range(0, results.size()).mapToObj(kind ->
            new NamedMap(Swept.name(swept.kinds().get(kind).point()), maps(kind).maps().get(0).matrix())).toList();
    }

    public Axis rows() {
        return maps(0).rows();
    }

    public Axis columns() {
        return maps(0).columns();
    }

    /** The scale: fixed for shares, so that sweeps can be compared, unless it is to fit. */
    public Scale scale(boolean fit) {
        if (isShare() && !fit) {
            return Scale.signedUnit();
        }
        Matrix[] matrices = maps().stream().map(NamedMap::matrix).toArray(Matrix[]::new);
        return isShare() ? Scale.fit(matrices) : Scale.signedMax(matrices);
    }

    /** As it is exported. */
    public Figure figure(String caption, boolean fit) {
        String partial = isComplete() ? "" : " (%s cells)".formatted(progress());
        String title = "%s: %s%s".formatted(title(), quantity(), partial);
        return swept.isSeveral()
            ? new HeadRow(title, caption, rows(), columns(), maps(), scale(fit), meaning(), "part")
            : maps(0).figure(title, caption, scale(fit), meaning());
    }

    // ---- a cell ----

    private int kind(int map) {
        return swept.isSeveral() ? map : 0;
    }

    private int index(int map, Cell cell) {
        return maps(kind(map)).cell(swept.isSeveral() ? 0 : map, cell);
    }

    /** The place that a cell replaces. */
    public Site site(int map, Cell cell) {
        SweepKind kind = swept.kinds().get(kind(map));
        return kind.site(runs.model().folder().config(), target().size(), index(map, cell));
    }

    /** A cell in words: the place, the metric there, the change, and what share of the way that is. */
    public String words(int map, Cell cell) {
        int index = index(map, cell);
        SweepResult result = results.get(kind(map));
        String place = place(map, cell);
        if (!result.done().get(index)) {
            return place + ": not computed";
        }
        double value = result.values()[index];
        String share = !isShare() ? "" : substitution.into() == Side.CORRUPT
            ? ", recovered %.1f %%".formatted(100 * shown(value)) : ", lost %.1f %%".formatted(-100 * shown(value));
        return String.format(Locale.ROOT, "%s: %s %.4f, change %+.4f%s", place, measure.metric().label(), value,
            value - before(), share.replace("-0.0 ", "0.0 ")).replace('-', '−');
    }

    private String place(int map, Cell cell) {
        StagedPatch patch = new StagedPatch(site(map, cell), true);
        By by = swept.kinds().get(0).by();
        if (by == By.HEAD) {
            return patch.toString();
        }
        String token = "%s (%d)".formatted(columns().labels().get(cell.column()), cell.column());
        return by == By.EDGE ? "%s to %s".formatted(patch.head().map(Head::toString).orElseThrow(), token)
            : "%s at %s".formatted(patch, token);
    }

    // ---- in words ----

    /** What is put where, such as "z by head, clean into corrupt". */
    public String title() {
        return swept + ", " + substitution;
    }

    /** What a value is. */
    public String quantity() {
        String measured = measure.needsOther() ? "KL from the %s run".formatted(substitution.into().other().word())
            : measure.toString();
        if (!isShare()) {
            return "change of " + measured;
        }
        return (substitution.into() == Side.CORRUPT ? "recovered share of " : "lost share of ") + measured;
    }

    /** What the ends of the scale mean. */
    public String meaning() {
        if (!isShare()) {
            return "Change, 0 as " + substitution.into().word();
        }
        return substitution.into() == Side.CORRUPT ? "1 as clean, 0 as corrupt" : "−1 as corrupt, 0 as clean";
    }

    /** Why there are no shares though both runs are there; empty where there are. */
    String whyNoShare() {
        if (isShare() || other().isEmpty()) {
            return "";
        }
        return String.format(Locale.ROOT, "Clean and corrupt are only %.3g apart in %s: a share of less than 0.1 would "
            + "say nothing, so changes are shown.", Math.abs(other().getAsDouble() - before()), measure);
    }

    public boolean isComplete() {
        return done() == cells();
    }

    int done() {
        return results.stream().mapToInt(result -> result.done().cardinality()).sum();
    }

    int cells() {
        return results.stream().mapToInt(SweepResult::cells).sum();
    }

    /** Such as "57 of 144". */
    public String progress() {
        return "%,d of %,d".formatted(done(), cells());
    }

    /** The same with another result in one's place. */
    ShownSweep with(int kind, SweepResult result) {
        List<SweepResult> changed = new ArrayList<>(results);
        changed.set(kind, result);
        return new ShownSweep(runs, swept, substitution, measure, changed);
    }

    /** The head that a cell belongs to; empty where it belongs to a whole layer. */
    public Optional<Head> head(int map, Cell cell) {
        return new StagedPatch(site(map, cell), true).head();
    }
}
