package org.headscope.session;

import java.util.List;
import org.headscope.analysis.AttentionWeight;
import org.headscope.model.Head;

/**
 * How attention is looked at. Immutable; the {@code with…} methods give changed copies.
 *
 * @param which whose attention the head map and the pattern view show
 * @param hideFirst whether attention to position 0 is left out of pictures, without renormalising the rest
 * @param weight what attention counts for in the large maps
 * @param combine whose attention one large map shows
 * @param look how the pattern view draws attention
 * @param headSet the heads that are looked at together, in the order in which they were chosen; empty for the focus
 *     alone
 * @param topShare how much of each row's attention the large maps show, without renormalising the rest
 * @param direction which way attention is read at a token
 */
public record Viewing(Which which, ScaleChoice scale, boolean hideFirst, AttentionWeight weight, Combine combine,
                      Look look, List<Head> headSet, TopShare topShare, Direction direction) {

    /** As a first start shows it. */
    public static final Viewing FIRST = new Viewing(Which.CLEAN, ScaleChoice.ABSOLUTE, false, AttentionWeight.PATTERN,
        Combine.HEAD, Look.MAP, List.of(), TopShare.ALL, Direction.BOTH);

    public Viewing {
        headSet = List.copyOf(headSet);
    }

    public Viewing withWhich(Which now) {
        return new Viewing(now, scale, hideFirst, weight, combine, look, headSet, topShare, direction);
    }

    public Viewing withScale(ScaleChoice now) {
        return new Viewing(which, now, hideFirst, weight, combine, look, headSet, topShare, direction);
    }

    public Viewing withHideFirst(boolean now) {
        return new Viewing(which, scale, now, weight, combine, look, headSet, topShare, direction);
    }

    public Viewing withWeight(AttentionWeight now) {
        return new Viewing(which, scale, hideFirst, now, combine, look, headSet, topShare, direction);
    }

    public Viewing withCombine(Combine now) {
        return new Viewing(which, scale, hideFirst, weight, now, look, headSet, topShare, direction);
    }

    public Viewing withLook(Look now) {
        return new Viewing(which, scale, hideFirst, weight, combine, now, headSet, topShare, direction);
    }

    public Viewing withHeadSet(List<Head> now) {
        return new Viewing(which, scale, hideFirst, weight, combine, look, now, topShare, direction);
    }

    public Viewing withTopShare(TopShare now) {
        return new Viewing(which, scale, hideFirst, weight, combine, look, headSet, now, direction);
    }

    public Viewing withDirection(Direction now) {
        return new Viewing(which, scale, hideFirst, weight, combine, look, headSet, topShare, now);
    }
}
