package org.headscope.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.CellSweep;
import org.headscope.patching.Metric;
import org.headscope.patching.PathSweep;
import org.headscope.patching.Source;
import org.headscope.patching.Sweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.tokens.Prompt;

/**
 * What the cells of a sweep replace: one kind of place, or the five parts of heads, a map each; or what is told along
 * the paths between one head and all others.
 *
 * @param label such as "z by head"
 * @param kinds of paths what the receivers read them with
 */
public record Swept(String label, List<SweepKind> kinds, Paths paths) {

    /** Which paths there are, from the head that all of them have in common. */
    public enum Paths {
        /** These are no paths. */
        NONE,
        /** It receives from every head below. */
        INTO,
        /** It sends to every head above. */
        FROM
    }

    /** The parts of a head, in the order of TransformerLens's panels. */
    private static final List<HookPoint> PARTS =
        List.of(HookPoint.Z, HookPoint.Q, HookPoint.K, HookPoint.V, HookPoint.PATTERN);

    private static final List<HookPoint> READ_WITH = List.of(HookPoint.Q, HookPoint.K, HookPoint.V);

    public static final Swept Z_BY_HEAD = of(HookPoint.Z, By.HEAD);
    public static final Swept EVERY_PART = new Swept("all five by head",
        PARTS.stream().map(point -> new SweepKind(point, By.HEAD)).toList(), Paths.NONE);

    /** All there are, in the order in which they are offered. */
    public static final List<Swept> ALL = all();

    public Swept {
        kinds = List.copyOf(kinds);
    }

    public static Swept of(HookPoint point, By by) {
        return new Swept(switch (by) {
            case HEAD -> point.shortName() + " by head";
            case POSITION -> point.shortName() + " by position";
            case EDGE -> "edges by head";
        }, List.of(new SweepKind(point, by)), Paths.NONE);
    }

    /** @param part what the receivers read with: q, k or v */
    public static Swept paths(HookPoint part, Paths paths) {
        return new Swept((paths == Paths.INTO ? "paths into %s of" : "paths into later %s from")
            .formatted(part.shortName()), List.of(new SweepKind(part, By.HEAD)), paths);
    }

    private static List<Swept> all() {
        List<Swept> all = new ArrayList<>(List.of(EVERY_PART));
        PARTS.forEach(point -> all.add(of(point, By.HEAD)));
        PARTS.forEach(point -> all.add(of(point, By.POSITION)));
        all.add(of(HookPoint.PATTERN, By.EDGE));
        List.of(Paths.INTO, Paths.FROM).forEach(paths -> READ_WITH.forEach(part -> all.add(paths(part, paths))));
        SweepKind.OF_LAYERS.stream().sorted().forEach(point -> all.add(of(point, By.POSITION)));
        return List.copyOf(all);
    }

    /** Whether there is one map for each of several parts. */
    public boolean isSeveral() {
        return kinds.size() > 1;
    }

    public boolean isOfPaths() {
        return paths != Paths.NONE;
    }

    /** With the head that all paths have in common, such as "paths into L1H0 q". */
    public String title(Optional<Head> end) {
        String part = kinds.get(0).point().shortName();
        return switch (paths) {
            case NONE -> label;
            case INTO -> "paths into %s %s".formatted(end.orElseThrow(), part);
            case FROM -> "paths from %s into later %s".formatted(end.orElseThrow(), part);
        };
    }

    /** The path that a head of the map stands for, such as "L0H3 → L1H0 q". */
    public String path(Head fixed, Head other) {
        return "%s → %s %s".formatted(paths == Paths.INTO ? other : fixed, paths == Paths.INTO ? fixed : other,
            kinds.get(0).point().shortName());
    }

    /**
     * The sweep of one of the kinds.
     *
     * @throws org.headscope.refusal.Refusal if these prompts cannot be swept so
     */
    public CellSweep sweep(int kind, Optional<Head> end, Gpt2 model, Optional<Prompt> other, Prompt target,
                           Source source, Metric metric) {
        HookPoint point = kinds.get(kind).point();
        return switch (paths) {
            case NONE -> new Sweep(model, other, target, kinds.get(kind), source, metric);
            case INTO -> PathSweep.into(end.orElseThrow(), point, model, other.orElseThrow(), target, metric);
            case FROM -> PathSweep.from(end.orElseThrow(), point, model, other.orElseThrow(), target, metric);
        };
    }

    /** What a part is called above its map. */
    public static String name(HookPoint point) {
        return switch (point) {
            case Z -> "Output (z)";
            case Q -> "Query (q)";
            case K -> "Key (k)";
            case V -> "Value (v)";
            default -> "Pattern";
        };
    }

    /** What a cell of it is, for a tooltip. */
    public String meaning() {
        if (isSeveral()) {
            return "Output, query, key, value and pattern of every head, at all positions: five maps on one scale";
        }
        if (isOfPaths()) {
            return paths == Paths.INTO ? "One cell a head below: what it alone tells this head, which nobody else hears"
                : "One cell a head above: what this head tells it alone, which nobody else hears";
        }
        SweepKind kind = kinds.get(0);
        boolean heads = SweepKind.OF_HEADS.contains(kind.point());
        return switch (kind.by()) {
            case HEAD -> "One cell a head, at all positions";
            case POSITION -> heads ? "One cell a head and position, a map for each layer" : "One cell a layer and "
                + "position";
            case EDGE -> "One cell a head and key: what the last token attends to, a map for each layer";
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
