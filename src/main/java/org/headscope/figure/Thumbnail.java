package org.headscope.figure;

/**
 * What is left of a head's attention once {@link PooledRows} has made it small enough for a thumbnail, and enough to
 * colour it by any scale: the strongest value of each block of cells, as it is and as a share of its row's largest. At
 * most {@link Raster#THUMBNAIL} blocks each way, so that the patterns of a long prompt need not be kept for their
 * pictures.
 */
public final class Thumbnail {

    private final int side;
    private final boolean signed;
    private final float[] values;
    private final float[] shares;

    private Thumbnail(int side, boolean signed, float[] values, float[] shares) {
        this.side = side;
        this.signed = signed;
        this.values = values;
        this.shares = shares;
    }

    /** Of blocks that have been made already, as many each way; the arrays are not copied. */
    static Thumbnail of(int side, boolean signed, float[] values, float[] shares) {
        return new Thumbnail(side, signed, values, shares);
    }

    /**
     * Its picture, at most {@code maxPixels} wide and high: where that is less than its own blocks, again by the
     * strongest.
     */
    public Raster raster(Shading shading, int maxPixels) {
        if (shading.scale().isSigned() != signed) {
            throw new IllegalArgumentException("A " + (signed ? "signed" : "plain")
                + " thumbnail cannot be coloured by the scale " + shading.scale().name() + ".");
        }
        boolean byRow = shading.scale().kind() == Scale.Kind.ROW_MAX;
        int[] edges = edges(side, Math.min(side, maxPixels));
        int pixels = edges.length - 1;
        int[] argb = new int[pixels * pixels];
        float rowMax = byRow ? 1 : (float) shading.scale().max();
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                argb[y * pixels + x] = Raster.color(strongest(byRow ? shares : values, edges[x], edges[x + 1],
                    edges[y], edges[y + 1]), shading, rowMax);
            }
        }
        return Raster.of(pixels, pixels, argb);
    }

    /** The first block of each pixel, and where the last one ends. */
    private static int[] edges(int blocks, int pixels) {
        int[] edges = new int[pixels + 1];
        for (int pixel = 0; pixel <= pixels; pixel++) {
            edges[pixel] = Raster.edge(pixel, blocks, pixels);
        }
        return edges;
    }

    private float strongest(float[] of, int left, int right, int top, int bottom) {
        float strongest = Pooling.NONE;
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                strongest = stronger(strongest, of[row * side + column]);
            }
        }
        return strongest;
    }

    /** NaN wins, so that it cannot be missed. */
    private float stronger(float a, float b) {
        if (Float.isNaN(a) || Float.isNaN(b)) {
            return Float.NaN;
        }
        boolean bySize = signed && a != Pooling.NONE && b != Pooling.NONE;
        return bySize ? Math.abs(b) > Math.abs(a) ? b : a : Math.max(a, b);
    }
}
