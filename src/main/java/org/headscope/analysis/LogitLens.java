package org.headscope.analysis;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.headscope.model.Cancellation;
import org.headscope.model.Gpt2;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Logits;
import org.headscope.model.Run;

/**
 * What the model would say next if it stopped at each half-layer: the residual stream there, read through the last
 * LayerNorm and the unembedding (nostalgebraist, 2020). TransformerLens's {@code accumulated_resid(incl_mid=True)} with
 * its labels. Immutable.
 */
public final class LogitLens {

    /** Logits that are there at once: 128 MB, and their softmax beside them. Fewer rows at a time multiply slower. */
    private static final int SLICE = 1 << 25;

    /** What the residual stream is divided by. */
    public enum Norm {
        /** Its own scale at each place: TransformerLens 3, and the logit lens as it was published. */
        RECOMPUTED,
        /** The scale of the end of the stream at that position: TransformerLens 2.15. */
        FROZEN
    }

    /**
     * One place: a half-layer and a position.
     *
     * @param top the likeliest tokens, best first
     * @param logits of the chosen tokens, in their order
     * @param ranks of the chosen tokens: 0 for the likeliest
     */
    public record Place(List<Logits.Candidate> top, List<Float> logits, List<Integer> ranks) {

        public Place {
            top = List.copyOf(top);
            logits = List.copyOf(logits);
            ranks = List.copyOf(ranks);
        }
    }

    private final List<String> layers;
    private final List<List<Place>> places;

    private LogitLens(List<String> layers, List<List<Place>> places) {
        this.layers = layers;
        this.places = places;
    }

    /** What a run has to keep: {@code resid_pre} and {@code resid_mid} of each layer, and the end. */
    public static boolean needs(Hook hook, int layers) {
        return switch (hook.point()) {
            case RESID_PRE, RESID_MID, LN_FINAL_SCALE -> true;
            case RESID_POST -> hook.layer() == layers - 1;
            default -> false;
        };
    }

    /**
     * Reads every half-layer at every position. Must be called on the inference thread.
     *
     * @param run which kept what {@link #needs} says
     * @param top how many of the likeliest tokens to tell of each place
     * @param tokens whose logits and ranks are asked for
     * @param progress told how many half-layers have been read, on the inference thread
     * @throws java.util.concurrent.CancellationException if the flag was raised
     */
    public static LogitLens of(Gpt2 model, Run run, Norm norm, int top, List<Integer> tokens, IntConsumer progress,
                               Cancellation cancellation) {
        List<Hook> hooks = hooks(model.config().layers());
        int positions = run.cache().get(hooks.get(0)).extent(1);
        List<Place> flat = new ArrayList<>();
        try (Reader reader = new Reader(model, run, norm, top, tokens)) {
            int places = hooks.size() * positions;
            int slice = Math.max(1, SLICE / model.config().vocabulary());
            for (int from = 0; from < places; from += slice) {
                cancellation.throwIfRequested();
                flat.addAll(reader.read(hooks, positions, from, Math.min(places, from + slice)));
                progress.accept(flat.size() / positions);
            }
        }
        return new LogitLens(labels(model.config().layers()), IntStream.range(0, hooks.size())
            .mapToObj(layer -> List.copyOf(flat.subList(layer * positions, (layer + 1) * positions))).toList());
    }

    private static List<Hook> hooks(int layers) {
        List<Hook> hooks = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            hooks.add(Hook.of(HookPoint.RESID_PRE, layer));
            hooks.add(Hook.of(HookPoint.RESID_MID, layer));
        }
        hooks.add(Hook.of(HookPoint.RESID_POST, layers - 1));
        return hooks;
    }

    /** TransformerLens's names of the half-layers: {@code 0_pre}, {@code 0_mid}, … {@code final_post}. */
    public static List<String> labels(int layers) {
        List<String> labels = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            labels.add(layer + "_pre");
            labels.add(layer + "_mid");
        }
        labels.add("final_post");
        return List.copyOf(labels);
    }

    /** Computes some places at a time: all their logits together may be more than memory holds. */
    private static final class Reader implements AutoCloseable {

        private final Run run;
        private final Norm norm;
        private final int top;
        private final List<Integer> tokens;
        private final int width;
        private final FinalNorm finalNorm;
        private final EngineArrays arrays = new EngineArrays();
        private final NDArray unembed;
        private final NDArray unembedBias;

        Reader(Gpt2 model, Run run, Norm norm, int top, List<Integer> tokens) {
            this.run = run;
            this.norm = norm;
            this.top = Math.min(top, model.config().vocabulary());
            this.tokens = tokens;
            this.width = model.config().width();
            this.finalNorm = new FinalNorm(model);
            this.unembed = arrays.of(model.weights().unembed());
            this.unembedBias = arrays.of(model.weights().unembedBias());
        }

        /** @param from a place in the order of half-layers and, within one, of positions */
        List<Place> read(List<Hook> hooks, int positions, int from, int to) {
            float[] rows = new float[(to - from) * width];
            for (int place = from; place < to; place++) {
                int position = place % positions;
                Optional<Double> scale = norm == Norm.RECOMPUTED ? Optional.empty()
                    : Optional.of(FinalNorm.frozenScale(run, position));
                finalNorm.apply(run.cache().get(hooks.get(place / positions)).slice(0, position), scale, rows,
                    (place - from) * width);
            }
            try (EngineArrays step = arrays.step()) {
                NDArray normalized = step.of(rows, to - from, width);
                NDArray logits = normalized.getNDArrayInternal().linear(normalized, unembed, unembedBias)
                    .singletonOrThrow();
                NDArray logProbs = logits.logSoftmax(1);
                FloatBuffer logitFloats = EngineArrays.floats(logits);
                FloatBuffer logProbFloats = EngineArrays.floats(logProbs);
                int vocabulary = Math.toIntExact(logits.getShape().get(1));
                return IntStream.range(0, to - from)
                    .mapToObj(row -> place(logitFloats, logProbFloats, row * vocabulary, vocabulary)).toList();
            }
        }

        private Place place(FloatBuffer logits, FloatBuffer logProbs, int from, int vocabulary) {
            Top best = new Top(top);
            best.addAll(logits, from, vocabulary, 0);
            List<Logits.Candidate> candidates = IntStream.range(0, best.size()).mapToObj(rank -> {
                int id = (int) best.place(rank);
                return new Logits.Candidate(id, best.value(rank), Math.exp(logProbs.get(from + id)));
            }).toList();
            return new Place(candidates, tokens.stream().map(id -> logits.get(from + id)).toList(),
                tokens.stream().map(id -> rank(logits, from, vocabulary, id)).toList());
        }

        private static int rank(FloatBuffer logits, int from, int vocabulary, int id) {
            float logit = logits.get(from + id);
            int larger = 0;
            for (int other = 0; other < vocabulary; other++) {
                if (logits.get(from + other) > logit) {
                    larger++;
                }
            }
            return larger;
        }

        @Override
        public void close() {
            arrays.close();
        }
    }

    /** The names of the half-layers, as {@link #labels(int)}. */
    public List<String> layers() {
        return layers;
    }

    public int positions() {
        return places.get(0).size();
    }

    /**
     * @param layer a half-layer's place in {@link #layers}
     */
    public Place at(int layer, int position) {
        return places.get(layer).get(position);
    }
}
