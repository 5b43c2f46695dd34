package org.headscope.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headscope.weights.Gpt2Config;

/**
 * A part of an activation: a hook, and within it one head or all, some positions or all, some keys or all.
 *
 * @param head empty for all heads, and for activations without heads
 * @param positions of the query where the activation is a pattern
 * @param keys of a pattern, one for an edge of it; all for the whole row
 */
public record Site(Hook hook, OptionalInt head, Positions positions, Positions keys) {

    private static final Pattern TAIL = Pattern.compile("@(\\d{1,6})(?:-(\\d{1,6}))?(?:,(\\d{1,6})(?:-(\\d{1,6}))?)?$");
    private static final Pattern SHORT = Pattern.compile("L(\\d{1,6})(?:H(\\d{1,6}))?\\.(.+)");
    private static final Pattern LONG = Pattern.compile("(blocks\\.(\\d{1,6})\\..+?|.*?hook_[a-z_]+)(?:H(\\d{1,6}))?");

    public Site {
        if (head.isPresent() && !hook.point().hasHeads() || !keys.isAll() && !hook.point().hasKeys()) {
            throw new IllegalArgumentException("head " + head + ", keys " + keys + " of " + hook);
        }
    }

    /** One head at all positions, such as {@code L4H1.z}. */
    public static Site head(HookPoint point, Head head) {
        return new Site(Hook.of(point, head.layer()), OptionalInt.of(head.head()), Positions.ALL, Positions.ALL);
    }

    /** A whole activation, all heads and positions. */
    public static Site whole(Hook hook) {
        return new Site(hook, OptionalInt.empty(), Positions.ALL, Positions.ALL);
    }

    public Site at(Positions somewhere) {
        return new Site(hook, head, somewhere, keys);
    }

    /** Of a pattern, the attention to some keys. */
    public Site to(Positions someKeys) {
        return new Site(hook, head, positions, someKeys);
    }

    public Site edge(int query, int key) {
        return at(Positions.only(query)).to(Positions.only(key));
    }

    /**
     * Reads {@code L4H1.z}, {@code L4H1.z@7}, {@code L4H1.z@5-7}, {@code L4H1.pattern@7,2},
     * {@code L4H1.pattern@5-7,0-2}, {@code L4.resid_pre@3}, or TransformerLens's own name,
     * {@code blocks.4.attn.hook_z} with {@code H1} or {@code @7} after it.
     *
     * @throws SiteRefusal if the model has no such place; the sentence lists what it has
     */
    public static Site parse(String text, Gpt2Config config) {
        Matcher tail = TAIL.matcher(text);
        String place = tail.find() ? text.substring(0, tail.start()) : text;
        if (place.contains("@")) {
            throw new SiteRefusal(("“%s” has no positions after its @; count them from 0, such as @7, @5-7 or, of a "
                + "pattern, @7,2.").formatted(text));
        }
        Site site = place(place, text, config);
        if (place.length() == text.length()) {
            return site;
        }
        Site there = site.at(range(tail, 1, text));
        if (tail.group(3) != null && !site.hook.point().hasKeys()) {
            throw new SiteRefusal(("“%s” names an edge, but only pattern and attn_scores have a query and a key; use "
                + "one position or a range.").formatted(text));
        }
        return tail.group(3) == null ? there : there.to(range(tail, 3, text));
    }

    /** Of one position, or from this group's to the next one's. */
    private static Positions range(Matcher tail, int group, String text) {
        int from = Integer.parseInt(tail.group(group));
        int to = tail.group(group + 1) == null ? from : Integer.parseInt(tail.group(group + 1));
        if (to < from) {
            throw new SiteRefusal("“%s” ends before it begins; write the smaller position first.".formatted(text));
        }
        return new Positions(from, to);
    }

    private static Site place(String place, String whole, Gpt2Config config) {
        Matcher brief = SHORT.matcher(place);
        if (brief.matches()) {
            HookPoint point = HookPoint.ofShortName(brief.group(3)).filter(HookPoint::inLayers)
                .orElseThrow(() -> unknownPoint(whole));
            int layer = check(Integer.parseInt(brief.group(1)), config.layers(), "layer", whole);
            Hook hook = Hook.of(point, layer);
            return new Site(hook, head(brief.group(2), hook, whole, config), Positions.ALL, Positions.ALL);
        }
        Optional<HookPoint> outside = HookPoint.ofShortName(place).filter(point -> !point.inLayers());
        if (outside.isPresent()) {
            return whole(Hook.of(outside.get()));
        }
        Matcher name = LONG.matcher(place);
        if (!name.matches()) {
            throw unknownPoint(whole);
        }
        if (name.group(2) != null) {
            check(Integer.parseInt(name.group(2)), config.layers(), "layer", whole);
        }
        Hook hook = Hook.named(name.group(1), config.layers()).orElseThrow(() -> unknownPoint(whole));
        return new Site(hook, head(name.group(3), hook, whole, config), Positions.ALL, Positions.ALL);
    }

    private static OptionalInt head(String digits, Hook hook, String whole, Gpt2Config config) {
        if (digits == null) {
            return OptionalInt.empty();
        }
        if (!hook.point().hasHeads()) {
            throw new SiteRefusal("“%s” names a head, but %s has none; write %s.".formatted(whole,
                hook.point().shortName(), whole(hook)));
        }
        return OptionalInt.of(check(Integer.parseInt(digits), config.heads(), "head", whole));
    }

    private static int check(int number, int count, String what, String whole) {
        if (number >= count) {
            throw new SiteRefusal("“%s” names %s %d; this model has the %ss 0 to %d.".formatted(whole, what, number,
                what, count - 1));
        }
        return number;
    }

    private static SiteRefusal unknownPoint(String whole) {
        String known = Arrays.stream(HookPoint.values()).map(HookPoint::shortName).collect(Collectors.joining(", "));
        return new SiteRefusal(("“%s” names no hook point; write a place such as L4H1.z, L4.resid_pre@3 or "
            + "blocks.4.attn.hook_z, with one of %s.").formatted(whole, known));
    }

    /**
     * Refuses layers and heads that a model does not have.
     *
     * @throws SiteRefusal naming the layer or head and the last one there is
     */
    public void checkFits(Gpt2Config config) {
        check(Math.max(hook.layer(), 0), config.layers(), "layer", toString());
        check(head.orElse(0), config.heads(), "head", toString());
    }

    /**
     * Refuses positions that a prompt of this length does not have.
     *
     * @throws SiteRefusal naming the position and the last one there is
     */
    public void checkFits(int length) {
        int last = Math.max(positions.isAll() ? 0 : positions.to(), keys.isAll() ? 0 : keys.to());
        if (last >= length) {
            throw new SiteRefusal("“%s” names position %d; the prompt has the positions 0 to %d.".formatted(this, last,
                length - 1));
        }
    }

    @Override
    public String toString() {
        String where = hook.point().inLayers() ? "L" + hook.layer() : "";
        String which = head.isPresent() ? "H" + head.getAsInt() : "";
        String dot = where.isEmpty() ? "" : ".";
        String at = positions.isAll() ? "" : "@" + positions;
        return where + which + dot + hook.point().shortName() + at + (keys.isAll() ? "" : "," + keys);
    }
}
