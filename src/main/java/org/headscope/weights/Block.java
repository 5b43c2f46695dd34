package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for some rows of a matrix on their way from a file through the arithmetic to where they are kept. Small enough
 * to stay in a core's cache. Belongs to one thread at a time.
 */
final class Block {

    /** A megabyte: reading and writing less at a time costs more calls than it saves memory. */
    private static final int FLOATS = 1 << 18;

    private final float[] values;
    private final ByteBuffer bytes;

    /** @param longestRow must fit as well, however long it is */
    Block(int longestRow) {
        values = new float[Math.max(FLOATS, longestRow)];
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    float[] values() {
        return values;
    }

    /** How many rows fit. */
    int rows(int columns) {
        return values.length / columns;
    }

    /** Direct memory to read into: as many bytes as are asked for, in the order that files have. */
    ByteBuffer bytes(int length) {
        return bytes.clear().limit(length);
    }

    /** The first of the values as a file has them; valid until the block is used for something else. */
    ByteBuffer encoded(int count) {
        bytes.clear().asFloatBuffer().put(values, 0, count);
        return bytes.limit(4 * count);
    }
}
