package org.headscope.session;

import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;

/**
 * A place in a run that is to be replaced.
 *
 * @param source what is put in; empty for what the document's substitution puts in anywhere
 * @param strength as in {@link Patch}
 * @param renormalized as in {@link Patch}
 * @param on whether it takes part; a patch that is off stays in the list
 */
public record StagedPatch(Site site, Optional<Source> source, double strength, boolean renormalized, boolean on) {

    /** The whole of what the document's substitution puts in. */
    public StagedPatch(Site site, boolean on) {
        this(site, Optional.empty(), 1, false, on);
    }

    /** One head's activation at all positions. */
    public StagedPatch(Head head, HookPoint part, boolean on) {
        this(Site.head(part, head), on);
    }

    /** Attention that is set to 0. */
    public static StagedPatch cut(Site edges) {
        return new StagedPatch(edges, true).with(Optional.of(Source.ZERO));
    }

    /** The head that it belongs to; empty where it belongs to a whole layer. */
    public Optional<Head> head() {
        return site.head().isPresent() ? Optional.of(new Head(site.hook().layer(), site.head().getAsInt()))
            : Optional.empty();
    }

    /**
     * What is done there.
     *
     * @param usual what is put in where it has nothing of its own
     */
    public Patch patch(Source usual) {
        return new Patch(site, source(usual), strength, renormalized);
    }

    /** What is put in. */
    public Source source(Source usual) {
        return source.orElse(usual);
    }

    public StagedPatch with(Optional<Source> another) {
        return new StagedPatch(site, another, strength, renormalized, on);
    }

    public StagedPatch atStrength(double another) {
        return new StagedPatch(site, source, another, renormalized, on);
    }

    public StagedPatch renormalizing(boolean rows) {
        return new StagedPatch(site, source, strength, rows, on);
    }

    public StagedPatch turned(boolean nowOn) {
        return new StagedPatch(site, source, strength, renormalized, nowOn);
    }

    /**
     * Whether another patch makes this one of no effect: it replaces all of what the head reads at the positions whose
     * reading this one changes.
     */
    boolean isOverwrittenBy(StagedPatch other) {
        HookPoint part = site.hook().point();
        boolean isBefore = part == HookPoint.Q || part == HookPoint.K || part == HookPoint.V || part == HookPoint.PATTERN;
        boolean isByKey = part == HookPoint.K || part == HookPoint.V;
        Positions read = isByKey ? Positions.ALL : site.positions();
        Positions replaced = other.site.positions();
        return isBefore && other.on && other.strength == 1
            && other.site.hook().equals(Hook.of(HookPoint.Z, site.hook().layer()))
            && (other.site.head().isEmpty() || other.site.head().equals(site.head()))
            && replaced.from() <= read.from() && replaced.to() >= read.to();
    }

    boolean isSamePlace(StagedPatch other) {
        return site.equals(other.site);
    }

    /** Where at, in words, such as "all positions". */
    public String where() {
        if (site.positions().isAll()) {
            return "all positions";
        }
        return site.keys().isAll() ? word("position", site.positions())
            : "%s, %s".formatted(word("query", site.positions()), word("key", site.keys()));
    }

    private static String word(String one, Positions positions) {
        String many = one.equals("query") ? "queries" : one + "s";
        return (positions.from() == positions.to() ? one : many) + " " + positions;
    }

    /** What is replaced, such as "L1H0 z". */
    @Override
    public String toString() {
        String layer = "L" + site.hook().layer();
        return head().map(Head::toString).orElse(layer) + " " + site.hook().point().shortName();
    }
}
