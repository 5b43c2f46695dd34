package org.headscope.weights;

import java.util.Arrays;
import java.util.Objects;

/**
 * A shape and its floats, row by row. Never changes once made; {@link #slice} shares the floats of its parent.
 */
public final class Tensor {

    private final int[] shape;
    private final float[] values;
    private final int offset;
    private final int size;

    private Tensor(float[] values, int offset, int[] shape) {
        this.shape = shape;
        this.values = values;
        this.offset = offset;
        this.size = product(shape);
    }

    /**
     * Takes the floats as they are, without a copy: the caller must not write to them afterwards.
     *
     * @throws IllegalArgumentException if the shape does not hold exactly these floats
     */
    public static Tensor of(float[] values, int... shape) {
        if (product(shape) != values.length) {
            throw new IllegalArgumentException(values.length + " floats do not fill " + Arrays.toString(shape));
        }
        return new Tensor(values, 0, shape.clone());
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The extent of one axis; negative axes count from the end. */
    public int extent(int axis) {
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    public int rank() {
        return shape.length;
    }

    public int size() {
        return size;
    }

    /** The value at one index an axis. */
    public float get(int... index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(index.length + " indices into " + Arrays.toString(shape));
        }
        int flat = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            flat = flat * shape[axis] + Objects.checkIndex(index[axis], shape[axis]);
        }
        return values[offset + flat];
    }

    /** The value at a place in row order. */
    public float at(int flat) {
        return values[offset + Objects.checkIndex(flat, size)];
    }

    /** The part under these indices of the leading axes, sharing this tensor's floats. */
    public Tensor slice(int... leading) {
        int[] rest = Arrays.copyOfRange(shape, leading.length, shape.length);
        int flat = 0;
        for (int axis = 0; axis < leading.length; axis++) {
            flat = flat * shape[axis] + Objects.checkIndex(leading[axis], shape[axis]);
        }
        return new Tensor(values, offset + flat * product(rest), rest);
    }

    /** A copy of the floats in row order. */
    public float[] toArray() {
        return Arrays.copyOfRange(values, offset, offset + size);
    }

    /** A copy of some floats, from a place in row order on. */
    public float[] toArray(int from, int count) {
        Objects.checkFromIndexSize(from, count, size);
        return Arrays.copyOfRange(values, offset + from, offset + from + count);
    }

    /** Copies some floats, from a place in row order on, into an array. */
    public void read(int from, float[] target, int at, int count) {
        Objects.checkFromIndexSize(from, count, size);
        System.arraycopy(values, offset + from, target, at, count);
    }

    /** The largest magnitude; 0 for an empty tensor. Infinite values count as they are. */
    public float maxAbs() {
        float max = 0;
        for (int i = 0; i < size; i++) {
            max = Math.max(max, Math.abs(values[offset + i]));
        }
        return max;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(
            values, offset, offset + size, that.values, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(toArray());
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
