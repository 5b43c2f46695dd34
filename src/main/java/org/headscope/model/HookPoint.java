package org.headscope.model;

import java.util.Arrays;
import java.util.Optional;
import org.headscope.weights.Gpt2Config;

/**
 * The places in a GPT-2 where TransformerLens lets activations be read and replaced, in the order in which they fire.
 * Shapes: b batch (always 1), T positions, H heads, d width of a head, D of the residual stream, M neurons.
 */
public enum HookPoint {
    /** [b, T, D] */
    EMBED("hook_embed", "embed", Axes.POSITION),
    /** [b, T, D] */
    POS_EMBED("hook_pos_embed", "pos_embed", Axes.POSITION),
    /** [b, T, D] */
    RESID_PRE("blocks.%d.hook_resid_pre", "resid_pre", Axes.POSITION),
    /** [b, T, H, D], before LayerNorm: what all of a head's q, k and v read. Kept only when asked for. */
    ATTN_IN("blocks.%d.hook_attn_in", "attn_in", Axes.POSITION_HEAD),
    /** [b, T, H, D], before LayerNorm. Kept only when asked for. */
    Q_INPUT("blocks.%d.hook_q_input", "q_input", Axes.POSITION_HEAD),
    /** [b, T, H, D], before LayerNorm. Kept only when asked for. */
    K_INPUT("blocks.%d.hook_k_input", "k_input", Axes.POSITION_HEAD),
    /** [b, T, H, D], before LayerNorm. Kept only when asked for. */
    V_INPUT("blocks.%d.hook_v_input", "v_input", Axes.POSITION_HEAD),
    /** [b, T, 1] */
    LN1_SCALE("blocks.%d.ln1.hook_scale", "ln1.scale", Axes.POSITION),
    /** [b, T, D] */
    LN1_NORMALIZED("blocks.%d.ln1.hook_normalized", "ln1.normalized", Axes.POSITION),
    /** [b, T, H, d] */
    Q("blocks.%d.attn.hook_q", "q", Axes.POSITION_HEAD),
    /** [b, T, H, d] */
    K("blocks.%d.attn.hook_k", "k", Axes.POSITION_HEAD),
    /** [b, T, H, d] */
    V("blocks.%d.attn.hook_v", "v", Axes.POSITION_HEAD),
    /** [b, H, T, T], scaled; −∞ where a key lies after its query. */
    ATTN_SCORES("blocks.%d.attn.hook_attn_scores", "attn_scores", Axes.HEAD_QUERY_KEY),
    /** [b, H, T, T]: rows are queries and sum to 1. An edited pattern is used as it is, unless asked otherwise. */
    PATTERN("blocks.%d.attn.hook_pattern", "pattern", Axes.HEAD_QUERY_KEY),
    /** [b, T, H, d] */
    Z("blocks.%d.attn.hook_z", "z", Axes.POSITION_HEAD),
    /** [b, T, H, D]: what each head writes, without the bias. Kept only when asked for. */
    RESULT("blocks.%d.attn.hook_result", "result", Axes.POSITION_HEAD),
    /** [b, T, D] */
    ATTN_OUT("blocks.%d.hook_attn_out", "attn_out", Axes.POSITION),
    /** [b, T, D] */
    RESID_MID("blocks.%d.hook_resid_mid", "resid_mid", Axes.POSITION),
    /** [b, T, D], before LayerNorm; editing it leaves the residual stream alone. Kept only when asked for. */
    MLP_IN("blocks.%d.hook_mlp_in", "mlp_in", Axes.POSITION),
    /** [b, T, 1] */
    LN2_SCALE("blocks.%d.ln2.hook_scale", "ln2.scale", Axes.POSITION),
    /** [b, T, D] */
    LN2_NORMALIZED("blocks.%d.ln2.hook_normalized", "ln2.normalized", Axes.POSITION),
    /** [b, T, M] */
    MLP_PRE("blocks.%d.mlp.hook_pre", "mlp_pre", Axes.POSITION),
    /** [b, T, M] */
    MLP_POST("blocks.%d.mlp.hook_post", "mlp_post", Axes.POSITION),
    /** [b, T, D] */
    MLP_OUT("blocks.%d.hook_mlp_out", "mlp_out", Axes.POSITION),
    /** [b, T, D] */
    RESID_POST("blocks.%d.hook_resid_post", "resid_post", Axes.POSITION),
    /** [b, T, 1] */
    LN_FINAL_SCALE("ln_final.hook_scale", "ln_final.scale", Axes.POSITION),
    /** [b, T, D] */
    LN_FINAL_NORMALIZED("ln_final.hook_normalized", "ln_final.normalized", Axes.POSITION);

    /** What the axes of an activation mean, after the batch. */
    public enum Axes {
        /** [b, T, …] */
        POSITION,
        /** [b, T, H, …] */
        POSITION_HEAD,
        /** [b, H, T, T] */
        HEAD_QUERY_KEY
    }

    private final String template;
    private final String shortName;
    private final Axes axes;

    HookPoint(String template, String shortName, Axes axes) {
        this.template = template;
        this.shortName = shortName;
        this.axes = axes;
    }

    /** The name after a head or a layer, as in {@code L4H1.z}. */
    public String shortName() {
        return shortName;
    }

    public Axes axes() {
        return axes;
    }

    /** Whether every layer has one. */
    public boolean inLayers() {
        return template.contains("%d");
    }

    public boolean hasHeads() {
        return axes != Axes.POSITION;
    }

    /** Whether it tells queries and keys apart, so that one edge of it can be named. */
    public boolean hasKeys() {
        return axes == Axes.HEAD_QUERY_KEY;
    }

    /** Whether it stays out of a cache unless it is named, as in TransformerLens, whose flags are off by default. */
    public boolean onlyOnRequest() {
        return switch (this) {
            case ATTN_IN, Q_INPUT, K_INPUT, V_INPUT, RESULT, MLP_IN -> true;
            default -> false;
        };
    }

    /** How many numbers one activation of a run of so many tokens has. */
    public long size(Gpt2Config config, int tokens) {
        long position = switch (this) {
            case LN1_SCALE, LN2_SCALE, LN_FINAL_SCALE -> 1;
            case MLP_PRE, MLP_POST -> config.mlpWidth();
            case ATTN_IN, Q_INPUT, K_INPUT, V_INPUT, RESULT -> (long) config.heads() * config.width();
            case ATTN_SCORES, PATTERN -> (long) config.heads() * tokens;
            default -> config.width();
        };
        return tokens * position;
    }

    String template() {
        return template;
    }

    static Optional<HookPoint> ofShortName(String name) {
        return Arrays.stream(values()).filter(point -> point.shortName.equals(name)).findFirst();
    }
}
