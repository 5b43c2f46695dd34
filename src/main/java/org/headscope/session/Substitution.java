package org.headscope.session;

import org.headscope.patching.Source;

/**
 * What patches and sweeps put in, and into which of the two runs. Where the source is {@link Source#CLEAN} the values
 * come from the other run: the clean run's go into the corrupt one (denoising) or the corrupt run's into the clean one
 * (noising).
 *
 * @param into the run that is changed; the other one is what it is compared with
 */
public record Substitution(Source source, Side into) {

    /** Activation patching as TransformerLens does it. */
    public static final Substitution CLEAN_INTO_CORRUPT = new Substitution(Source.CLEAN, Side.CORRUPT);

    /** One of a pair of runs. */
    public enum Side {
        CLEAN, CORRUPT;

        public Side other() {
            return this == CLEAN ? CORRUPT : CLEAN;
        }

        /** As it stands in a sentence. */
        public String word() {
            return this == CLEAN ? "clean" : "corrupt";
        }
    }

    public Substitution with(Source another) {
        return new Substitution(another, into);
    }

    public Substitution into(Side another) {
        return new Substitution(source, another);
    }

    /** Whether values are taken from the other run, so that both are needed, of equal length and not the same. */
    public boolean needsBoth() {
        return source instanceof Source.Clean;
    }

    /** What is put in, such as "clean", "zero" or "0.5". */
    public String what() {
        return needsBoth() ? into.other().word() : source.toString();
    }

    /** Such as "clean into corrupt" or "zero into clean". */
    @Override
    public String toString() {
        return what() + " into " + into.word();
    }
}
