package org.headscope.session.code;

import java.util.Set;
import org.headscope.weights.Processing;

/** Python that loads a model in the form in which it is open. */
final class ModelCode {

    /** What both versions of TransformerLens know by name. */
    private static final Set<String> KNOWN = Set.of("gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl", "distilgpt2");

    private final Subject subject;
    private final Version version;

    ModelCode(Subject subject, Version version) {
        this.subject = subject;
        this.version = version;
    }

    String code() {
        String imports = version == Version.TWO ? isKnown() ? """
            import torch
            from transformer_lens import HookedTransformer, patching
            """ : """
            import torch
            from transformers import AutoTokenizer, GPT2LMHeadModel
            from transformer_lens import HookedTransformer, HookedTransformerConfig, patching
            from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights
            """ : isKnown() ? """
            import torch
            from transformer_lens import patching
            from transformer_lens.model_bridge import TransformerBridge
            """ : """
            import torch
            from transformers import AutoTokenizer, GPT2LMHeadModel
            from transformer_lens import patching
            from transformer_lens.model_bridge import TransformerBridge
            """;
        return Python.comment("pip install " + version.requirements()) + "\n" + imports
            + "\ntorch.set_grad_enabled(False)\n" + load() + bos();
    }

    private boolean isKnown() {
        return KNOWN.contains(subject.location());
    }

    private boolean isProcessed() {
        return subject.model().processing() == Processing.TRANSFORMERLENS;
    }

    /** Detectors put it before a text by themselves. */
    private String bos() {
        return subject.document().bos() ? "" : "model.cfg.default_prepend_bos = False\n";
    }

    private String load() {
        if (version == Version.TWO) {
            return isKnown() ? "model = HookedTransformer.%s(%s, device=\"cpu\")\n".formatted(
                isProcessed() ? "from_pretrained" : "from_pretrained_no_processing", Python.text(subject.location()))
                : hooked();
        }
        String arguments = isKnown() ? Python.text(subject.location()) : "MODEL, hf_model=hf, tokenizer=tokenizer";
        return "%smodel = TransformerBridge.boot_transformers(%s, device=\"cpu\")\nmodel.enable_compatibility_mode(%s)\n"
            .formatted(isKnown() ? "" : huggingFace(), arguments, isProcessed() ? "" : "no_processing=True");
    }

    private String huggingFace() {
        return """
            MODEL = %s
            hf = GPT2LMHeadModel.from_pretrained(MODEL, attn_implementation="eager").float().eval()
            tokenizer = AutoTokenizer.from_pretrained(MODEL)
            """.formatted(Python.text(subject.location()));
    }

    /** From the model's own sizes, since from_pretrained knows only models of its list. */
    private String hooked() {
        return huggingFace() + """
            c = hf.config
            cfg = HookedTransformerConfig(
                n_layers=c.n_layer, n_heads=c.n_head, d_model=c.n_embd, d_head=c.n_embd // c.n_head,
                d_mlp=4 * c.n_embd, n_ctx=c.n_positions, d_vocab=c.vocab_size, act_fn=c.activation_function,
                eps=c.layer_norm_epsilon, normalization_type="LN", use_attn_scale=True,
                scale_attn_by_inverse_layer_idx=c.scale_attn_by_inverse_layer_idx,
                original_architecture="GPT2LMHeadModel", device="cpu")
            model = HookedTransformer(cfg, tokenizer, default_padding_side="right")
            model.load_and_process_state_dict(
                convert_gpt2_weights(hf, cfg), fold_ln=%1$s, center_writing_weights=%1$s,
                center_unembed=%1$s, fold_value_biases=%1$s)
            model.eval()
            """.formatted(Python.truth(isProcessed()));
    }
}
