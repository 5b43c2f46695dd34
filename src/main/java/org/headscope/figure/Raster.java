package org.headscope.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix as pixels, for an image that is then enlarged without smoothing. Cells that hold no value are transparent,
 * but NaN, which takes {@link #NAN_COLOR} so that it cannot be missed in a thumbnail that has no room for a cross.
 */
public final class Raster {

    /** The largest width and height of a thumbnail unless told otherwise, in pixels. */
    public static final int THUMBNAIL = 96;
    /** A magenta that no colour map holds. */
    public static final int NAN_COLOR = Rgb.of("#d6249f");

    private final int width;
    private final int height;
    private final int[] argb;

    private Raster(int width, int height, int[] argb) {
        this.width = width;
        this.height = height;
        this.argb = argb;
    }

    /** Pixels as they are, row by row; the array is not copied. */
    static Raster of(int width, int height, int[] argb) {
        return new Raster(width, height, argb);
    }

    /** One pixel a cell: {@code columns} wide, {@code rows} high. */
    public static Raster of(Matrix matrix, Shading shading) {
        return pooled(matrix, shading, Integer.MAX_VALUE);
    }

    /** At most {@link #THUMBNAIL} pixels wide and high. */
    public static Raster thumbnail(Matrix matrix, Shading shading) {
        return pooled(matrix, shading, THUMBNAIL);
    }

    /**
     * At most {@code maxPixels} wide and high. A pixel that covers several cells takes the largest of them, or on a
     * signed scale the one of largest size, so a single strong cell never vanishes.
     */
    public static Raster pooled(Matrix matrix, Shading shading, int maxPixels) {
        return pooled(matrix, shading, maxPixels, NAN_COLOR);
    }

    /** The same with another colour for NaN. */
    static Raster pooled(Matrix matrix, Shading shading, int maxPixels, int nanColor) {
        int width = Math.min(matrix.columns(), maxPixels);
        int height = Math.min(matrix.rows(), maxPixels);
        int[] argb = new int[width * height];
        Pooling pooling = new Pooling(matrix, shading.scale(), width);
        for (int y = 0; y < height; y++) {
            int first = edge(y, matrix.rows(), height);
            float[] strongest = pooling.rows(first, edge(y + 1, matrix.rows(), height));
            float rowMax = pooling.normalises() ? 1 : (float) shading.scale().max();
            for (int x = 0; x < width; x++) {
                argb[y * width + x] = color(strongest[x], shading, rowMax, nanColor);
            }
        }
        return new Raster(width, height, argb);
    }

    /** The first of {@code cells} cells that the {@code pixel}th of {@code pixels} pixels covers. */
    static int edge(int pixel, int cells, int pixels) {
        return (int) ((long) pixel * cells / pixels);
    }

    /** Of a pooled value on the screen. */
    static int color(float value, Shading shading, float rowMax) {
        return color(value, shading, rowMax, NAN_COLOR);
    }

    private static int color(float value, Shading shading, float rowMax, int nanColor) {
        return Float.isNaN(value) ? nanColor : value == Pooling.NONE ? Rgb.TRANSPARENT : shading.argb(value, rowMax);
    }

    /**
     * Neighbours of one colour in a row.
     *
     * @param to the column after the last
     */
    record Stretch(int from, int to, int argb) {
    }

    /** The stretches of a row from left to right, without what is transparent. */
    List<Stretch> stretches(int row) {
        List<Stretch> stretches = new ArrayList<>();
        int start = 0;
        for (int column = 1; column <= width; column++) {
            int color = at(start, row);
            if (column == width || at(column, row) != color) {
                if (color != Rgb.TRANSPARENT) {
                    stretches.add(new Stretch(start, column, color));
                }
                start = column;
            }
        }
        return stretches;
    }

    /** Pixels across. */
    public int width() {
        return width;
    }

    /** Pixels down. */
    public int height() {
        return height;
    }

    /** All pixels, {@code 0xAARRGGBB}, row by row: the raster's own array, to be read only. */
    public int[] argb() {
        return argb;
    }

    /** One pixel. */
    public int at(int x, int y) {
        return argb[y * width + x];
    }
}
