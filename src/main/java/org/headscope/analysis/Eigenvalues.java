package org.headscope.analysis;

import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The eigenvalues of a real square matrix, by EJML. */
final class Eigenvalues {

    private Eigenvalues() {
    }

    /**
     * @param matrix [n][n], left as it is
     * @return [n][2]: real and imaginary part of each, in no order
     * @throws ArithmeticException if the algorithm does not end, which no matrix of numbers is known to cause
     */
    static double[][] of(double[][] matrix) {
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(matrix.length, false);
        if (!decomposition.decompose(new DMatrixRMaj(matrix))) {
            throw new ArithmeticException("The eigenvalues of a head's matrix could not be found.");
        }
        double[][] values = new double[matrix.length][];
        for (int i = 0; i < values.length; i++) {
            Complex_F64 value = decomposition.getEigenvalue(i);
            values[i] = new double[] {value.real, value.imaginary};
        }
        return values;
    }
}
