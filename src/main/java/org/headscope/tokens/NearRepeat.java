package org.headscope.tokens;

/**
 * Two positions of one prompt that read alike but are different tokens, such as "Tom" and " Tom": a person sees a
 * repetition where the model, and every detector that compares ids, sees none.
 *
 * @param earlier the position that comes first
 * @param later the position that comes after it
 */
public record NearRepeat(int earlier, int later) {

    public NearRepeat {
        if (earlier < 0 || later <= earlier) {
            throw new IllegalArgumentException(earlier + " does not come before " + later);
        }
    }
}
