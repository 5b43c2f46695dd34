package org.headscope.figure;

/**
 * What is left of a matrix once it has been made small enough for a thumbnail, and enough to colour it by any scale:
 * the strongest value of each block of cells, as it is and as a share of its row's largest. At most
 * {@link Raster#THUMBNAIL} blocks each way, so that the patterns of a long prompt need not be kept for their pictures.
 */
public final class Thumbnail {

    private final int width;
    private final int height;
    private final boolean signed;
    private final float[] values;
    private final float[] shares;

    private Thumbnail(int width, int height, boolean signed, float[] values, float[] shares) {
        this.width = width;
        this.height = height;
        this.signed = signed;
        this.values = values;
        this.shares = shares;
    }

    /** Of values that are all of one sign, for scales that are not signed. */
    public static Thumbnail of(Matrix matrix) {
        return new Thumbnail(side(matrix.columns()), side(matrix.rows()), false,
            pooled(matrix, Scale.absolute()), pooled(matrix, Scale.rowMax()));
    }

    /** Of values of both signs, for signed scales: of each block the value of largest size. */
    public static Thumbnail signed(Matrix matrix) {
        return new Thumbnail(side(matrix.columns()), side(matrix.rows()), true,
            pooled(matrix, Scale.signedUnit()), new float[0]);
    }

    private static int side(int cells) {
        return Math.min(cells, Raster.THUMBNAIL);
    }

    private static float[] pooled(Matrix matrix, Scale scale) {
        int width = side(matrix.columns());
        int height = side(matrix.rows());
        float[] pooled = new float[width * height];
        Pooling pooling = new Pooling(matrix, scale, width);
        for (int y = 0; y < height; y++) {
            float[] row = pooling.rows(Raster.edge(y, matrix.rows(), height), Raster.edge(y + 1, matrix.rows(), height));
            System.arraycopy(row, 0, pooled, y * width, width);
        }
        return pooled;
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
        int[] xs = edges(width, Math.min(width, maxPixels));
        int[] ys = edges(height, Math.min(height, maxPixels));
        int across = xs.length - 1;
        int down = ys.length - 1;
        int[] argb = new int[across * down];
        float rowMax = byRow ? 1 : (float) shading.scale().max();
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                argb[y * across + x] = Raster.color(strongest(byRow ? shares : values, xs[x], xs[x + 1], ys[y],
                    ys[y + 1]), shading, rowMax);
            }
        }
        return Raster.of(across, down, argb);
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
                strongest = stronger(strongest, of[row * width + column]);
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
