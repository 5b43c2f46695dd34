package org.headscope.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headscope.weights.Gpt2Weights.Layer;
import org.headscope.weights.Gpt2Weights.Matrix;
import org.headscope.weights.Gpt2Weights.Norm;

/**
 * From Hugging Face's tensors to {@link Gpt2Weights}, raw or as TransformerLens's {@code load_and_process_state_dict}
 * makes them by default: fold_ln, center_writing_weights, center_unembed, fold_value_biases, in this order. Sums are
 * kept in double precision; TransformerLens's own are in single, so the results agree to a few 1e-7.
 */
final class WeightProcessing {

    private final Safetensors file;
    private final Gpt2Config config;
    private final Processing processing;
    private final String prefix;

    private WeightProcessing(Safetensors file, Gpt2Config config, Processing processing) {
        this.file = file;
        this.config = config;
        this.processing = processing;
        // Files saved from the bare GPT2Model, gpt2's own on the hub among them, lack the prefix.
        this.prefix = file.has("transformer.wte.weight") ? "transformer." : "";
    }

    static Gpt2Weights read(Safetensors file, Gpt2Config config, Processing processing) {
        Gpt2Weights raw = new WeightProcessing(file, config, processing).raw();
        return processing == Processing.RAW ? raw : process(raw);
    }

    private Gpt2Weights raw() {
        int width = config.width();
        Matrix embed = matrix("wte.weight", config.vocabulary(), width);
        List<Layer> layers = IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
        return new Gpt2Weights(config, Processing.RAW, embed, matrix("wpe.weight", config.positions(), width), layers,
            norm("ln_f"), unembed(embed), zeros(config.vocabulary()));
    }

    private Matrix unembed(Matrix embed) {
        if (file.has("lm_head.bias")) {
            throw new ModelRefusal("This model has an lm_head.bias, which no GPT-2 has; choose another model.");
        }
        return file.has("lm_head.weight") ? named("lm_head.weight", config.vocabulary(), config.width()) : embed;
    }

    private Layer layer(int layer) {
        int width = config.width();
        int mlp = config.mlpWidth();
        String h = "h." + layer + ".";
        return new Layer(norm(h + "ln_1"),
            matrix(h + "attn.c_attn.weight", width, 3 * width), matrix(h + "attn.c_attn.bias", 3 * width),
            matrix(h + "attn.c_proj.weight", width, width), matrix(h + "attn.c_proj.bias", width),
            norm(h + "ln_2"),
            matrix(h + "mlp.c_fc.weight", width, mlp), matrix(h + "mlp.c_fc.bias", mlp),
            matrix(h + "mlp.c_proj.weight", mlp, width), matrix(h + "mlp.c_proj.bias", width));
    }

    private Optional<Norm> norm(String name) {
        return Optional.of(new Norm(matrix(name + ".weight", config.width()), matrix(name + ".bias", config.width())));
    }

    private Matrix matrix(String name, int... shape) {
        return named(prefix + name, shape);
    }

    private Matrix named(String name, int... shape) {
        int[] found = file.shape(name);
        if (!Arrays.equals(found, shape)) {
            throw new ModelRefusal(("“%s” has the shape %s where config.json asks for %s; the two files do not belong "
                + "together, fetch the model again.").formatted(name, Arrays.toString(found), Arrays.toString(shape)));
        }
        // Processing changes the numbers where they lie, so it needs its own; the file's pages are let go at once.
        return new Matrix(processing == Processing.RAW ? file.bytes(name) : file.copy(name), shape);
    }

    // ---- processing, in place ----

    private static Gpt2Weights process(Gpt2Weights weights) {
        Matrix embed = weights.embed();
        Matrix unembed = weights.unembed() == embed ? copy(embed) : weights.unembed();
        centreRows(embed);
        centreRows(weights.positions());
        List<Layer> layers = weights.layers().parallelStream().map(WeightProcessing::process).toList();
        Matrix bias = weights.unembedBias();
        foldIntoRows(unembed, bias, weights.finalNorm().orElseThrow());
        centreColumns(unembed);
        centre(bias.floats(), 0, bias.shape()[0]);
        return new Gpt2Weights(weights.config(), Processing.TRANSFORMERLENS, embed, weights.positions(), layers,
            Optional.empty(), unembed, bias);
    }

    private static Layer process(Layer layer) {
        foldIntoColumns(layer.qkv(), layer.qkvBias(), layer.norm1().orElseThrow());
        foldIntoColumns(layer.in(), layer.inBias(), layer.norm2().orElseThrow());
        centreRows(layer.output());
        centreRows(layer.out());
        centre(layer.outputBias().floats(), 0, layer.outputBias().shape()[0]);
        centre(layer.outBias().floats(), 0, layer.outBias().shape()[0]);
        foldValueBias(layer.qkvBias(), layer.output(), layer.outputBias());
        return new Layer(Optional.empty(), layer.qkv(), layer.qkvBias(), layer.output(), layer.outputBias(),
            Optional.empty(), layer.in(), layer.inBias(), layer.out(), layer.outBias());
    }

    /** fold_ln for W [D, n] and b [n]: the norm's shift goes into b, its scale into W, and W's columns are centred. */
    private static void foldIntoColumns(Matrix matrix, Matrix bias, Norm norm) {
        FloatBuffer w = matrix.floats();
        FloatBuffer b = bias.floats();
        FloatBuffer scale = norm.scale().floats();
        FloatBuffer shift = norm.shift().floats();
        int rows = matrix.shape()[0];
        int columns = matrix.shape()[1];
        double[] shifted = new double[columns];
        double[] sums = new double[columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                shifted[column] += (double) w.get(at) * shift.get(row);
                float scaled = w.get(at) * scale.get(row);
                sums[column] += scaled;
                w.put(at, scaled);
            }
        }
        for (int column = 0; column < columns; column++) {
            b.put(column, (float) (b.get(column) + shifted[column]));
        }
        subtract(w, sums, rows);
    }

    /** fold_ln for the unembedding, which is kept transposed, [V, D] with b [V]. */
    private static void foldIntoRows(Matrix matrix, Matrix bias, Norm norm) {
        FloatBuffer w = matrix.floats();
        FloatBuffer b = bias.floats();
        FloatBuffer scale = norm.scale().floats();
        FloatBuffer shift = norm.shift().floats();
        int columns = matrix.shape()[1];
        IntStream.range(0, matrix.shape()[0]).parallel().forEach(row -> {
            double shifted = 0;
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                shifted += (double) w.get(at) * shift.get(column);
                w.put(at, w.get(at) * scale.get(column));
            }
            b.put(row, (float) (b.get(row) + shifted));
            centre(w, row * columns, columns);
        });
    }

    /** fold_value_biases: a pattern's rows sum to 1, so a bias on the values is the same as one on the output. */
    private static void foldValueBias(Matrix qkvBias, Matrix output, Matrix outputBias) {
        FloatBuffer b = qkvBias.floats();
        FloatBuffer w = output.floats();
        FloatBuffer out = outputBias.floats();
        int width = output.shape()[1];
        double[] sums = new double[width];
        for (int row = 0; row < width; row++) {
            float value = b.get(2 * width + row);
            for (int column = 0; column < width; column++) {
                sums[column] += (double) value * w.get(row * width + column);
            }
            b.put(2 * width + row, 0);
        }
        for (int column = 0; column < width; column++) {
            out.put(column, (float) (out.get(column) + sums[column]));
        }
    }

    private static void centreRows(Matrix matrix) {
        FloatBuffer w = matrix.floats();
        int columns = matrix.shape()[1];
        IntStream.range(0, matrix.shape()[0]).parallel().forEach(row -> centre(w, row * columns, columns));
    }

    private static void centreColumns(Matrix matrix) {
        FloatBuffer w = matrix.floats();
        int rows = matrix.shape()[0];
        double[] sums = new double[matrix.shape()[1]];
        for (int at = 0; at < w.capacity(); at++) {
            sums[at % sums.length] += w.get(at);
        }
        subtract(w, sums, rows);
    }

    private static void subtract(FloatBuffer w, double[] sums, int rows) {
        int columns = sums.length;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                w.put(at, (float) (w.get(at) - sums[column] / rows));
            }
        }
    }

    private static void centre(FloatBuffer w, int start, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += w.get(start + i);
        }
        double mean = sum / length;
        for (int i = 0; i < length; i++) {
            w.put(start + i, (float) (w.get(start + i) - mean));
        }
    }

    private static Matrix copy(Matrix matrix) {
        Matrix copy = zeros(matrix.shape());
        copy.floats().put(matrix.floats());
        return copy;
    }

    private static Matrix zeros(int... shape) {
        int size = Arrays.stream(shape).reduce(4, Math::multiplyExact);
        return new Matrix(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()), shape);
    }
}
