package org.headscope.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headscope.model.EngineWeights.Layer;
import org.headscope.model.EngineWeights.Linear;
import org.headscope.model.EngineWeights.Norm;
import org.headscope.model.EngineWeights.Parts;
import org.headscope.model.WeightReader.Wanted;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2File;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Processing;

/**
 * From Hugging Face's tensors to the engine's, one after the other, with what TransformerLens's
 * {@code load_and_process_state_dict} makes of them by default on the way: fold_ln, center_writing_weights,
 * center_unembed, fold_value_biases, in this order. As there, the arithmetic is in the model's own precision. A matrix
 * is worked on where it was read to and then laid out for the engine, so that besides the result there are at most two
 * of a layer's matrices as they were.
 *
 * <p>D width of the residual stream, V vocabulary.
 */
final class WeightLoading {

    /** The embedding and the unembedding as all others read them, and the latter as the engine has it. */
    private record Embeddings(Matrix embed, Matrix unembed, Matrix unembedBias, Linear linear) {
    }

    /** A matrix that is ready for the engine before its bias is known. */
    private record LaidOut(NDArray matrix, boolean packed) {

        Linear with(NDArray bias) {
            return new Linear(matrix, bias, packed);
        }
    }

    private final Gpt2File file;
    private final Gpt2Config config;
    private final boolean folds;
    private final DataType type;
    private final NDManager manager;
    private final EngineWeights engine;
    private final WeightReader reader;
    private final int width;

    private WeightLoading(Gpt2File file, Processing processing, DataType type, NDManager manager, EngineWeights engine,
                          WeightReader reader) {
        this.file = file;
        this.config = file.config();
        this.folds = processing == Processing.TRANSFORMERLENS;
        this.type = type;
        this.manager = manager;
        this.engine = engine;
        this.reader = reader;
        this.width = config.width();
    }

    /**
     * Reads everything.
     *
     * @param manager that the arrays belong to
     * @param engine whose kernels they are for
     */
    static Parts load(Gpt2File file, Processing processing, DataType type, NDManager manager, EngineWeights engine) {
        try (WeightReader reader = new WeightReader(file, type, matrices(file.config()))) {
            return new WeightLoading(file, processing, type, manager, engine, reader).parts(processing);
        }
    }

    /** The layers' matrices in the order in which {@link #layer} works on them, as the engine wants to have them. */
    private static List<Wanted> matrices(Gpt2Config config) {
        int width = config.width();
        int mlp = config.mlpWidth();
        return IntStream.range(0, config.layers()).mapToObj(layer -> "h." + layer + ".").flatMap(h -> Stream.of(
            new Wanted(h + "attn.c_attn.weight", width, 3 * width, true),
            // Everybody else reads this one by rows.
            new Wanted(h + "attn.c_proj.weight", width, width, false),
            new Wanted(h + "mlp.c_fc.weight", width, mlp, true),
            new Wanted(h + "mlp.c_proj.weight", mlp, width, true))).toList();
    }

    private Parts parts(Processing processing) {
        WeightReader.Table embedding = table("wte.weight");
        WeightReader.Table unembedding = unembedding(embedding);
        Layer[] layers = new Layer[config.layers()];
        Gpt2Weights.Layer[] weights = new Gpt2Weights.Layer[layers.length];
        for (int layer = 0; layer < layers.length; layer++) {
            try (NDManager step = manager.newSubManager()) {
                layer(step, layer, layers, weights);
            }
        }
        try (NDManager step = manager.newSubManager()) {
            NDArray[] finalNorm = norm(step, "ln_f");
            Embeddings embeddings = embeddings(step, reader.finish(embedding),
                reader.finish(unembedding), finalNorm);
            Matrix positions = matrix(centred("wpe.weight", reader.vector(step, "wpe.weight",
                config.positions(), width), 1));
            return new Parts(List.of(layers), kept(finalNorm), embeddings.linear(), new Gpt2Weights(config, processing,
                embeddings.embed(), positions, List.of(weights), matrices(finalNorm), embeddings.unembed(),
                embeddings.unembedBias()));
        }
    }

    private WeightReader.Table table(String name) {
        return reader.begin(manager, engine.block((long) config.vocabulary() * width), name, config.vocabulary(), width);
    }

    /** Where the unembedding is going to lie: in memory of its own, unless it stays the embedding. */
    private WeightReader.Table unembedding(WeightReader.Table embedding) {
        if (file.hasOwnUnembedding()) {
            return table("lm_head.weight");
        }
        return folds && type == DataType.FLOAT32 ? reader.prepare(manager,
            engine.block((long) config.vocabulary() * width), config.vocabulary(), width) : embedding;
    }

    private void layer(NDManager step, int layer, Layer[] layers, Gpt2Weights.Layer[] weights) {
        String h = "h." + layer + ".";
        int heads = config.heads();
        int mlp = config.mlpWidth();
        NDArray[] norm1 = norm(step, h + "ln_1");
        NDArray qkv = reader.next(step);
        NDArray readingBias = folded(h + "attn.c_attn.weight", qkv, vector(step, h + "attn.c_attn.bias", 3 * width),
            norm1);
        LaidOut reading = laidOut(qkv);

        NDArray output = centred(h + "attn.c_proj.weight", reader.next(step), 1);
        NDArray outputBias = written(step, h + "attn.c_proj.bias");
        NDArray qkvBias = readingBias;
        if (folds) {
            // fold_value_biases: a pattern's rows sum to 1, so a bias on the values is the same as one on the output.
            NDArray valueBias = readingBias.get(2 * width + ":").reshape(1, width);
            outputBias = outputBias.add(valueBias.matMul(output).reshape(width));
            qkvBias = readingBias.get(":" + 2 * width).concat(step.zeros(new Shape(width), type));
        }
        Linear attention = reading.with(copy(qkvBias));
        Matrix outputRows = matrix(output);
        NDArray outputByHead = array(outputRows).reshape(heads, config.headWidth(), width);
        Linear written = laidOut(output.transpose()).with(copy(outputBias));

        NDArray[] norm2 = norm(step, h + "ln_2");
        NDArray in = reader.next(step);
        NDArray inBias = folded(h + "mlp.c_fc.weight", in, vector(step, h + "mlp.c_fc.bias", mlp), norm2);
        Linear neurons = laidOut(in).with(copy(inBias));
        NDArray outBias = written(step, h + "mlp.c_proj.bias");
        Linear back = laidOut(centred(h + "mlp.c_proj.weight", reader.next(step), 0)).with(copy(outBias));

        NDArray[] qkvBiasByHead = attention.bias().split(3, 0).stream()
            .map(third -> third.reshape(heads, 1, config.headWidth())).toArray(NDArray[]::new);
        layers[layer] = new Layer(kept(norm1), attention, qkvBiasByHead, written, outputByHead, kept(norm2), neurons,
            back);
        weights[layer] = new Gpt2Weights.Layer(matrices(norm1), engine.onDemand(attention, width, 3 * width),
            matrix(qkvBias), outputRows, matrix(outputBias), matrices(norm2), engine.onDemand(neurons, width, mlp),
            matrix(inBias), engine.onDemand(back, mlp, width), matrix(outBias));
    }

    // ---- what is read ----

    private NDArray vector(NDManager step, String name, int length) {
        return checked(name, reader.vector(step, name, length));
    }

    private NDArray[] norm(NDManager step, String name) {
        return new NDArray[] {vector(step, name + ".weight", width), vector(step, name + ".bias", width)};
    }

    /** A bias that is written to the residual stream. */
    private NDArray written(NDManager step, String name) {
        return centred(name, reader.vector(step, name, width), 0);
    }

    /**
     * Refuses a tensor that is not finite.
     *
     * @param sums of all that it has, whatever else is in them: they are finite only if it is
     */
    private NDArray checked(String name, NDArray sums) {
        if (!Float.isFinite(sums.sum().toType(DataType.FLOAT32, false).getFloat())) {
            throw file.notFinite(name);
        }
        return sums;
    }

    // ---- arithmetic ----

    /**
     * fold_ln for W [n, D] and b [n]: the norm's shift goes into b, its scale into W, and W's rows are centred. W is
     * changed in place.
     *
     * @return b
     */
    private NDArray folded(String name, NDArray matrix, NDArray bias, NDArray[] norm) {
        if (!folds) {
            checked(name, matrix);
            return bias;
        }
        NDArray sums = checked(name, sums(matrix, norm));
        engine.kernels.scaled(sums.get(":, 0:1").neg(), matrix, norm[0], matrix);
        return bias.add(sums.get(":, 1"));
    }

    /** Of each row of [n, D] its mean once it has the norm's scale, and what it makes of the norm's shift: [n, 2]. */
    private NDArray sums(NDArray rows, NDArray[] norm) {
        return rows.matMul(NDArrays.stack(new NDList(norm[0].div(width), norm[1])).transpose());
    }

    /** center_writing_weights: in place, the mean over the axis of what is written becomes 0. */
    private NDArray centred(String name, NDArray array, int axis) {
        return folds ? array.subi(checked(name, array.mean(new int[] {axis}, true))) : checked(name, array);
    }

    /** @param other what {@link #unembedding} gives */
    private Embeddings embeddings(NDManager step, NDArray table, NDArray other, NDArray[] norm) {
        int vocabulary = config.vocabulary();
        boolean tied = !file.hasOwnUnembedding();
        String name = tied ? "wte.weight" : "lm_head.weight";
        NDArray raw = tied ? table : other;
        if (!folds) {
            checked("wte.weight", inStep(step, table));
            NDArray bias = step.zeros(new Shape(vocabulary), type);
            return new Embeddings(view(table), view(raw), matrix(bias), unembedding(reader.inType(checked(name, raw)),
                bias));
        }
        // fold_ln and center_unembed for W_U, [V, D], and b_U [V].
        NDArray rows = reader.inType(inStep(step, raw));
        NDArray sums = checked(name, sums(rows, norm));
        NDArray means = sums.get(":, 0:1");
        NDArray bias = sums.get(":, 1").sub(sums.get(":, 1").mean());
        NDArray centre = rows.mean(new int[] {0}, true).mul(norm[0]).sub(means.mean());
        NDArray unembed = type == DataType.FLOAT32 ? other : manager.create(rows.getShape(), type);
        engine.kernels.scaled(centre.neg(), rows, norm[0], unembed).subi(means);
        centred("wte.weight", inStep(step, table), 1);
        NDArray single = type == DataType.FLOAT32 ? unembed : unembed.toType(DataType.FLOAT32, true);
        return new Embeddings(view(table), view(single), matrix(bias), unembedding(unembed, bias));
    }

    // ---- the engine's arrays, and those for the others ----

    /** The same memory, for operations whose results go with the step. */
    private static NDArray inStep(NDManager step, NDArray array) {
        return step.create(array.toByteBuffer(true), array.getShape(), array.getDataType());
    }

    /** @param matrix [out, in], whose memory is used for another afterwards */
    private LaidOut laidOut(NDArray matrix) {
        Optional<NDArray> packed = packed(matrix);
        NDArray kept = packed.orElseGet(matrix::duplicate);
        kept.attach(manager);
        return new LaidOut(kept, packed.isPresent());
    }

    /** @param matrix [V, D], which is kept as it is: {@link EngineWeights#unembedded} */
    private Linear unembedding(NDArray matrix, NDArray bias) {
        return new Linear(matrix, copy(bias), false);
    }

    private Optional<NDArray> packed(NDArray matrix) {
        return type == DataType.FLOAT32 ? engine.kernels.pack(matrix) : Optional.empty();
    }

    private NDArray copy(NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(manager);
        return copy;
    }

    private Norm kept(NDArray[] norm) {
        return folds ? new Norm(manager.ones(new Shape(width), type), manager.zeros(new Shape(width), type), true)
            : new Norm(copy(norm[0]), copy(norm[1]), false);
    }

    private Optional<Gpt2Weights.Norm> matrices(NDArray[] norm) {
        return folds ? Optional.empty() : Optional.of(new Gpt2Weights.Norm(matrix(norm[0]), matrix(norm[1])));
    }

    /** A copy that outlives the engine's. */
    private static Matrix matrix(NDArray array) {
        NDArray single = array.toType(DataType.FLOAT32, false);
        return new Matrix(EngineWeights.copy(single), shape(single));
    }

    private Matrix view(NDArray array) {
        return engine.lent(array, shape(array));
    }

    private static int[] shape(NDArray array) {
        return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    }

    private NDArray array(Matrix matrix) {
        NDArray array = manager.create(matrix.bytes(), new Shape(Arrays.stream(matrix.shape()).asLongStream().toArray()),
            DataType.FLOAT32);
        return reader.inType(array);
    }
}
