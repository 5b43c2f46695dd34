package org.headscope.window.sweep;

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
import org.headscope.patching.PairSet;
import org.headscope.patching.PairSweepResult;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepResult;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.session.SweepMaps;
import org.headscope.session.Swept;
import org.headscope.tokens.Prompt;
import org.headscope.window.Finished;

/**
 * A sweep as far as it has come: what was asked, and what every cell gave. Blue is always towards the clean run and
 * orange away from it, whichever of the two is changed.
 *
 * @param results one for each of the kinds that are swept; of many pairs the mean of those that are done
 * @param each what every pair gave, where many are swept
 * @param pairs how many of them there will be
 * @param overflow the activation at which numbers first become too large for single precision in a cell that is no
 *     number; empty where all are, or it is not known yet
 */
public record ShownSweep(SweepRequest request, List<SweepResult> results, List<OfPair> each, int pairs,
                         Optional<String> overflow) {

    public ShownSweep {
        results = List.copyOf(results);
        each = List.copyOf(each);
    }

    /** The sweep of one of many pairs. */
    record OfPair(PairSet.Pair pair, List<SweepResult> results) {

        OfPair {
            results = List.copyOf(results);
        }
    }

    /**
     * What one of many pairs gave in a cell.
     *
     * @param line where it stands in its file
     * @param value in what the map shows; the mean of all is what the map shows
     */
    record PairValue(int line, double value) {
    }

    /** Of one pair. */
    ShownSweep(SweepRequest request, List<SweepResult> results) {
        this(request, results, List.of(), 0, Optional.empty());
    }

    /** The same, with the activation at which numbers become too large. */
    ShownSweep overflowingAt(Optional<String> hook) {
        return new ShownSweep(request, results, each, pairs, hook);
    }

    /** @param each at least one pair */
    static ShownSweep mean(SweepRequest request, List<OfPair> each, int pairs) {
        return new ShownSweep(request, IntStream.range(0, request.swept().kinds().size())
            .mapToObj(kind -> ofPairs(kind, each).mean()).toList(), each, pairs, Optional.empty());
    }

    private static PairSweepResult ofPairs(int kind, List<OfPair> each) {
        return new PairSweepResult(each.stream().map(pair -> pair.results().get(kind)).toList(), each.size());
    }

    public Finished runs() {
        return request.runs();
    }

    public Swept swept() {
        return request.swept();
    }

    public Substitution substitution() {
        return request.substitution();
    }

    public Measure measure() {
        return request.measure();
    }

    /** Whether many pairs are swept, whose mean it shows. */
    public boolean isOfPairs() {
        return request.pairs().isPresent();
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
        return substitution().into() == Side.CORRUPT ? share : -share;
    }

    // ---- the maps ----

    private SweepMaps maps(int kind) {
        return new SweepMaps(swept().kinds().get(kind), results.get(kind), labels(), this::shown);
    }

    private Prompt target() {
        return isOfPairs() ? request.target(each.get(0).pair()) : request.target();
    }

    /** Of the positions, which have no name where each of many prompts has another token there. */
    private List<String> labels() {
        return !isOfPairs() ? target().labels()
            : IntStream.range(0, target().size()).mapToObj(Integer::toString).toList();
    }

    /** All maps, which have one scale; named where there are several. */
    public List<NamedMap> maps() {
        return !swept().isSeveral() ? maps(0).maps() : IntStream.range(0, results.size()).mapToObj(kind ->
            new NamedMap(Swept.name(swept().kinds().get(kind).point()), maps(kind).maps().get(0).matrix())).toList();
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
        String partial = isComplete() ? "" : " (%s)".formatted(isOfPairs() ? progress() : progress() + " cells");
        String title = "%s: %s%s%s".formatted(title(), isOfPairs() ? prompts() + ", " : "", quantity(), partial);
        return swept().isSeveral()
            ? new HeadRow(title, caption, rows(), columns(), maps(), scale(fit), meaning(), "part")
            : maps(0).figure(title, caption, scale(fit), meaning());
    }

    // ---- a cell ----

    private int kind(int map) {
        return swept().isSeveral() ? map : 0;
    }

    private int index(int map, Cell cell) {
        return maps(kind(map)).cell(swept().isSeveral() ? 0 : map, cell);
    }

    /** The place that a cell replaces. */
    public Site site(int map, Cell cell) {
        SweepKind kind = swept().kinds().get(kind(map));
        return kind.site(runs().model().folder().config(), target().size(), index(map, cell));
    }

    /** Whether the places of cells are places of the open pair too. */
    boolean fitsOpenPair() {
        return !isOfPairs() || swept().kinds().get(0).by() == By.HEAD || runs().prompt(substitution().into())
            .filter(prompt -> prompt.size() == target().size()).isPresent();
    }

    /** A cell in words: the place, the metric there, the change, and what share of the way that is. */
    public String words(int map, Cell cell) {
        int index = index(map, cell);
        SweepResult result = results.get(kind(map));
        String place = place(map, cell);
        if (result.impossible().get(index)) {
            return place + ": no path, since a receiver lies above its sender";
        }
        if (result.identical().get(index)) {
            return place + ": identical by causality, since nothing up to there differs";
        }
        if (!result.done().get(index)) {
            return place + ": not computed";
        }
        double value = result.values()[index];
        if (!Double.isFinite(value)) {
            return place + ": no number" + overflow.map(hook -> ", since numbers are too large for single precision; "
                + "in the first such cell at " + hook).orElse("");
        }
        String share = !isShare() ? "" : substitution().into() == Side.CORRUPT
            ? ", recovered %.1f %%".formatted(100 * shown(value)) : ", lost %.1f %%".formatted(-100 * shown(value));
        return String.format(Locale.ROOT, "%s: %s %.4f%s, change %+.4f%s", place, measured(), value,
            error(kind(map), index), value - before(), share.replace("-0.0 ", "0.0 ")).replace('-', '−');
    }

    private String measured() {
        return (isOfPairs() ? "mean " : "") + measure().metric().label();
    }

    /** Such as " ± 0.3", the standard error; empty where one pair alone is swept. */
    private String error(int kind, int index) {
        return each.size() < 2 ? "" : String.format(Locale.ROOT, " ± %.4f",
            ofPairs(kind, each).standardError(index));
    }

    /** What each of many pairs gave in a cell; none where one pair is swept, or the cell has no value. */
    List<PairValue> ofPairs(int map, Cell cell) {
        int index = index(map, cell);
        if (!results.get(kind(map)).done().get(index)) {
            return List.of();
        }
        // In units of the mean's own range, so that their mean is what the map shows.
        return each.stream().map(pair -> {
            SweepResult own = pair.results().get(kind(map));
            return new PairValue(pair.pair().line(), shown(before() + own.values()[index] - own.corrupt()));
        }).toList();
    }

    /** The standard error of the mean of {@link #ofPairs}; NaN for a single one. */
    static double standardError(List<PairValue> values) {
        double mean = values.stream().mapToDouble(PairValue::value).average().orElse(0);
        double squares = values.stream().mapToDouble(one -> (one.value() - mean) * (one.value() - mean)).sum();
        return values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    /** One of their values, in the map's unit: "61.2 %", or a change such as "+0.31". */
    String text(double value) {
        String text = isShare() ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
            : String.format(Locale.ROOT, "%+.3f", value);
        return text.replaceAll("^[-+](0\\.0+)\\b", "$1").replace('-', '−');
    }

    private String place(int map, Cell cell) {
        if (swept().isOfPaths()) {
            return swept().path(request.end().orElseThrow(), new Head(cell.row(), cell.column()));
        }
        StagedPatch patch = new StagedPatch(site(map, cell), true);
        By by = swept().kinds().get(0).by();
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
        return swept().title(request.end()) + ", " + substitution();
    }

    /** Of which prompts, in a sentence's beginning. */
    String prompts() {
        return request.pairs().map(file -> "mean of %s in %s".formatted(count(each.size()), file.table().name()))
            .orElse("");
    }

    private static String count(int pairs) {
        return pairs == 1 ? "1 pair" : "%,d pairs".formatted(pairs);
    }

    /** What a value is. */
    public String quantity() {
        String measured = measure().needsOther() ? "KL from the %s run".formatted(substitution().into().other().word())
            : measure().toString();
        if (!isShare()) {
            return "change of " + measured;
        }
        return (substitution().into() == Side.CORRUPT ? "recovered share of " : "lost share of ") + measured;
    }

    /** What the ends of the scale mean. */
    public String meaning() {
        if (!isShare()) {
            return "Change, 0 as " + substitution().into().word();
        }
        return substitution().into() == Side.CORRUPT ? "1 as clean, 0 as corrupt" : "−1 as corrupt, 0 as clean";
    }

    /** What a person has to know of the values, in a sentence; empty where there is nothing. */
    String caution() {
        return overflow.map(("Crosses mark cells that are no numbers: numbers become too large for single precision, "
            + "in the first such cell at %s.")::formatted).orElseGet(this::whyNoShare);
    }

    /** Why there are no shares though both runs are there; empty where there are. */
    private String whyNoShare() {
        if (isShare() || other().isEmpty() || !Double.isFinite(other().getAsDouble() - before())) {
            return "";
        }
        return String.format(Locale.ROOT, "Clean and corrupt are only %.3g apart in %s: a share of less than 0.1 would "
            + "say nothing, so changes are shown.", Math.abs(other().getAsDouble() - before()), measure());
    }

    public boolean isComplete() {
        return done() == cells();
    }

    int done() {
        return isOfPairs() ? each.size() : results.stream().mapToInt(result -> result.done().cardinality()).sum();
    }

    int cells() {
        return isOfPairs() ? pairs : results.stream().mapToInt(SweepResult::possible).sum();
    }

    /** Such as "57 of 144" or "3 of 12 pairs". */
    public String progress() {
        return "%,d of %,d%s".formatted(done(), cells(), isOfPairs() ? " pairs" : "");
    }

    /** The head that a cell belongs to; empty where it belongs to a whole layer. */
    public Optional<Head> head(int map, Cell cell) {
        return new StagedPatch(site(map, cell), true).head();
    }
}
