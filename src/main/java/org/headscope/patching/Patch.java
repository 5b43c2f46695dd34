package org.headscope.patching;

import org.headscope.model.Site;

/** A place in the corrupt run, and what is put there. */
public record Patch(Site site, Source source) {

    public boolean needsClean() {
        return source instanceof Source.Clean;
    }
}
