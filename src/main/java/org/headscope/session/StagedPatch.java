package org.headscope.session;

import java.util.Optional;
import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;

/**
 * A place in a run that is to be replaced.
 *
 * @param on whether it takes part; a patch that is off stays in the list
 */
public record StagedPatch(Site site, boolean on) {

    /** One head's activation at all positions. */
    public StagedPatch(Head head, HookPoint part, boolean on) {
        this(Site.head(part, head), on);
    }

    /** The head that it belongs to; empty where it belongs to a whole layer. */
    public Optional<Head> head() {
        return site.head().isPresent() ? Optional.of(new Head(site.hook().layer(), site.head().getAsInt()))
            : Optional.empty();
    }

    /** What is done there. */
    public Patch patch(Source source) {
        return new Patch(site, source);
    }

    public StagedPatch turned(boolean nowOn) {
        return new StagedPatch(site, nowOn);
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
