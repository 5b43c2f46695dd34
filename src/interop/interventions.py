"""What TransformerLens 2.15.4 gives where attention is cut, replaced or put in by a part: numbers for the tests.

    python src/interop/interventions.py src/test/resources/fixtures/tiny src/test/resources/fixtures/small

reads FOLDER/model and the prompts of FOLDER/expected.json, and writes FOLDER/interventions.json (the cases) and
FOLDER/interventions.safetensors (their logits at the last position, [case, vocabulary]). The hooks are written out by
hand, so that they share nothing with Headscope. Needs torch, transformer-lens==2.15.4, transformers, safetensors.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig, utils
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights
from transformers import GPT2LMHeadModel

ALL = None


def patch(at, part, layer, head, source, queries=ALL, keys=ALL, strength=1.0, renormalize=False):
    """One change; at is how Headscope writes the place. Ranges include both ends."""
    return {"at": at, "part": part, "layer": layer, "head": head, "with": source, "queries": queries, "keys": keys,
            "strength": strength, "renormalize": renormalize}


def cases(last):
    edge = lambda layer, head, q, k, **more: patch(f"L{layer}H{head}.pattern@{q},{k}", "pattern", layer, head, "zero",
                                                   (q, q), (k, k), **more)
    whole = lambda part, layer, head, source, **more: patch(f"L{layer}H{head}.{part}", part, layer, head, source, **more)
    alone = [
        [edge(1, 0, last, 2)], [edge(1, 0, last, 2, renormalize=True)], [edge(0, 3, 4, 1)],
        [edge(0, 3, 4, 1, renormalize=True)], [edge(2, 1, last, 0, strength=0.5)],
        [edge(2, 1, last, 0, strength=0.5, renormalize=True)], [edge(0, 2, 0, 0, renormalize=True)],
        [patch(f"L1H2.pattern@3-{last},1-2", "pattern", 1, 2, "zero", (3, last), (1, 2), renormalize=True)],
        [patch("L0H1.pattern@4", "pattern", 0, 1, "uniform", (4, 4))],
        [patch(f"L2H0.pattern@{last}", "pattern", 2, 0, "previous", (last, last), strength=-0.5)],
        [patch("L0H2.z@2-5", "z", 0, 2, "zero", (2, 5), strength=1.5)],
        [patch(f"L1H3.pattern@{last},0-3", "pattern", 1, 3, "clean", (last, last), (0, 3), renormalize=True)],
    ]
    rules = [[whole("pattern", layer, head, rule)] for rule in ("uniform", "first", "previous")
             for layer, head in ((0, 0), (1, 3), (2, 2))]
    parts = [[whole(part, layer, 1, "clean", strength=s)] for part in ("z", "q", "k", "v", "pattern")
             for layer, s in ((0, 0.5), (1, 2.0), (2, -1.0))]
    means = [[whole("z", 1, 2, "mean", strength=0.25)], [whole("pattern", 0, 1, "uniform", strength=0.5)]]
    together = [
        [edge(1, 0, last, 2), whole("z", 0, 1, "clean", strength=0.5), whole("pattern", 2, 3, "uniform")],
        [whole("pattern", 1, 0, "uniform"), edge(1, 0, last, 0, renormalize=True)],
        [whole("pattern", 1, 0, "clean", strength=0.75), edge(1, 0, last, 1), edge(1, 0, last, 3, renormalize=True)],
        [whole("q", 0, 0, "clean"), edge(0, 0, last, 0, renormalize=True), whole("v", 2, 1, "mean", strength=0.5)],
    ]
    return alone + rules + parts + means + together


def fixed(rule, length):
    pattern = torch.zeros(length, length)
    for query in range(length):
        if rule == "uniform":
            pattern[query, :query + 1] = 1 / (query + 1)
        elif rule == "first":
            pattern[query, 0] = 1
        else:
            pattern[query, max(query - 1, 0)] = 1
    return pattern


def hook_for(one, cache, length):
    """A hook that changes one head's activation in place."""
    queries = slice(None) if one["queries"] is ALL else slice(one["queries"][0], one["queries"][1] + 1)
    keys = slice(None) if one["keys"] is ALL else slice(one["keys"][0], one["keys"][1] + 1)
    head, s = one["head"], one["strength"]

    def of_pattern(pattern, hook):
        row = pattern[0, head]
        if one["with"] == "zero":
            other = torch.zeros_like(row)
        elif one["with"] == "clean":
            other = cache[hook.name][0, head]
        else:
            other = fixed(one["with"], length)
        row[queries, keys] = (1 - s) * row[queries, keys] + s * other[queries, keys]
        if one["renormalize"]:
            sums = row[queries].sum(-1, keepdim=True)
            row[queries] = torch.where(sums > 0, row[queries] / sums, row[queries])
        return pattern

    def of_vectors(activation, hook):
        own = activation[0, :, head]
        if one["with"] == "zero":
            other = torch.zeros_like(own)
        elif one["with"] == "clean":
            other = cache[hook.name][0, :, head]
        else:
            other = own.mean(0, keepdim=True).expand_as(own).clone()
        own[queries] = (1 - s) * own[queries] + s * other[queries]
        return activation

    return utils.get_act_name(one["part"], one["layer"]), of_pattern if one["part"] == "pattern" else of_vectors


def hooked(folder):
    hf = GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager").float().eval()
    c = hf.config
    cfg = HookedTransformerConfig(
        n_layers=c.n_layer, d_model=c.n_embd, n_ctx=c.n_positions, d_head=c.n_embd // c.n_head, n_heads=c.n_head,
        d_mlp=4 * c.n_embd, d_vocab=c.vocab_size, act_fn="gelu_new", eps=c.layer_norm_epsilon, normalization_type="LN",
        attention_dir="causal", use_attn_scale=True, scale_attn_by_inverse_layer_idx=c.scale_attn_by_inverse_layer_idx,
        original_architecture="GPT2LMHeadModel", device="cpu")
    model = HookedTransformer(cfg)
    model.load_and_process_state_dict(convert_gpt2_weights(hf, cfg), fold_ln=True, center_writing_weights=True,
                                      center_unembed=True, fold_value_biases=True)
    return model.eval()


def main():
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    for folder in map(Path, sys.argv[1:]):
        model = hooked(folder / "model")
        facts = json.loads((folder / "expected.json").read_text())
        ids = {run: torch.tensor([facts[run]["ids"]]) for run in ("clean", "corrupt")}
        caches = {run: model.run_with_cache(ids[run])[1] for run in ids}
        length = ids["clean"].shape[1]
        described, logits = [], []
        for into, other in (("corrupt", "clean"), ("clean", "corrupt")):
            for patches in cases(length - 1):
                hooks = [hook_for(one, caches[other], length) for one in patches]
                logits.append(model.run_with_hooks(ids[into], fwd_hooks=hooks)[0, -1].clone())
                described.append({"into": into, "patches": [
                    {name: one[name] for name in ("at", "with", "strength", "renormalize")} for one in patches]})
        (folder / "interventions.json").write_text(json.dumps(described, indent=1) + "\n")
        save_file({"logits": torch.stack(logits).contiguous()}, folder / "interventions.safetensors")
        print(f"{folder}: {len(described)} cases")


if __name__ == "__main__":
    main()
