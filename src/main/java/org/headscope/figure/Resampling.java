package org.headscope.figure;

import java.awt.image.BufferedImage;

/** Brings a raster to another size without smoothing: enlarged as blocks, reduced by keeping the strongest pixel. */
final class Resampling {

    private Resampling() {
    }

    /** An image of {@code width} x {@code height}; strength is the distance from the colour {@code zero}. */
    static BufferedImage of(Raster raster, int width, int height, int zero) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, strongest(raster, x, y, width, height, zero));
            }
        }
        return image;
    }

    private static int strongest(Raster raster, int x, int y, int width, int height, int zero) {
        int left = first(x, raster.width(), width);
        int top = first(y, raster.height(), height);
        int right = Math.max(left + 1, Raster.edge(x + 1, raster.width(), width));
        int bottom = Math.max(top + 1, Raster.edge(y + 1, raster.height(), height));
        int strongest = raster.at(left, top);
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int color = raster.at(column, row);
                if (strength(color, zero) > strength(strongest, zero)) {
                    strongest = color;
                }
            }
        }
        return strongest;
    }

    /** The first source pixel under a pixel; when enlarging, the one under its middle, so blocks keep their edges. */
    private static int first(int pixel, int source, int target) {
        return source < target ? (int) ((2L * pixel + 1) * source / (2L * target)) : Raster.edge(pixel, source, target);
    }

    private static int strength(int color, int zero) {
        return color == Rgb.TRANSPARENT ? -1 : Rgb.distance(color, zero);
    }
}
