"""Headscope beside transformers and TransformerLens on random models of the shapes that people use.

    python src/interop/shapes.py [--jar target/headscope.jar] [--shapes distilgpt2,gpt2-medium,crfm-small,crfm-medium]
        [--tokens 40]

Needs torch, safetensors, transformers and transformer-lens: 2.15.4 (with transformers before 5) or from 4.3 on. Raw logits
have to agree with transformers, and processed ones with TransformerLens (HookedTransformer, or from version 4 on
TransformerBridge in compatibility mode), within 1e-4. Prints a Markdown table; status 1 if one does not.
"""
import argparse
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file
from transformers import AutoTokenizer, GPT2LMHeadModel

from models import SHAPES, headscope, write

TOLERANCE = 1e-4


LENS = version("transformer-lens")


def bridged(folder, model):
    """TransformerLens's model with its default processing, from version 4 on."""
    from transformer_lens.model_bridge import TransformerBridge
    lens = TransformerBridge.boot_transformers(str(folder), hf_model=model, device="cpu",
                                               tokenizer=AutoTokenizer.from_pretrained(folder))
    lens.enable_compatibility_mode()
    return lens


def hooked(model):
    """The same of version 2, as its own from_pretrained makes it."""
    from transformer_lens import HookedTransformer, HookedTransformerConfig
    from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights
    c = model.config
    cfg = HookedTransformerConfig(
        n_layers=c.n_layer, d_model=c.n_embd, n_ctx=c.n_positions, d_head=c.n_embd // c.n_head, n_heads=c.n_head,
        d_mlp=4 * c.n_embd, d_vocab=c.vocab_size, act_fn="gelu_new", eps=c.layer_norm_epsilon, normalization_type="LN",
        attention_dir="causal", device="cpu", original_architecture="GPT2LMHeadModel",
        scale_attn_by_inverse_layer_idx=c.scale_attn_by_inverse_layer_idx)
    lens = HookedTransformer(cfg)
    lens.load_and_process_state_dict(convert_gpt2_weights(model, cfg), fold_ln=True, center_writing_weights=True,
                                     center_unembed=True, fold_value_biases=True)
    return lens.eval()


def logits(folder, ids, work, jar, *options):
    out = work / "logits.safetensors"
    headscope("run", ",".join(map(str, ids)), "--ids", "--model", folder, "--out", out, "--hooks", "ln_final.hook_scale",
              *options, jar=jar, HEADSCOPE_CACHE=str(work / "cache"))
    return load_file(out)["logits"]


def differences(shape, tokens, jar):
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folder = write(work / shape, shape)
        ids = [50256] + torch.randint(0, 50257, (tokens - 1,)).tolist()
        model = GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager").eval()
        prompt = torch.tensor([ids])
        theirs = model(prompt).logits
        raw = (logits(folder, ids, work, jar, "--raw") - theirs).abs().max().item()
        lens = bridged(folder, model) if int(LENS.split(".")[0]) >= 4 else hooked(model)
        del model
        processed = (logits(folder, ids, work, jar) - lens(prompt)).abs().max().item()
        return theirs.abs().max().item(), raw, processed


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--jar")
    ap.add_argument("--shapes", default="distilgpt2,gpt2-medium,crfm-small,crfm-medium")
    ap.add_argument("--tokens", type=int, default=40)
    args = ap.parse_args()
    unknown = set(args.shapes.split(",")) - set(SHAPES)
    if unknown:
        ap.error(f"no shape {', '.join(sorted(unknown))}; there are {', '.join(SHAPES)}")
    torch.set_grad_enabled(False)
    print(f"| shape | largest logit | raw, to transformers {transformers.__version__} | processed, to TransformerLens {LENS} |"
          "\n|---|---|---|---|", flush=True)
    worst = 0
    for shape in args.shapes.split(","):
        largest, raw, processed = differences(shape, args.tokens, args.jar)
        print(f"| {shape} | {largest:.1f} | {raw:.1e} | {processed:.1e} |", flush=True)
        worst = max(worst, raw, processed)
    sys.exit(0 if worst < TOLERANCE else 1)


if __name__ == "__main__":
    main()
