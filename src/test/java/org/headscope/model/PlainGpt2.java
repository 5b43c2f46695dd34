package org.headscope.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Tensor;

/**
 * A GPT-2 written down a second time, as the paper has it: loops over doubles, raw weights, no engine, no hooks. What
 * both compute is right, or wrong twice in the same way.
 */
public final class PlainGpt2 {

    /** What is added to what one head's queries (part 0), keys (1) or values (2) read: [position][component]. */
    public record Addition(int layer, int head, int part, double[][] change) {
    }

    private final Gpt2Config config;
    private final Map<String, Tensor> tensors;

    /** @param tensors by Hugging Face's names, with their prefix */
    public PlainGpt2(Gpt2Config config, Map<String, Tensor> tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /** [position][id] */
    public double[][] logits(int... ids) {
        return logits(ids, Optional.empty());
    }

    /** The same where one head reads something else: [position][id]. */
    public double[][] logits(int[] ids, Optional<Addition> addition) {
        double[][] stream = stream(ids, config.layers(), addition);
        String unembed = tensors.containsKey("lm_head.weight") ? "lm_head.weight" : "transformer.wte.weight";
        return Arrays.stream(norm("transformer.ln_f", stream)).map(last -> {
            double[] logits = new double[config.vocabulary()];
            for (int id = 0; id < logits.length; id++) {
                logits[id] = dot(last, row(unembed, id));
            }
            return logits;
        }).toArray(double[][]::new);
    }

    /** What one head writes into the residual stream, without the bias: [position][component]. */
    public double[][] headOutput(int[] ids, int layer, int head) {
        double[][] mixed = mixed(layer, stream(ids, layer, Optional.empty()), Optional.empty());
        int d = config.headWidth();
        for (double[] row : mixed) {
            for (int i = 0; i < row.length; i++) {
                row[i] = i / d == head ? row[i] : 0;
            }
        }
        String output = "transformer.h." + layer + ".attn.c_proj";
        double[][] written = affine(output, mixed);
        double[] bias = tensor(output + ".bias");
        Arrays.stream(written).forEach(row -> Arrays.setAll(row, i -> row[i] - bias[i]));
        return written;
    }

    /** The residual stream below a layer. */
    private double[][] stream(int[] ids, int layers, Optional<Addition> addition) {
        double[][] stream = new double[ids.length][];
        for (int position = 0; position < ids.length; position++) {
            stream[position] = sum(row("transformer.wte.weight", ids[position]),
                row("transformer.wpe.weight", position));
        }
        for (int layer = 0; layer < layers; layer++) {
            String h = "transformer.h." + layer + ".";
            int here = layer;
            stream = sum(stream, affine(h + "attn.c_proj",
                mixed(layer, stream, addition.filter(other -> other.layer == here))));
            stream = sum(stream, mlp(h + "mlp.", norm(h + "ln_2", stream)));
        }
        return stream;
    }

    /** What all heads of a layer gather, side by side. */
    private double[][] mixed(int layer, double[][] stream, Optional<Addition> addition) {
        String name = "transformer.h." + layer + ".";
        int width = config.width();
        int d = config.headWidth();
        double[][] qkv = affine(name + "attn.c_attn", norm(name + "ln_1", stream));
        if (addition.isPresent()) {
            Addition other = addition.get();
            double[][] read = affine(name + "attn.c_attn", norm(name + "ln_1", sum(stream, other.change)));
            int first = other.part * width + other.head * d;
            for (int position = 0; position < qkv.length; position++) {
                System.arraycopy(read[position], first, qkv[position], first, d);
            }
        }
        double scale = Math.sqrt(d) * (config.scaleByInverseLayer() ? layer + 1 : 1);
        double[][] mixed = new double[stream.length][width];
        for (int first = 0; first < width; first += d) {
            for (int query = 0; query < stream.length; query++) {
                double[] weights = new double[query + 1];
                for (int key = 0; key <= query; key++) {
                    weights[key] = Math.exp(dot(Arrays.copyOfRange(qkv[query], first, first + d),
                        Arrays.copyOfRange(qkv[key], width + first, width + first + d)) / scale);
                }
                double total = Arrays.stream(weights).sum();
                for (int key = 0; key <= query; key++) {
                    for (int i = first; i < first + d; i++) {
                        mixed[query][i] += weights[key] / total * qkv[key][2 * width + i];
                    }
                }
            }
        }
        return mixed;
    }

    private double[][] mlp(String name, double[][] input) {
        double[][] neurons = affine(name + "c_fc", input);
        for (double[] row : neurons) {
            Arrays.setAll(row, i -> activate(config.activation(), row[i]));
        }
        return affine(name + "c_proj", neurons);
    }

    static double activate(Activation activation, double x) {
        return switch (activation) {
            case GELU_NEW -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case GELU -> x * normalDistribution(x);
            case RELU -> Math.max(x, 0);
        };
    }

    /** Φ(x) by its series around 0, and by its continued fraction far from it. */
    private static double normalDistribution(double x) {
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (Math.abs(x) > 6) {
            double fraction = 0;
            for (int k = 60; k > 0; k--) {
                fraction = k / (Math.abs(x) + fraction);
            }
            double tail = density / (Math.abs(x) + fraction);
            return x > 0 ? 1 - tail : tail;
        }
        double term = x;
        double sum = x;
        for (int k = 1; k < 200; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + density * sum;
    }

    private double[][] norm(String name, double[][] stream) {
        double[] scale = tensor(name + ".weight");
        double[] shift = tensor(name + ".bias");
        return Arrays.stream(stream).map(row -> {
            double mean = Arrays.stream(row).average().orElseThrow();
            double variance = Arrays.stream(row).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
            double[] normalized = new double[row.length];
            Arrays.setAll(normalized,
                i -> (row[i] - mean) / Math.sqrt(variance + config.layerNormEpsilon()) * scale[i] + shift[i]);
            return normalized;
        }).toArray(double[][]::new);
    }

    /** x·W + b, with W as [in, out]. */
    private double[][] affine(String name, double[][] input) {
        double[] bias = tensor(name + ".bias");
        double[] weight = tensor(name + ".weight");
        return Arrays.stream(input).map(row -> {
            double[] output = bias.clone();
            for (int in = 0; in < row.length; in++) {
                for (int out = 0; out < output.length; out++) {
                    output[out] += row[in] * weight[in * output.length + out];
                }
            }
            return output;
        }).toArray(double[][]::new);
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][];
        Arrays.setAll(sum, i -> sum(a[i], b[i]));
        return sum;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private double[] row(String name, int row) {
        return doubles(tensors.get(name).slice(row));
    }

    private double[] tensor(String name) {
        return doubles(tensors.get(name));
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[tensor.size()];
        Arrays.setAll(values, tensor::at);
        return values;
    }
}
