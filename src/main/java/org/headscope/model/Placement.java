package org.headscope.model;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.headscope.refusal.Refusal;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.Processing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on the processor that was found for it. A GPU is used only for a model whose logits there are, but for
 * rounding, what double precision gives on the CPU.
 *
 * @param sentence why it computes there; empty where nobody wished for a GPU
 * @param failed whether there is a GPU that was tried and is not used
 */
public record Placement<M>(M model, String sentence, boolean failed) {

    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    /** What the rule asks for; all of it on the inference thread. */
    interface Trial<M> {

        /** @throws EngineException if the engine cannot use the processor, or its memory is too small */
        M load(Processor processor);

        /** How far the model, on a GPU, is from double precision. */
        Accuracy check(M onGpu);

        void close(M model);
    }

    /** A model that may be used on the GPU, or why there is none. */
    private record Tried<M>(Optional<Placement<M>> good, String why) {

        static <M> Tried<M> failed(String why) {
            return new Tried<>(Optional.empty(), why);
        }
    }

    /**
     * Opens a model where its runtime's wish and the GPUs that it finds let it compute. Belongs to the inference thread.
     *
     * @param prompt to check a GPU with, asked for only then
     * @throws Refusal if a GPU is wished for, and nothing else, but none can be used
     */
    public static Placement<Gpt2> open(ModelFolder folder, Processing processing, Runtime runtime,
                                       Supplier<int[]> prompt) {
        return of(runtime.wish(), runtime.finder(), new Trial<>() {
            @Override
            public Gpt2 load(Processor processor) {
                return new Gpt2(folder, processing, Gpt2.Precision.SINGLE, runtime.memory(), processor);
            }

            @Override
            public Accuracy check(Gpt2 onGpu) {
                int[] ids = prompt.get();
                try (Gpt2 precise = Gpt2.precise(folder, processing, runtime.memory())) {
                    return Accuracy.measure(onGpu, precise, ids);
                }
            }

            @Override
            public void close(Gpt2 model) {
                model.close();
            }
        });
    }

    static <M> Placement<M> of(Wish wish, Gpus gpus, Trial<M> trial) {
        if (wish == Wish.CPU) {
            return new Placement<>(trial.load(Processor.CPU), "", false);
        }
        Optional<String> missing = gpus.missing();
        Tried<M> tried = missing.<Tried<M>>map(Tried::failed).orElseGet(() -> onGpu(trial));
        if (tried.good().isPresent()) {
            return tried.good().get();
        }
        if (wish == Wish.GPU) {
            throw new Refusal("No GPU is used, since %s; choose the CPU (--device cpu).".formatted(tried.why()));
        }
        return new Placement<>(trial.load(Processor.CPU), "Computed on the CPU, since %s.".formatted(tried.why()),
            missing.isEmpty());
    }

    private static <M> Tried<M> onGpu(Trial<M> trial) {
        try {
            return checked(trial, trial.load(Processor.GPU));
        } catch (EngineException e) {
            LOG.info("The GPU cannot be used.", e);
            return Tried.failed("the engine cannot use the GPU (%s)".formatted(firstLine(e)));
        }
    }

    private static <M> Tried<M> checked(Trial<M> trial, M model) {
        boolean isUsed = false;
        try {
            Accuracy accuracy = trial.check(model);
            isUsed = accuracy.isFine();
            return isUsed ? new Tried<>(Optional.of(new Placement<>(model, String.format(Locale.ROOT,
                "Computed on the GPU, which differs from double precision by no more than %.2g in a logit.",
                accuracy.difference()), false)), "") : Tried.failed(String.format(Locale.ROOT,
                "the GPU's logits differ from double precision by %.2g, where rounding explains %.2g",
                accuracy.difference(), accuracy.allowed()));
        } catch (MemoryRefusal e) {
            return Tried.failed("the GPU cannot be checked: " + e.getMessage().replaceFirst("\\.$", ""));
        } finally {
            if (!isUsed) {
                trial.close(model);
            }
        }
    }

    private static String firstLine(EngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }
}
