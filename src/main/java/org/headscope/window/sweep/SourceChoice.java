package org.headscope.window.sweep;

import org.headscope.patching.Source;
import org.headscope.session.Substitution.Side;

/** What a sweep puts in. */
public enum SourceChoice {
    OTHER, ZERO, MEAN, REFERENCE, NUMBER;

    static SourceChoice of(Source source) {
        if (source instanceof Source.Clean) {
            return OTHER;
        }
        if (source instanceof Source.Number number) {
            return number.value() == 0 ? ZERO : NUMBER;
        }
        return source instanceof Source.ReferenceMean ? REFERENCE : MEAN;
    }

    /** Such as "clean values", where something is put into the corrupt run. */
    String label(Side into) {
        return switch (this) {
            case OTHER -> into.other().word() + " values";
            case ZERO -> "zero";
            case MEAN -> "mean over positions";
            case REFERENCE -> "mean over a file";
            case NUMBER -> "a number";
        };
    }
}
