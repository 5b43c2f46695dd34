package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Head;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Tensor;

/**
 * What a model's weights alone say about its heads (Elhage et al., A Mathematical Framework for Transformer Circuits,
 * 2021): the products W_OV = W_V·W_O, by which a head moves what it has read, and W_QK = W_Q·W_Kᵀ, by which it chooses
 * where to look. Biases and LayerNorms take no part, as in TransformerLens. Belongs to the inference thread.
 *
 * <p>L layers, H heads, D width of the residual stream, d of a head, V vocabulary.
 */
public final class Circuits {

    /** Which input of the later head an earlier one writes to. */
    public enum Input {
        Q, K, V
    }

    /** Which end of a circuit's entries. */
    public enum Extreme {
        LARGEST, SMALLEST
    }

    /**
     * An entry of a circuit on the vocabulary.
     *
     * @param from the token that is attended to for OV, the query's for QK
     * @param to the token whose logit is changed for OV, the key's for QK
     */
    public record Pair(int from, int to, float value) {
    }

    private final Gpt2Weights weights;
    private final Gpt2Config config;

    public Circuits(Gpt2 model) {
        this.weights = model.weights();
        this.config = model.config();
    }

    /** A head's W_OV or W_QK, [D, D]. */
    Tensor product(Head head, Circuit circuit) {
        try (EngineArrays arrays = new EngineArrays()) {
            HeadMatrices matrices = HeadMatrices.of(arrays, weights, head);
            return EngineArrays.tensor(circuit.left(matrices).matMul(circuit.right(matrices)));
        }
    }

    /**
     * How far each head copies: the sum of the eigenvalues of W_OV over the sum of their magnitudes, 1 where all of
     * them are positive, so that what is read is written again, −1 where it is written with the opposite sign.
     * TransformerLens's {@code OV.eigenvalues}: taken from W_O·W_V, [d, d], which has the same ones but for zeros.
     *
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public HeadScores copying(Cancellation cancellation) {
        int heads = config.heads();
        double[][][] matrices = new double[config.layers() * heads][][];
        for (int i = 0; i < matrices.length; i++) {
            cancellation.throwIfRequested();
            matrices[i] = outputTimesValue(new Head(i / heads, i % heads));
        }
        // The engine is not asked any more, so all processors can take part.
        double[] flat = Arrays.stream(matrices).parallel().mapToDouble(matrix -> {
            cancellation.throwIfRequested();
            return copying(matrix);
        }).toArray();
        return HeadScores.of(IntStream.range(0, config.layers())
            .mapToObj(layer -> Arrays.copyOfRange(flat, layer * heads, (layer + 1) * heads)).toArray(double[][]::new));
    }

    private static double copying(double[][] matrix) {
        double sum = 0;
        double magnitudes = 0;
        for (double[] eigenvalue : Eigenvalues.of(matrix)) {
            sum += eigenvalue[0];
            magnitudes += Math.hypot(eigenvalue[0], eigenvalue[1]);
        }
        return magnitudes == 0 ? 0 : sum / magnitudes;
    }

    /** W_O·W_V, [d][d]. */
    private double[][] outputTimesValue(Head head) {
        try (EngineArrays arrays = new EngineArrays()) {
            HeadMatrices matrices = HeadMatrices.of(arrays, weights, head);
            double[] flat = matrices.output().toType(DataType.FLOAT64, false)
                .matMul(matrices.value().toType(DataType.FLOAT64, false)).toDoubleArray();
            int width = config.headWidth();
            double[][] rows = new double[width][];
            for (int row = 0; row < width; row++) {
                rows[row] = Arrays.copyOfRange(flat, row * width, (row + 1) * width);
            }
            return rows;
        }
    }

    /**
     * How much of what each head writes each later head reads: ‖W_OV·R‖ / (‖W_OV‖·‖R‖) of Frobenius norms, where R is
     * the later head's W_QK for its queries, the transpose of that for its keys, W_OV for its values. TransformerLens's
     * {@code all_composition_scores}.
     *
     * @param progress told the share that is done, on the inference thread
     * @return [layer][head][later layer][later head], [L, H, L, H]; 0 unless the other layer is a later one
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public Tensor composition(Input input, DoubleConsumer progress, Cancellation cancellation) {
        try (Composition composition = new Composition(weights, input)) {
            return composition.scores(progress, cancellation);
        }
    }

    /**
     * The strongest entries of a head's circuit on the whole vocabulary, [V, V], of which only tiles are ever there.
     *
     * @param extreme which end
     * @param count at most so many
     * @param progress told the share that is done, on the inference thread
     * @return the strongest first
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public List<Pair> strongest(Head head, Circuit circuit, Extreme extreme, int count, DoubleConsumer progress,
                                Cancellation cancellation) {
        try (EngineArrays arrays = new EngineArrays()) {
            Ends ends = Ends.of(arrays, weights, head, circuit);
            NDArray from = extreme == Extreme.LARGEST ? ends.from() : ends.from().neg();
            int sign = extreme == Extreme.LARGEST ? 1 : -1;
            return new StrongestPairs(arrays, from.toFloatArray(), ends.to().toFloatArray(), config.headWidth())
                .largest(count, progress, cancellation).stream()
                .map(entry -> new Pair(entry.row(), entry.column(), sign * entry.value())).toList();
        }
    }

    /**
     * One row of a head's circuit: the tokens that a token leads to most.
     *
     * @param from a token: attended to for OV, asking for QK
     * @return the strongest first
     */
    public List<Pair> strongestOf(int from, Head head, Circuit circuit, Extreme extreme, int count) {
        try (EngineArrays arrays = new EngineArrays()) {
            Ends ends = Ends.of(arrays, weights, head, circuit);
            int sign = extreme == Extreme.LARGEST ? 1 : -1;
            NDArray row = ends.from().get("%d:%d, :".formatted(from, from + 1)).mul(sign).matMul(
                ends.to().transpose());
            Top top = new Top(Math.min(count, config.vocabulary()));
            top.addAll(EngineArrays.floats(row), 0, config.vocabulary(), 0);
            return IntStream.range(0, top.size())
                .mapToObj(rank -> new Pair(from, (int) top.place(rank), sign * top.value(rank))).toList();
        }
    }

    /**
     * A head's circuit between the tokens of a prompt, whatever their positions.
     *
     * @param ids T tokens
     * @return [T, T]: rows are the tokens attended to and columns the tokens whose logits are raised for OV, queries
     *     and keys for QK
     */
    public Tensor between(int[] ids, Head head, Circuit circuit) {
        try (EngineArrays arrays = new EngineArrays()) {
            HeadMatrices matrices = HeadMatrices.of(arrays, weights, head);
            NDArray embedded = rows(arrays, weights.embed(), ids);
            NDArray to = circuit == Circuit.OV ? rows(arrays, weights.unembed(), ids) : embedded;
            return EngineArrays.tensor(embedded.matMul(circuit.left(matrices)).matMul(circuit.right(matrices)
                .matMul(to.transpose())));
        }
    }

    private static NDArray rows(EngineArrays arrays, Matrix table, int[] which) {
        int width = table.shape()[1];
        float[] rows = new float[which.length * width];
        for (int i = 0; i < which.length; i++) {
            table.floats().get(which[i] * width, rows, i * width, width);
        }
        return arrays.of(rows, which.length, width);
    }

    /** A circuit on the vocabulary as a product of from, [V, d], and the transpose of to, [V, d]. */
    private record Ends(NDArray from, NDArray to) {

        static Ends of(EngineArrays arrays, Gpt2Weights weights, Head head, Circuit circuit) {
            HeadMatrices matrices = HeadMatrices.of(arrays, weights, head);
            NDArray embed = arrays.of(weights.embed());
            NDArray last = circuit == Circuit.OV ? arrays.of(weights.unembed()) : embed;
            return new Ends(embed.matMul(circuit.left(matrices)), last.matMul(circuit.right(matrices).transpose()));
        }
    }
}
