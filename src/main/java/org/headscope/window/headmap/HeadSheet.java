package org.headscope.window.headmap;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.headscope.figure.Raster;

/**
 * All thumbnails in one picture: the toolkit paints one in a fraction of the time that a hundred and more take. Belongs
 * to the FX thread.
 */
final class HeadSheet {

    /** From one line of a hatch to the next, along the axes. */
    private static final int HATCH = 6;
    /** What a line half a pixel wide covers of the pixels whose diagonals it runs along, of 255. */
    private static final int THIN = 149;

    private int width;
    private int height;
    /** With the alpha multiplied in. */
    private int[] argb = new int[0];
    private PixelBuffer<IntBuffer> pixels;
    private WritableImage image;

    /** Begins anew, with nothing on it. */
    void clear(int pixelsAcross, int pixelsDown) {
        if (pixelsAcross == width && pixelsDown == height) {
            Arrays.fill(argb, 0);
            return;
        }
        width = pixelsAcross;
        height = pixelsDown;
        argb = new int[width * height];
        pixels = new PixelBuffer<>(width, height, IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance());
        image = new WritableImage(pixels);
    }

    /** Puts an opaque or empty picture into a square, each of its pixels as large as that makes it. */
    void put(Raster raster, int left, int top, int side) {
        int[] columns = new int[side];
        for (int x = 0; x < side; x++) {
            columns[x] = x * raster.width() / side;
        }
        for (int y = 0; y < Math.min(side, height - top); y++) {
            int from = y * raster.height() / side * raster.width();
            int to = (top + y) * width + left;
            for (int x = 0; x < Math.min(side, width - left); x++) {
                argb[to + x] = raster.argb()[from + columns[x]];
            }
        }
    }

    /** Fills a square with an opaque colour. */
    void fill(int color, int left, int top, int side) {
        for (int y = top; y < Math.min(top + side, height); y++) {
            Arrays.fill(argb, y * width + left, y * width + Math.min(left + side, width), color);
        }
    }

    /** Draws thin rising lines over a square, in a colour without its alpha. */
    void hatch(int color, int left, int top, int side) {
        int thin = THIN << 24 | thinned(color >> 16) << 16 | thinned(color >> 8) << 8 | thinned(color);
        for (int y = 0; y < Math.min(side, height - top); y++) {
            for (int x = HATCH - 1 - y % HATCH; x < Math.min(side, width - left); x += HATCH) {
                argb[(top + y) * width + left + x] = thin;
            }
        }
    }

    private static int thinned(int channel) {
        return (channel & 0xff) * THIN / 255;
    }

    /** Pixels as they will be seen; for tests. */
    int at(int x, int y) {
        return argb[y * width + x];
    }

    /** What has been put on it; the same picture as before, changed, while the size is the same. */
    Image image() {
        pixels.updateBuffer(buffer -> null);
        return image;
    }
}
