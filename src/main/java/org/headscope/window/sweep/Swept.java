package org.headscope.window.sweep;

import java.util.ArrayList;
import java.util.List;
import org.headscope.model.HookPoint;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;

/**
 * What the cells of a sweep replace: one kind of place, or the five parts of heads, a map each.
 *
 * @param label such as "z by head"
 */
public record Swept(String label, List<SweepKind> kinds) {

    /** The parts of a head, in the order of TransformerLens's panels. */
    private static final List<HookPoint> PARTS =
        List.of(HookPoint.Z, HookPoint.Q, HookPoint.K, HookPoint.V, HookPoint.PATTERN);

    static final Swept Z_BY_HEAD = of(HookPoint.Z, By.HEAD);
    static final Swept EVERY_PART = new Swept("all five by head",
        PARTS.stream().map(point -> new SweepKind(point, By.HEAD)).toList());

    /** All there are, in the order in which they are offered. */
    static final List<Swept> ALL = all();

    public Swept {
        kinds = List.copyOf(kinds);
    }

    static Swept of(HookPoint point, By by) {
        return new Swept(switch (by) {
            case HEAD -> point.shortName() + " by head";
            case POSITION -> point.shortName() + " by position";
            case EDGE -> "edges by head";
        }, List.of(new SweepKind(point, by)));
    }

    private static List<Swept> all() {
        List<Swept> all = new ArrayList<>(List.of(EVERY_PART));
        PARTS.forEach(point -> all.add(of(point, By.HEAD)));
        PARTS.forEach(point -> all.add(of(point, By.POSITION)));
        all.add(of(HookPoint.PATTERN, By.EDGE));
        SweepKind.OF_LAYERS.stream().sorted().forEach(point -> all.add(of(point, By.POSITION)));
        return List.copyOf(all);
    }

    /** Whether there is one map for each of several parts. */
    boolean isSeveral() {
        return kinds.size() > 1;
    }

    /** What a part is called above its map. */
    static String name(HookPoint point) {
        return switch (point) {
            case Z -> "Output (z)";
            case Q -> "Query (q)";
            case K -> "Key (k)";
            case V -> "Value (v)";
            default -> "Pattern";
        };
    }

    /** What a cell of it is, for a tooltip. */
    String meaning() {
        if (isSeveral()) {
            return "Output, query, key, value and pattern of every head, at all positions: five maps on one scale";
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
