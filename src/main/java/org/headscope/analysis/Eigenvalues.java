package org.headscope.analysis;

/**
 * The eigenvalues of a real square matrix: reduced to Hessenberg form by Householder reflections, then by the QR
 * algorithm with Wilkinson's shift and deflation (Golub and Van Loan, Matrix Computations, chapter 7), in complex
 * numbers, so that conjugate pairs need no case of their own.
 */
final class Eigenvalues {

    private static final double EPSILON = Math.ulp(1.0);
    private static final int STEPS_AN_EIGENVALUE = 100;
    /** After so many steps without a result the shift is moved away from where it circles. */
    private static final int PATIENCE = 12;

    private final int size;
    /** The matrix on its way to a triangle, real and imaginary parts. */
    private final double[][] re;
    private final double[][] im;

    private Eigenvalues(double[][] matrix) {
        size = matrix.length;
        re = new double[size][];
        im = new double[size][size];
        for (int row = 0; row < size; row++) {
            re[row] = matrix[row].clone();
        }
    }

    /**
     * @param matrix [n][n], left as it is
     * @return [n][2]: real and imaginary part of each, in no order
     * @throws ArithmeticException if the algorithm does not end, which no matrix of numbers is known to cause
     */
    static double[][] of(double[][] matrix) {
        Eigenvalues eigenvalues = new Eigenvalues(matrix);
        eigenvalues.toHessenberg();
        eigenvalues.toTriangle();
        double[][] values = new double[matrix.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[] {eigenvalues.re[i][i], eigenvalues.im[i][i]};
        }
        return values;
    }

    /** Makes everything below the first subdiagonal zero, column by column. Still real. */
    private void toHessenberg() {
        double[] mirror = new double[size];
        for (int column = 0; column < size - 2; column++) {
            double squares = 0;
            for (int row = column + 1; row < size; row++) {
                mirror[row] = re[row][column];
                squares += mirror[row] * mirror[row];
            }
            double length = Math.copySign(Math.sqrt(squares), mirror[column + 1]);
            double half = squares + length * mirror[column + 1];
            if (half == 0) {
                continue;
            }
            mirror[column + 1] += length;
            reflect(mirror, column + 1, half);
        }
    }

    /** Applies I − v·vᵀ / half from both sides, where v begins at a place. */
    private void reflect(double[] v, int from, double half) {
        for (int column = 0; column < size; column++) {
            double sum = 0;
            for (int row = from; row < size; row++) {
                sum += v[row] * re[row][column];
            }
            for (int row = from; row < size; row++) {
                re[row][column] -= sum / half * v[row];
            }
        }
        for (double[] row : re) {
            double sum = 0;
            for (int column = from; column < size; column++) {
                sum += v[column] * row[column];
            }
            for (int column = from; column < size; column++) {
                row[column] -= sum / half * v[column];
            }
        }
    }

    /** Finds one eigenvalue after another at the lower right corner of what is left. */
    private void toTriangle() {
        int last = size - 1;
        int steps = 0;
        while (last > 0) {
            int first = last;
            while (first > 0 && !dropIfNegligible(first)) {
                first--;
            }
            if (first == last) {
                last--;
                steps = 0;
                continue;
            }
            if (++steps > STEPS_AN_EIGENVALUE) {
                throw new ArithmeticException("the QR algorithm does not end");
            }
            step(first, last, steps % PATIENCE == 0);
        }
    }

    /** Makes an entry left of the diagonal zero if it is nothing beside its neighbours on it; says whether it was. */
    private boolean dropIfNegligible(int row) {
        double beside = magnitude(row, row) + magnitude(row - 1, row - 1);
        if (magnitude(row, row - 1) > EPSILON * (beside == 0 ? 1e-300 : beside)) {
            return false;
        }
        re[row][row - 1] = 0;
        im[row][row - 1] = 0;
        return true;
    }

    private double magnitude(int row, int column) {
        return Math.hypot(re[row][column], im[row][column]);
    }

    /** H − s = Q·R, then R·Q + s, on the rows and columns from first to last; Q is a product of plane rotations. */
    private void step(int first, int last, boolean exceptional) {
        double[] shift = exceptional ? new double[] {magnitude(last, last - 1) + magnitude(last, last), 0}
            : shift(last);
        double[][] rotations = new double[last - first][];
        shiftDiagonal(first, last, -shift[0], -shift[1]);
        for (int k = first; k < last; k++) {
            rotations[k - first] = rotation(k);
            rotateRows(k, last, rotations[k - first]);
        }
        for (int k = first; k < last; k++) {
            rotateColumns(k, first, rotations[k - first]);
        }
        shiftDiagonal(first, last, shift[0], shift[1]);
    }

    private void shiftDiagonal(int first, int last, double byRe, double byIm) {
        for (int i = first; i <= last; i++) {
            re[i][i] += byRe;
            im[i][i] += byIm;
        }
    }

    /** Of the two eigenvalues of the last 2 × 2 corner the one that is nearer to the corner's last entry. */
    private double[] shift(int last) {
        double halfRe = (re[last - 1][last - 1] - re[last][last]) / 2;
        double halfIm = (im[last - 1][last - 1] - im[last][last]) / 2;
        double[] product = times(re[last - 1][last], im[last - 1][last], re[last][last - 1], im[last][last - 1]);
        double[] square = times(halfRe, halfIm, halfRe, halfIm);
        double[] root = root(square[0] + product[0], square[1] + product[1]);
        // Of the two signs the one that does not cancel: product / (half ± root) is the nearer one's distance.
        double sign = halfRe * root[0] + halfIm * root[1] < 0 ? -1 : 1;
        double[] divisor = {halfRe + sign * root[0], halfIm + sign * root[1]};
        double squares = divisor[0] * divisor[0] + divisor[1] * divisor[1];
        if (squares == 0) {
            return new double[] {re[last][last], im[last][last]};
        }
        double[] distance = times(product[0], product[1], divisor[0] / squares, -divisor[1] / squares);
        return new double[] {re[last][last] - distance[0], im[last][last] - distance[1]};
    }

    private static double[] times(double aRe, double aIm, double bRe, double bIm) {
        return new double[] {aRe * bRe - aIm * bIm, aRe * bIm + aIm * bRe};
    }

    private static double[] root(double ofRe, double ofIm) {
        double magnitude = Math.hypot(ofRe, ofIm);
        double rootRe = Math.sqrt((magnitude + Math.abs(ofRe)) / 2);
        double rootIm = rootRe == 0 ? 0 : ofIm / (2 * rootRe);
        return ofRe >= 0 ? new double[] {rootRe, rootIm}
            : new double[] {Math.abs(rootIm), Math.copySign(rootRe, ofIm)};
    }

    /**
     * The rotation [ā, b̄; −b, a] of rows k and k + 1 that makes the entry below the diagonal zero, as the parts of a
     * and b: these are the two entries, brought to length 1.
     */
    private double[] rotation(int k) {
        double length = Math.hypot(magnitude(k, k), magnitude(k + 1, k));
        return length == 0 ? new double[] {1, 0, 0, 0}
            : new double[] {re[k][k] / length, im[k][k] / length, re[k + 1][k] / length, im[k + 1][k] / length};
    }

    private void rotateRows(int k, int last, double[] r) {
        for (int column = k; column <= last; column++) {
            double xRe = re[k][column];
            double xIm = im[k][column];
            double yRe = re[k + 1][column];
            double yIm = im[k + 1][column];
            re[k][column] = r[0] * xRe + r[1] * xIm + r[2] * yRe + r[3] * yIm;
            im[k][column] = r[0] * xIm - r[1] * xRe + r[2] * yIm - r[3] * yRe;
            re[k + 1][column] = r[0] * yRe - r[1] * yIm - r[2] * xRe + r[3] * xIm;
            im[k + 1][column] = r[0] * yIm + r[1] * yRe - r[2] * xIm - r[3] * xRe;
        }
    }

    /** By the same rotation's inverse, from the right. */
    private void rotateColumns(int k, int first, double[] r) {
        for (int row = first; row <= k + 1; row++) {
            double xRe = re[row][k];
            double xIm = im[row][k];
            double yRe = re[row][k + 1];
            double yIm = im[row][k + 1];
            re[row][k] = r[0] * xRe - r[1] * xIm + r[2] * yRe - r[3] * yIm;
            im[row][k] = r[0] * xIm + r[1] * xRe + r[2] * yIm + r[3] * yRe;
            re[row][k + 1] = r[0] * yRe + r[1] * yIm - r[2] * xRe - r[3] * xIm;
            im[row][k + 1] = r[0] * yIm - r[1] * yRe - r[2] * xIm + r[3] * xRe;
        }
    }
}
