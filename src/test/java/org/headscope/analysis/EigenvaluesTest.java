package org.headscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EigenvaluesTest {

    @Test
    void aTurnHasAConjugatePair() {
        double[][] values = sorted(Eigenvalues.of(new double[][] {{0, -2}, {2, 0}}));

        assertThat(values[0]).containsExactly(new double[] {0, -2}, within(1e-12));
        assertThat(values[1]).containsExactly(new double[] {0, 2}, within(1e-12));
    }

    @Test
    void aCompanionMatrixHasItsPolynomialsRoots() {
        // (x − 1)(x − 2)(x² + 1) = x⁴ − 3x³ + 3x² − 3x + 2
        double[][] values = sorted(Eigenvalues.of(new double[][] {
            {3, -3, 3, -2}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}));

        assertThat(values[0]).containsExactly(new double[] {0, -1}, within(1e-10));
        assertThat(values[1]).containsExactly(new double[] {0, 1}, within(1e-10));
        assertThat(values[2]).containsExactly(new double[] {1, 0}, within(1e-10));
        assertThat(values[3]).containsExactly(new double[] {2, 0}, within(1e-10));
    }

    @Test
    void aPermutationOnWhichPlainShiftsCircleIsSolved() {
        double[][] values = Eigenvalues.of(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});

        for (double[] value : values) {
            assertThat(Math.hypot(value[0], value[1])).isCloseTo(1, within(1e-12));
        }
        assertThat(Arrays.stream(values).mapToDouble(value -> value[0]).sum()).isCloseTo(0, within(1e-12));
    }

    @Test
    void zeroAndDefectiveMatricesAreSolved() {
        assertThat(Eigenvalues.of(new double[3][3])).isDeepEqualTo(new double[3][2]);
        assertThat(List.of(Eigenvalues.of(new double[][] {{2, 1, 0}, {0, 2, 1}, {0, 0, 2}})))
            .allSatisfy(value -> assertThat(value[0]).isCloseTo(2, within(1e-4)));
    }

    /** The sums of the eigenvalues' powers are the traces of the matrix's. */
    @Test
    void powersOfRandomMatricesHaveTheirTraces() {
        Random random = new Random(5);
        for (int size : new int[] {1, 2, 3, 10, 64, 80}) {
            double[][] matrix = new double[size][size];
            for (double[] row : matrix) {
                Arrays.setAll(row, i -> random.nextGaussian() / Math.sqrt(size));
            }
            double[][] values = Eigenvalues.of(matrix);
            double[][] power = matrix;
            double[][] powers = values;
            for (int exponent = 1; exponent <= 4; exponent++) {
                double trace = 0;
                for (int i = 0; i < size; i++) {
                    trace += power[i][i];
                }
                double re = Arrays.stream(powers).mapToDouble(value -> value[0]).sum();
                double im = Arrays.stream(powers).mapToDouble(value -> value[1]).sum();
                assertThat(re).as("size %d, power %d", size, exponent).isCloseTo(trace, within(1e-9));
                assertThat(im).isCloseTo(0, within(1e-9));
                power = times(power, matrix);
                powers = times(powers, values, size);
            }
        }
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] times(double[][] a, double[][] b, int size) {
        double[][] product = new double[size][];
        for (int i = 0; i < size; i++) {
            product[i] = new double[] {a[i][0] * b[i][0] - a[i][1] * b[i][1], a[i][0] * b[i][1] + a[i][1] * b[i][0]};
        }
        return product;
    }

    private static double[][] sorted(double[][] values) {
        Arrays.sort(values, Comparator.<double[]>comparingDouble(value -> Math.rint(value[0] * 1e6))
            .thenComparingDouble(value -> value[1]));
        return values;
    }
}
