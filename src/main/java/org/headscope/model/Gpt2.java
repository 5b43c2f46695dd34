package org.headscope.model;

import ai.djl.ndarray.types.DataType;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.Gpt2File;
import org.headscope.weights.Gpt2Weights;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.headscope.weights.Tensor;

/**
 * A GPT-2 whose activations can be read and replaced at every {@link HookPoint}: TransformerLens's
 * {@code HookedTransformer} for this one architecture. Every method but {@link #config}, {@link #processing},
 * {@link #processor} and {@link #weights} must be called on the inference thread ({@link Runtime#submit}).
 */
public final class Gpt2 implements AutoCloseable {

    /** In what the numbers are computed: single precision, and double to judge the single one by. */
    public enum Precision {
        SINGLE(DataType.FLOAT32), DOUBLE(DataType.FLOAT64);

        private final DataType type;

        Precision(DataType type) {
            this.type = type;
        }

        DataType type() {
            return type;
        }
    }

    /** Of a model's size: it and one of numbers that are twice as long. */
    private static final int WITH_PRECISE = 3;

    private final Gpt2Weights weights;
    private final Precision precision;
    private final EngineWeights engine;
    private final MemoryBudget memory;
    private final Processor processor;

    /** As below, on the CPU; nobody looks at what its runs take. */
    public Gpt2(ModelFolder folder, Processing processing, Precision precision) {
        this(folder, processing, precision, MemoryBudget.unbounded());
    }

    /** As below, on the CPU. */
    public Gpt2(ModelFolder folder, Processing processing, Precision precision, MemoryBudget memory) {
        this(folder, processing, precision, memory, Processor.CPU);
    }

    /**
     * Reads a model's weights and makes of them what is asked for.
     *
     * @param memory what the weights and the runs may take together
     * @param processor what passes are computed on; any but the CPU gets a copy of the weights
     * @throws ai.djl.engine.EngineException if the engine cannot use the processor
     * @throws org.headscope.weights.ModelRefusal if a file is damaged or was changed meanwhile, or a tensor is missing,
     *     of the wrong shape or not finite
     */
    public Gpt2(ModelFolder folder, Processing processing, Precision precision, MemoryBudget memory,
                Processor processor) {
        this.precision = precision;
        this.memory = memory;
        this.processor = processor;
        try (Gpt2File file = folder.openWeights()) {
            this.engine = new EngineWeights(file, processing, precision.type(), processor);
        }
        this.weights = engine.weights;
    }

    /**
     * The same model in double precision, on the CPU, to judge the other one by while that stays open.
     *
     * @throws MemoryRefusal if both together take more than they may
     */
    public static Gpt2 precise(ModelFolder folder, Processing processing, MemoryBudget memory) {
        memory.check("Comparing %s with double precision".formatted(folder.name()),
            WITH_PRECISE * Gpt2Weights.memory(folder.config()));
        return new Gpt2(folder, processing, Precision.DOUBLE);
    }

    public Gpt2Config config() {
        return weights.config();
    }

    public Processing processing() {
        return weights.processing();
    }

    /** What its passes are computed on. */
    public Processor processor() {
        return processor;
    }

    /**
     * The numbers that it computes with, to be read while the model is open; the larger ones on the inference thread.
     */
    public Gpt2Weights weights() {
        return weights;
    }

    /**
     * One forward pass.
     *
     * @param ids the prompt, taken as it is
     * @throws ContextRefusal if the prompt is empty or too long, or an id lies outside the embedding
     * @throws MemoryRefusal if the run, with the earlier one that it goes on from, would take more than it may
     * @throws SiteRefusal if an intervention names a place that this run does not have
     * @throws java.util.concurrent.CancellationException if the run's flag was raised
     */
    public Run run(int[] ids, RunOptions options) {
        check(ids);
        memory.check(config(), ids.length, options);
        try (ForwardPass pass = new ForwardPass(weights, engine, precision, ids, options)) {
            return pass.run();
        }
    }

    /** What the weights leave of the memory that may be used, for runs and what is computed with them. */
    public long memoryLeft() {
        return memory.beside(config());
    }

    /**
     * The same options, with queries and keys kept in the place of patterns where a run of so many tokens could not
     * keep those: an {@link ActivationCache} makes patterns of them.
     */
    public RunOptions fitting(int tokens, RunOptions options) {
        return memory.holds(config(), tokens, options) ? options : options.withoutPatterns();
    }

    /**
     * The logits at the last position of runs that differ from a base run in few interventions. What cannot differ from
     * the base is not computed again; up to the rounding of another batch size they are what {@link #run} gives for
     * one variant's interventions at a time. Single precision only.
     *
     * @param columns the tokens whose logits are asked for, or empty for the whole vocabulary
     * @return [variants, columns]
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public Tensor runVariants(Variants variants, int[] columns, Cancellation cancellation) {
        try (VariantPass pass = new VariantPass(weights, engine, variants, cancellation)) {
            return pass.logits(columns);
        }
    }

    /**
     * What a head adds to the residual stream where this is its {@link HookPoint#Z}, without the layer's bias. Single
     * precision only.
     *
     * @param z [n, d], a row a position
     * @return [n, D]
     */
    public Tensor written(Head head, Tensor z) {
        return new SingleHead(weights, engine, head).written(z);
    }

    /**
     * The query, key or value that a head forms where it reads this from the residual stream, before LayerNorm. Single
     * precision only.
     *
     * @param part {@link HookPoint#Q}, {@link HookPoint#K} or {@link HookPoint#V}
     * @param stream [n, D], a row a position
     * @return [n, d]
     */
    public Tensor read(Head head, HookPoint part, Tensor stream) {
        return new SingleHead(weights, engine, head).read(part, stream);
    }

    /**
     * Runs a prompt and keeps what is needed to append to it. To be closed.
     *
     * @throws ContextRefusal if the prompt is empty or too long, or an id lies outside the embedding
     */
    public Continuation continuing(int[] ids, Cancellation cancellation) {
        Run run = run(ids, RunOptions.plain().lastLogitsOnly().keeping(RunOptions.Earlier::needs)
            .cancelledBy(cancellation));
        return new Continuation(weights, engine, precision, ids, run);
    }

    private void check(int[] ids) {
        Gpt2Config config = config();
        if (ids.length == 0) {
            throw new ContextRefusal("The prompt has no tokens; write at least one.");
        }
        if (ids.length > config.positions()) {
            throw new ContextRefusal("The prompt has %,d tokens, but this model reads at most %,d; shorten it by %,d."
                .formatted(ids.length, config.positions(), ids.length - config.positions()));
        }
        for (int id : ids) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new ContextRefusal("Token id %d does not exist; this model has the ids 0 to %,d."
                    .formatted(id, config.vocabulary() - 1));
            }
        }
    }

    /** Gives the engine's arrays back; the model must not be used afterwards. */
    @Override
    public void close() {
        engine.close();
    }
}
