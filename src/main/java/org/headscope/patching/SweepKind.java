package org.headscope.patching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.weights.Gpt2Config;

/**
 * What is replaced in the cells of a sweep, and how they are arranged. L layers, H heads, T positions.
 *
 * @param point what is replaced
 * @param by what a cell is
 */
public record SweepKind(HookPoint point, By by) {

    /** The parts of a head that can be swept. */
    public static final Set<HookPoint> OF_HEADS =
        Set.of(HookPoint.Z, HookPoint.Q, HookPoint.K, HookPoint.V, HookPoint.PATTERN);

    /** The parts of a layer that can be swept by position. */
    public static final Set<HookPoint> OF_LAYERS = Set.of(HookPoint.RESID_PRE, HookPoint.RESID_MID,
        HookPoint.ATTN_OUT, HookPoint.MLP_OUT, HookPoint.RESID_POST, HookPoint.MLP_POST);

    /** What a cell is. */
    public enum By {
        /** A head at all positions: [L, H]. */
        HEAD,
        /** A position: [L, T], or for parts of heads [L, T, H]; for a pattern the query's position. */
        POSITION,
        /** The attention of the last query to one key: [L, H, T]. */
        EDGE
    }

    public SweepKind {
        boolean known = by == By.POSITION && OF_LAYERS.contains(point) || OF_HEADS.contains(point) && by != By.EDGE
            || by == By.EDGE && point == HookPoint.PATTERN;
        if (!known) {
            throw new ExperimentRefusal(("%s cannot be swept by %s; sweep z, q, k, v or pattern by head or position, "
                + "resid_pre, resid_mid, attn_out, mlp_out, resid_post or mlp_post by position, or edge by head.")
                .formatted(point.shortName(), by.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** The extents of the result. */
    public int[] shape(Gpt2Config config, int tokens) {
        return switch (by) {
            case HEAD -> new int[] {config.layers(), config.heads()};
            case EDGE -> new int[] {config.layers(), config.heads(), tokens};
            case POSITION -> OF_HEADS.contains(point) ? new int[] {config.layers(), tokens, config.heads()}
                : new int[] {config.layers(), tokens};
        };
    }

    /** The places of all cells, in the order of the result's values. */
    List<Site> sites(Gpt2Config config, int tokens) {
        List<Site> sites = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            int[] shape = shape(config, tokens);
            int cells = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            for (int cell = 0; cell < cells; cell++) {
                sites.add(site(layer, cell, shape, tokens));
            }
        }
        return sites;
    }

    /** The place of one cell, by its number in the order of the result's values. */
    public Site site(Gpt2Config config, int tokens, int index) {
        int[] shape = shape(config, tokens);
        int cells = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        return site(index / cells, index % cells, shape, tokens);
    }

    private Site site(int layer, int cell, int[] shape, int tokens) {
        return switch (by) {
            case HEAD -> Site.head(point, new Head(layer, cell));
            case EDGE -> Site.head(point, new Head(layer, cell / tokens)).edge(tokens - 1, cell % tokens);
            case POSITION -> shape.length == 2 ? Site.whole(Hook.of(point, layer)).at(Positions.only(cell))
                : new Site(Hook.of(point, layer), OptionalInt.of(cell % shape[2]), Positions.only(cell / shape[2]),
                    Positions.ALL);
        };
    }
}
