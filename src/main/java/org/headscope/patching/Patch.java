package org.headscope.patching;

import java.math.BigDecimal;
import java.math.MathContext;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Intervention;
import org.headscope.model.Replacement;
import org.headscope.model.Site;

/**
 * A place in the corrupt run, and what is put there.
 *
 * @param strength the part of the way from the run's own values to the source's: 0 leaves the run as it is, 1 replaces
 *     it, more goes beyond and less than 0 the other way
 * @param renormalized whether the rows of a pattern are divided by their sums afterwards
 */
public record Patch(Site site, Source source, double strength, boolean renormalized) {

    /** @throws ExperimentRefusal if this cannot be put in at this place */
    public Patch {
        source.checkFits(site.hook().point());
        if (renormalized && site.hook().point() != HookPoint.PATTERN) {
            throw new ExperimentRefusal(("Rows of %s are no shares that could be made to sum to 1 again; only those of "
                + "a pattern are.").formatted(site));
        }
        if (!Double.isFinite(strength)) {
            throw new ExperimentRefusal("A strength is a number such as 0.5, not %s.".formatted(strength));
        }
        if (site.hook().point() == HookPoint.ATTN_SCORES && (strength < 0 || strength > 1)) {
            throw new ExperimentRefusal(("%s is −∞ for keys after their query, beyond which there is nothing; take a "
                + "strength from 0 to 1.").formatted(site));
        }
    }

    /** At full strength. */
    public Patch(Site site, Source source) {
        this(site, source, 1, false);
    }

    public boolean needsClean() {
        return source instanceof Source.Clean;
    }

    /**
     * As the model understands it.
     *
     * @param replacement the source's values
     */
    Intervention intervention(Replacement replacement) {
        return new Intervention(site, strength == 1 ? replacement : new Replacement.Blend(replacement, (float) strength),
            renormalized);
    }

    Hook hook() {
        return site.hook();
    }

    /** What is put in and how, such as "clean" or "zero at 50 %, rows renormalised". */
    public String how() {
        String part = strength == 1 ? "" : " at " + percent(strength);
        return source + part + (renormalized ? ", rows renormalised" : "");
    }

    /** Such as "50 %". */
    public static String percent(double strength) {
        String number = BigDecimal.valueOf(100 * strength).round(new MathContext(4)).stripTrailingZeros().toPlainString();
        return number.replace('-', '−') + " %";
    }
}
