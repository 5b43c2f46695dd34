package org.headscope.weights;

import java.nio.ByteBuffer;

/** Named tensors on disk, in one file or in several. */
interface Tensors extends AutoCloseable {

    boolean has(String name);

    /** @throws ModelRefusal if there is no such tensor */
    int[] shape(String name);

    /**
     * The numbers of one tensor in row order, as F32 in native order.
     *
     * @param mapped whether the file may be mapped: it must then never be shortened, or the process ends
     * @return a direct buffer
     * @throws ModelRefusal if there is no such tensor or its type is no floating-point type
     */
    ByteBuffer bytes(String name, boolean mapped);

    /**
     * Reads some floats of a tensor into the block, from a place in row order on. May be called from several threads at
     * once, each with a block of its own.
     */
    void read(String name, long from, int count, Block block);

    @Override
    void close();
}
