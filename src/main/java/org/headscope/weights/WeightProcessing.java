package org.headscope.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From Hugging Face's tensors to what TransformerLens's {@code load_and_process_state_dict} makes of them by default:
 * fold_ln, center_writing_weights, center_unembed, fold_value_biases, in this order. Sums are kept in double precision;
 * TransformerLens's own are in single, so the results agree to a few 1e-7. What is done to single weights is in single
 * precision, which processors do to many at once.
 *
 * <p>Rows go through in blocks, from the file to the sink, so that no copy of the model is needed on the way. Where
 * every row depends on the means of the columns, the rows are read twice.
 */
final class WeightProcessing {

    /** To be raised with any change to the numbers, so that those of earlier versions are not taken for them. */
    static final int VERSION = 1;

    /** Some neighbouring rows of a matrix. */
    private record Rows(int first, int count) {
    }

    private final Gpt2File file;
    private final WeightSink sink;
    private final Gpt2Config config;
    private final int width;

    /** A block a thread: no piece of work waits for another, so none can come between another's rows. */
    private final ThreadLocal<Block> blocks;

    private WeightProcessing(Gpt2File file, WeightSink sink) {
        this.file = file;
        this.sink = sink;
        this.config = file.config();
        this.width = config.width();
        this.blocks = ThreadLocal.withInitial(() -> new Block(config.mlpWidth()));
    }

    /** Works on the common pool as well as on the calling thread, and is done when it returns. */
    static void process(Gpt2File file, Processing wanted, WeightSink sink) {
        WeightProcessing processing = new WeightProcessing(file, sink);
        try {
            if (wanted == Processing.RAW) {
                processing.unchanged();
            } else {
                processing.layers();
                processing.embeddings();
                processing.unembedding();
            }
        } finally {
            processing.blocks.remove();
        }
    }

    private void unchanged() {
        WeightLayout.shapes(config, Processing.RAW).entrySet().parallelStream().forEach(e -> {
            for (Rows part : rows(Arrays.stream(e.getValue()).reduce(1, Math::multiplyExact), 1)) {
                read(e.getKey(), part, 1);
                write(e.getKey(), part, 1);
            }
        });
    }

    private void layers() {
        List<Runnable> parts = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            String h = "h." + layer + ".";
            parts.add(() -> attention(h));
            parts.add(() -> mlpIn(h));
            parts.add(() -> mlpOut(h));
        }
        parts.parallelStream().forEach(Runnable::run);
    }

    private void attention(String h) {
        float[] bias = foldIntoColumns(h + "attn.c_attn", h + "ln_1", 3 * width);
        float[] outputBias = vector(h + "attn.c_proj.bias");
        centre(outputBias, 0, width);
        double[] folded = new double[width];
        for (Rows rows : rows(width, width)) {
            float[] w = read(h + "attn.c_proj.weight", rows, width);
            centreRows(w, rows.count(), width);
            for (int row = 0; row < rows.count(); row++) {
                addScaled(folded, w, row * width, bias[2 * width + rows.first() + row]);
            }
            write(h + "attn.c_proj.weight", rows, width);
        }
        // fold_value_biases: a pattern's rows sum to 1, so a bias on the values is the same as one on the output.
        Arrays.fill(bias, 2 * width, 3 * width, 0);
        add(outputBias, folded);
        write(h + "attn.c_attn.bias", bias);
        write(h + "attn.c_proj.bias", outputBias);
    }

    private void mlpIn(String h) {
        write(h + "mlp.c_fc.bias", foldIntoColumns(h + "mlp.c_fc", h + "ln_2", config.mlpWidth()));
    }

    private void mlpOut(String h) {
        rows(config.mlpWidth(), width).forEach(rows -> centreRows(h + "mlp.c_proj.weight", rows));
        float[] bias = vector(h + "mlp.c_proj.bias");
        centre(bias, 0, width);
        write(h + "mlp.c_proj.bias", bias);
    }

    private void embeddings() {
        rows(config.vocabulary(), width).parallelStream().forEach(rows -> centreRows("wte.weight", rows));
        rows(config.positions(), width).parallelStream().forEach(rows -> centreRows("wpe.weight", rows));
    }

    /** fold_ln and center_unembed for W_U, which is kept transposed, [V, D], with b_U [V]. */
    private void unembedding() {
        float[] scale = vector("ln_f.weight");
        float[] shift = vector("ln_f.bias");
        float[] bias = new float[config.vocabulary()];
        List<Rows> all = rows(config.vocabulary(), width);
        List<double[]> sums = all.parallelStream().map(rows -> {
            float[] w = read("lm_head.weight", rows, width);
            for (int row = 0; row < rows.count(); row++) {
                bias[rows.first() + row] = (float) dot(w, row * width, shift);
            }
            return columnSums(foldIntoRows(w, rows.count(), scale), rows.count(), width);
        }).toList();
        float[] means = means(sums, config.vocabulary());
        all.parallelStream().forEach(rows -> {
            float[] w = foldIntoRows(read("lm_head.weight", rows, width), rows.count(), scale);
            for (int row = 0; row < rows.count(); row++) {
                subtract(w, row * width, means);
            }
            write("lm_head.weight", rows, width);
        });
        centre(bias, 0, bias.length);
        write("lm_head.bias", bias);
    }

    /**
     * fold_ln for W [D, columns] and b [columns]: the norm's shift goes into b, its scale into W, and W's columns are
     * centred.
     *
     * @return b
     */
    private float[] foldIntoColumns(String name, String norm, int columns) {
        float[] scale = vector(norm + ".weight");
        float[] shift = vector(norm + ".bias");
        float[] bias = file.vector(name + ".bias", columns, blocks.get());
        double[] shifted = new double[columns];
        double[] sums = new double[columns];
        for (Rows rows : rows(width, columns)) {
            float[] w = read(name + ".weight", rows, columns);
            for (int row = 0; row < rows.count(); row++) {
                addScaled(shifted, w, row * columns, shift[rows.first() + row]);
                scale(w, row * columns, columns, scale[rows.first() + row]);
                addScaled(sums, w, row * columns, 1);
            }
        }
        add(bias, shifted);
        float[] means = means(List.of(sums), width);
        for (Rows rows : rows(width, columns)) {
            float[] w = read(name + ".weight", rows, columns);
            for (int row = 0; row < rows.count(); row++) {
                scale(w, row * columns, columns, scale[rows.first() + row]);
                subtract(w, row * columns, means);
            }
            write(name + ".weight", rows, columns);
        }
        return bias;
    }

    // ---- rows from the file and to the sink ----

    private List<Rows> rows(int rows, int columns) {
        int step = blocks.get().rows(columns);
        return IntStream.iterate(0, first -> first < rows, first -> first + step)
            .mapToObj(first -> new Rows(first, Math.min(step, rows - first))).toList();
    }

    private float[] read(String name, Rows rows, int columns) {
        file.read(name, (long) rows.first() * columns, rows.count() * columns, blocks.get());
        return blocks.get().values();
    }

    private float[] vector(String name) {
        return file.vector(name, width, blocks.get());
    }

    private void write(String name, Rows rows, int columns) {
        sink.put(name, (long) rows.first() * columns, blocks.get(), rows.count() * columns);
    }

    private void write(String name, float[] vector) {
        for (Rows part : rows(vector.length, 1)) {
            System.arraycopy(vector, part.first(), blocks.get().values(), 0, part.count());
            write(name, part, 1);
        }
    }

    // ---- arithmetic ----

    private void centreRows(String name, Rows rows) {
        centreRows(read(name, rows, width), rows.count(), width);
        write(name, rows, width);
    }

    private static void centreRows(float[] w, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            centre(w, row * columns, columns);
        }
    }

    private static void centre(float[] w, int start, int length) {
        float mean = (float) (sum(w, start, length) / length);
        for (int i = start; i < start + length; i++) {
            w[i] -= mean;
        }
    }

    /** In four parts: each addition waits for the one before, so that one sum would take four times as long. */
    private static double sum(float[] w, int start, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int end = start + length;
        int i = start;
        for (; i + 3 < end; i += 4) {
            a += w[i];
            b += w[i + 1];
            c += w[i + 2];
            d += w[i + 3];
        }
        for (; i < end; i++) {
            a += w[i];
        }
        return (a + b) + (c + d);
    }

    /** A norm's scale goes into rows whose columns it belongs to; then the rows are centred. */
    private static float[] foldIntoRows(float[] w, int rows, float[] scale) {
        for (int row = 0; row < rows; row++) {
            int start = row * scale.length;
            for (int column = 0; column < scale.length; column++) {
                w[start + column] *= scale[column];
            }
            centre(w, start, scale.length);
        }
        return w;
    }

    private static double dot(float[] w, int start, float[] other) {
        double sum = 0;
        for (int i = 0; i < other.length; i++) {
            sum += (double) w[start + i] * other[i];
        }
        return sum;
    }

    private static void scale(float[] w, int start, int length, float by) {
        for (int i = 0; i < length; i++) {
            w[start + i] *= by;
        }
    }

    private static void addScaled(double[] sums, float[] w, int start, double by) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += by * w[start + i];
        }
    }

    private static double[] columnSums(float[] w, int rows, int columns) {
        double[] sums = new double[columns];
        for (int row = 0; row < rows; row++) {
            addScaled(sums, w, row * columns, 1);
        }
        return sums;
    }

    private static float[] means(List<double[]> sums, int rows) {
        double[] total = new double[sums.get(0).length];
        sums.forEach(part -> Arrays.setAll(total, i -> total[i] + part[i]));
        float[] means = new float[total.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (total[i] / rows);
        }
        return means;
    }

    private static void subtract(float[] w, int start, float[] means) {
        for (int i = 0; i < means.length; i++) {
            w[start + i] -= means[i];
        }
    }

    private static void add(float[] vector, double[] sums) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] + sums[i]);
        }
    }
}
