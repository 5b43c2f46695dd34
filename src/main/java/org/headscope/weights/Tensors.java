package org.headscope.weights;

import java.nio.ByteBuffer;

/** Named tensors on disk, in one file or in several. */
interface Tensors extends AutoCloseable {

    boolean has(String name);

    /** @throws ModelRefusal if there is no such tensor */
    int[] shape(String name);

    /**
     * Reads numbers of one tensor in row order, as F32 in native order. May be called from several threads at once.
     *
     * @param from the place of the first in row order
     * @param count of them
     * @param into is filled from its beginning, and limited to them
     * @throws ModelRefusal if there is no such tensor, its type is no floating-point type, or the file has been
     *     shortened
     */
    void read(String name, long from, int count, ByteBuffer into);

    @Override
    void close();
}
