package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The rows of two tall matrices X, [n, d], and Y, [m, d], in coordinates in which as much as possible of the product
 * X·Yᵀ comes from the first few: those along its singular vectors. What the others can add to an entry is at most the
 * product of the lengths of what is left of both rows. So the first few and these lengths bound an entry from above,
 * as one product of narrower matrices.
 *
 * @param x [n·d], row by row
 * @param y [m·d], row by row
 * @param width d
 */
record Concentrated(float[] x, float[] y, int width) {

    /**
     * So much of its whole length is added to what is left of a row. The square is what the sum of an entry may be off
     * by rounding, relative to the product of the whole lengths.
     */
    private static final double SLACK = 4e-3;
    /** Directions in which Y hardly extends are scaled as if it extended by this share of its greatest extent. */
    private static final double LEAST = 1e-6;

    /** Orthogonal directions, the columns of [d, d], along which a matrix extends by so much, the most first. */
    private record Axes(NDArray directions, double[] extents) {
    }

    /**
     * X·Yᵀ = (X·A)·(Y·A⁻ᵀ)ᵀ for any A; this one makes Y's columns orthonormal and X's orthogonal.
     *
     * @param x [n, d]
     * @param y [m, d]
     */
    static Concentrated of(EngineArrays arrays, NDArray x, NDArray y) {
        try (EngineArrays step = arrays.step()) {
            NDArray exactX = step.adopt(x.toType(DataType.FLOAT64, true));
            NDArray exactY = step.adopt(y.toType(DataType.FLOAT64, true));
            Axes ofY = axes(step, exactY);
            double least = LEAST * ofY.extents()[0];
            int width = ofY.extents().length;
            NDArray scale = step.of(Arrays.stream(ofY.extents())
                .map(extent -> extent > least ? extent : Math.max(least, Double.MIN_NORMAL)).toArray(), 1, width);
            NDArray scaledX = exactX.matMul(ofY.directions()).mul(scale);
            NDArray scaledY = exactY.matMul(ofY.directions()).div(scale);
            NDArray turn = axes(step, scaledX).directions();
            return new Concentrated(floats(scaledX.matMul(turn)), floats(scaledY.matMul(turn)), width);
        }
    }

    private static float[] floats(NDArray array) {
        try (NDArray floats = array.toType(DataType.FLOAT32, false)) {
            return floats.toFloatArray();
        }
    }

    private static Axes axes(EngineArrays arrays, NDArray rows) {
        int width = (int) rows.getShape().get(1);
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(width, true, true);
        if (!decomposition.decompose(new DMatrixRMaj(width, width, true,
            rows.transpose().matMul(rows).toDoubleArray()))) {
            throw new ArithmeticException("The directions of a head's circuit could not be found.");
        }
        int[] order = IntStream.range(0, width).boxed()
            .sorted(Comparator.comparingDouble(i -> -decomposition.getEigenvalue(i).real)).mapToInt(i -> i).toArray();
        double[] directions = new double[width * width];
        double[] extents = new double[width];
        for (int column = 0; column < width; column++) {
            DMatrixRMaj direction = decomposition.getEigenVector(order[column]);
            extents[column] = Math.sqrt(Math.max(0, decomposition.getEigenvalue(order[column]).real));
            for (int row = 0; row < width; row++) {
                directions[row * width + column] = direction.get(row);
            }
        }
        return new Axes(arrays.of(directions, width, width), extents);
    }

    /** So many rows of both, from everywhere; some of them more than once where there are fewer. */
    Concentrated some(int count) {
        return new Concentrated(some(x, count), some(y, count), width);
    }

    private float[] some(float[] rows, int count) {
        float[] some = new float[count * width];
        for (int row = 0; row < count; row++) {
            int from = (int) ((long) row * (rows.length / width) / count);
            System.arraycopy(rows, from * width, some, row * width, width);
        }
        return some;
    }

    /** The first coordinates of each of X's rows, and the length of what is left of it: [n·(coordinates + 1)]. */
    float[] boundingX(int coordinates) {
        return bounding(x, coordinates);
    }

    /** Likewise of Y's. The product of the two is nowhere below X·Yᵀ. */
    float[] boundingY(int coordinates) {
        return bounding(y, coordinates);
    }

    private float[] bounding(float[] rows, int coordinates) {
        int count = rows.length / width;
        float[] bounding = new float[count * (coordinates + 1)];
        for (int row = 0; row < count; row++) {
            double first = squares(rows, row * width, coordinates);
            double rest = squares(rows, row * width + coordinates, width - coordinates);
            int at = row * (coordinates + 1);
            System.arraycopy(rows, row * width, bounding, at, coordinates);
            bounding[at + coordinates] = (float) (Math.sqrt(rest) + SLACK * Math.sqrt(first + rest));
        }
        return bounding;
    }

    /** The sum of the squares of some values. */
    static double squares(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }
}
