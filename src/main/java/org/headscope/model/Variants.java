package org.headscope.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs that differ from a base run in few interventions, to be computed together.
 *
 * @param base the base run's activations; must hold what {@link #needs} names
 * @param from the first position that any of them can change; the positions before it are taken from the base
 * @param each the interventions of each variant, at least one and all at {@link #POINTS}
 */
public record Variants(int[] ids, ActivationCache base, int from, List<List<Intervention>> each) {

    /** The places at which a variant may differ, in the order in which they fire within a layer. */
    static final List<HookPoint> POINTS = List.of(HookPoint.RESID_PRE, HookPoint.Q, HookPoint.K, HookPoint.V,
        HookPoint.PATTERN, HookPoint.Z, HookPoint.ATTN_OUT, HookPoint.RESID_MID, HookPoint.MLP_POST,
        HookPoint.MLP_OUT, HookPoint.RESID_POST);

    private static final Set<HookPoint> ALWAYS_NEEDED =
        EnumSet.of(HookPoint.RESID_PRE, HookPoint.K, HookPoint.V, HookPoint.RESID_MID);

    public Variants {
        each = each.stream().map(List::copyOf).toList();
        for (List<Intervention> variant : each) {
            if (variant.isEmpty() || !variant.stream().allMatch(one -> canDifferAt(one.site().hook().point()))) {
                throw new IllegalArgumentException("Variants do not differ at " + variant + ".");
            }
        }
    }

    /** Whether a variant may have an intervention at a point. */
    public static boolean canDifferAt(HookPoint point) {
        return POINTS.contains(point);
    }

    /** What a base run must keep for variants that differ at one of these points. */
    public static Predicate<Hook> needs(Set<HookPoint> points) {
        boolean attends = points.stream().anyMatch(point -> point == HookPoint.Q || point == HookPoint.K
            || point == HookPoint.V);
        return hook -> ALWAYS_NEEDED.contains(hook.point()) || points.contains(hook.point())
            || attends && hook.point() == HookPoint.Q;
    }
}
