package org.headscope.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.patching.Metric;
import org.headscope.patching.PathSweep;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepPanels;
import org.headscope.refusal.Refusal;
import org.headscope.tokens.Prompt;

/**
 * What stands after {@code --what}, {@code --by}, {@code --to} and {@code --from}.
 *
 * @param what is replaced
 * @param by what a cell is
 * @param kinds one, or several that are shown side by side; of a path the receiver's part
 * @param end of all paths where paths are swept
 */
record SweepTarget(String what, String by, List<SweepKind> kinds, Optional<PathEnd> end) {

    private static final String HEAD = "head";
    private static final String POSITION = "position";
    private static final String HEADS = "heads";
    private static final String BLOCKS = "blocks";
    private static final String EDGE = "edge";
    private static final Pattern NAMED_HEAD = Pattern.compile("L(\\d{1,6})H(\\d{1,6})(?:\\.([qkv]))?");

    /** The head that all paths of a sweep begin or end at. */
    record PathEnd(Head head, boolean sends) {

        /** The option that names it. */
        String option() {
            return sends ? "from" : "to";
        }
    }

    /** @throws Refusal if these are no sweep; null stands for an option that was not given */
    static SweepTarget parse(String what, String by, String to, String from) {
        if (to != null && from != null) {
            throw new Refusal("A sweep of paths has one end; give --to for all senders or --from for all receivers.");
        }
        if (to != null || from != null) {
            return paths(what, by, to, from);
        }
        if (what == null || by == null) {
            throw new Refusal("A sweep needs --what is replaced and --by what, such as --what z --by head; or --to or "
                + "--from a head, for paths.");
        }
        return new SweepTarget(what, by, kinds(what, isByHead(by)), Optional.empty());
    }

    private static boolean isByHead(String by) {
        return switch (by) {
            case HEAD -> true;
            case POSITION -> false;
            default -> throw new Refusal("--by takes head or position, not “%s”.".formatted(Text.shortened(by)));
        };
    }

    private static List<SweepKind> kinds(String what, boolean byHead) {
        By by = byHead ? By.HEAD : By.POSITION;
        if (what.equals(HEADS)) {
            return SweepPanels.ofHeads(by);
        }
        if (byHead && what.equals(BLOCKS)) {
            throw new Refusal("Blocks are swept by position, since they have no heads; write --by position.");
        }
        if (what.equals(BLOCKS)) {
            return SweepPanels.ofBlocks();
        }
        if (!byHead && what.equals(EDGE)) {
            throw new Refusal("Edges are swept by head, since a key is a position already; write --by head.");
        }
        return List.of(what.equals(EDGE) ? new SweepKind(HookPoint.PATTERN, By.EDGE)
            : new SweepKind(point(what), by));
    }

    private static HookPoint point(String what) {
        return Stream.of(SweepKind.OF_HEADS, SweepKind.OF_LAYERS).flatMap(Set::stream)
            .filter(candidate -> candidate.shortName().equals(what)).findFirst().orElseThrow(() -> new Refusal(
                ("--what takes z, q, k, v, pattern, heads, resid_pre, resid_mid, attn_out, mlp_out, resid_post, "
                    + "mlp_post, blocks or edge, not “%s”.").formatted(Text.shortened(what))));
    }

    // ---- paths ----

    private static SweepTarget paths(String what, String by, String to, String from) {
        String end = to == null ? from : to;
        Matcher named = NAMED_HEAD.matcher(end);
        if (!named.matches() || (named.group(3) == null) != (to == null)) {
            throw new Refusal(to == null
                ? "--from takes a head such as L4H1, not “%s”.".formatted(Text.shortened(end))
                : "--to takes a head and its q, k or v, such as L5H1.q, not “%s”.".formatted(Text.shortened(end)));
        }
        String part = to == null ? what : named.group(3);
        if (to != null && what != null && !what.equals(part)) {
            throw new Refusal("--to %s says already what reads; leave --what out.".formatted(Text.shortened(to)));
        }
        if (by != null && !by.equals(HEAD)) {
            throw new Refusal("Paths are swept by head, at all positions; leave --by out.");
        }
        HookPoint reads = PathSweep.PARTS.stream().filter(point -> point.shortName().equals(part)).findFirst()
            .orElseThrow(() -> new Refusal("--from needs --what q, k or v: what of the receivers reads the sender."));
        Head head = new Head(Integer.parseInt(named.group(1)), Integer.parseInt(named.group(2)));
        return new SweepTarget(part, HEAD, List.of(new SweepKind(reads, By.HEAD)),
            Optional.of(new PathEnd(head, to == null)));
    }

    /** Where paths are swept. */
    PathSweep paths(Gpt2 model, Prompt clean, Prompt corrupt, Metric metric) {
        PathEnd one = end.orElseThrow();
        HookPoint part = kinds.get(0).point();
        return one.sends() ? PathSweep.from(one.head(), part, model, clean, corrupt, metric)
            : PathSweep.into(one.head(), part, model, clean, corrupt, metric);
    }

    // ---- all ----

    boolean isOfPaths() {
        return end.isPresent();
    }

    boolean isOfEdges() {
        return kinds.get(0).by() == By.EDGE;
    }

    boolean hasPanels() {
        return kinds.size() > 1;
    }

    /** What each panel shows. */
    List<String> parts() {
        return kinds.stream().map(kind -> kind.point().shortName()).toList();
    }

    /** The points whose values are put in. */
    Set<HookPoint> points() {
        return kinds.stream().map(SweepKind::point).collect(Collectors.toSet());
    }

    /** In words, such as “z by head”. */
    String words() {
        if (end.isEmpty()) {
            return "%s by %s".formatted(String.join(", ", isOfEdges() ? List.of(what) : parts()), by);
        }
        return end.get().sends() ? "the %s of every head above, reading %s".formatted(what, end.get().head())
            : "%s.%s, reading every head below".formatted(end.get().head(), what);
    }
}
