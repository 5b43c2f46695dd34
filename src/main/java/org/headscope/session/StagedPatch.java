package org.headscope.session;

import org.headscope.model.Head;
import org.headscope.model.HookPoint;
import org.headscope.model.Site;
import org.headscope.patching.Patch;
import org.headscope.patching.Source;

/**
 * One head's activation that is to be taken from the clean run, at all positions.
 *
 * @param on whether it takes part; a patch that is off stays in the list
 */
public record StagedPatch(Head head, HookPoint part, boolean on) {

    public Patch patch() {
        return new Patch(Site.head(part, head), Source.CLEAN);
    }

    public StagedPatch turned(boolean nowOn) {
        return new StagedPatch(head, part, nowOn);
    }

    boolean isSamePlace(StagedPatch other) {
        return head.equals(other.head) && part == other.part;
    }

    @Override
    public String toString() {
        return head + " " + part.shortName();
    }
}
