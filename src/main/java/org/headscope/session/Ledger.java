package org.headscope.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.patching.Source;

/**
 * What has been run, oldest first.
 *
 * @param lines the newest {@value #LIMIT} at most
 */
public record Ledger(List<Line> lines) {

    public static final Ledger EMPTY = new Ledger(List.of());

    static final int LIMIT = 500;

    /** What gave a line. */
    public enum Kind {
        RUN, PATCH, SWEEP
    }

    /**
     * One result.
     *
     * @param document as it was then; what it brings back
     * @param model the model's name
     * @param what was done, such as "L1H0 z: clean into corrupt"
     * @param metric what was measured, such as "·went − ·travelled"
     * @param clean the metric in the clean run
     * @param corrupt in the corrupt run
     * @param value in the patched run, or of a sweep's strongest cell
     * @param recovered the share of the way from corrupt to clean
     */
    public record Line(Instant time, Kind kind, Document document, String model, String what, String metric,
                       OptionalDouble clean, OptionalDouble corrupt, OptionalDouble value,
                       OptionalDouble recovered) {

        /**
         * What the course of the metric shows of it: the patched run's value, or where nothing is patched the clean's.
         */
        public OptionalDouble shown() {
            return value.isPresent() ? value : clean;
        }

        private boolean isRepetitionOf(Line other) {
            return equals(new Line(time, other.kind, other.document, other.model, other.what, other.metric,
                other.clean, other.corrupt, other.value, other.recovered));
        }
    }

    /** What differs between two lines. */
    public record Difference(String what, String before, String after) {
    }

    public Ledger {
        lines = List.copyOf(lines.subList(Math.max(0, lines.size() - LIMIT), lines.size()));
    }

    /** With one line more, unless it says again what the last one says. */
    public Ledger with(Line line) {
        if (!lines.isEmpty() && line.isRepetitionOf(lines.get(lines.size() - 1))) {
            return this;
        }
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Ledger(more);
    }

    /** What differs from one line to another: what went in first, then what came out. */
    public static List<Difference> differences(Line before, Line after) {
        return Stream.of(
            difference("Model", before, after, Line::model),
            difference("Clean", before, after, line -> line.document().clean()),
            difference("Corrupt", before, after, line -> line.document().corrupt()),
            difference("BOS", before, after, line -> line.document().bos() ? "yes" : "no"),
            difference("Done", before, after, line -> line.kind().name().toLowerCase(Locale.ROOT)),
            difference("Put in", before, after, line -> line.document().substitution().toString()),
            difference("Patches", before, after, Ledger::patches),
            difference("Swept", before, after, line -> line.kind() == Kind.SWEEP ? line.what() : ""),
            difference("Metric", before, after, Line::metric),
            difference("Clean value", before, after, line -> number(line.clean())),
            difference("Corrupt value", before, after, line -> number(line.corrupt())),
            difference("Value", before, after, line -> number(line.value())),
            difference("Recovered", before, after, line -> percent(line.recovered())))
            .flatMap(Optional::stream).toList();
    }

    private static Optional<Difference> difference(String what, Line before, Line after,
                                                   Function<Line, String> property) {
        String former = property.apply(before);
        String latter = property.apply(after);
        return Objects.equals(former, latter) ? Optional.empty() : Optional.of(new Difference(what, former, latter));
    }

    private static String patches(Line line) {
        return line.document().patches().stream().filter(StagedPatch::on)
            .map(staged -> patch(staged, line.document().substitution().source())).collect(Collectors.joining(", "));
    }

    /** The place alone where it is as usual. */
    private static String patch(StagedPatch staged, Source usual) {
        String how = staged.patch(usual).how();
        return how.equals(usual.toString()) ? staged.site().toString() : "%s (%s)".formatted(staged.site(), how);
    }

    /** With three decimals; empty for none. */
    public static String number(OptionalDouble value) {
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
    }

    /** Such as "77.5 %"; empty for none. */
    public static String percent(OptionalDouble share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
    }
}
