"""Headscope beside TransformerLens: the same work, on the same weights, in alternation.

    python src/bench/compare.py FOLDER [--rounds 3] [--jar target/headscope.jar] [--every 9]

FOLDER is a GPT-2 in Hugging Face's layout; random weights will do, since speed does not depend on what was learned
(src/test/java/org/headscope/RandomGpt2.java writes such a folder). Needs torch and transformer-lens==2.15.4.
With --every N, TransformerLens computes every Nth cell of its sweep by position, which takes minutes, and its time is
multiplied by N. Prints a Markdown table: medians in milliseconds, and how many times faster Headscope was.
"""
import argparse
import json
import statistics
import subprocess
import time
from functools import partial
from pathlib import Path

import pandas
import torch
from transformers import GPT2LMHeadModel
from transformer_lens import HookedTransformer, HookedTransformerConfig, patching
from transformer_lens.past_key_value_caching import HookedTransformerKeyValueCache
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights

PAIR = ("Tom went to the store. Tom", "Tom went to the store. Sarah")
LONGER = ("When John and Mary went to the shops, John gave the bag to",
          "When John and Mary went to the shops, Mary gave the bag to")


def hooked(folder):
    hf = GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager").float().eval()
    c = hf.config
    cfg = HookedTransformerConfig(
        n_layers=c.n_layer, d_model=c.n_embd, n_ctx=c.n_positions, d_head=c.n_embd // c.n_head, n_heads=c.n_head,
        d_mlp=4 * c.n_embd, d_vocab=c.vocab_size, act_fn="gelu_new", eps=c.layer_norm_epsilon,
        normalization_type="LN", attention_dir="causal", device="cpu", original_architecture="GPT2LMHeadModel")
    model = HookedTransformer(cfg)
    model.load_and_process_state_dict(convert_gpt2_weights(hf, cfg), fold_ln=True, center_writing_weights=True,
                                      center_unembed=True, fold_value_biases=True)
    model.requires_grad_(False)
    return model.eval()


def ids(jar, folder, prompt):
    out = subprocess.run(["java", "-jar", jar, "tokens", prompt, "--model", folder, "--json"], check=True,
                         capture_output=True, text=True).stdout
    return torch.tensor([[token["id"] for token in json.loads(out)["tokens"]]])


def patch_once(model, corrupt, cache):
    layer = model.cfg.n_layers // 3

    def replace(z, hook):
        z[:, :, 1] = cache[hook.name][:, :, 1]
        return z
    return model.run_with_hooks(corrupt, fwd_hooks=[(f"blocks.{layer}.attn.hook_z", replace)])[0, -1, 0].item()


def experiment(model, clean, corrupt):
    _, cache = model.run_with_cache(clean)
    model.run_with_cache(corrupt)
    return patch_once(model, corrupt, cache)


def lens(model, cache):
    resid = cache.accumulated_resid(layer=None, incl_mid=True)
    return (model.ln_final(resid) @ model.W_U + model.b_U).log_softmax(-1).topk(5)


def copying(model):
    eigenvalues = model.OV.eigenvalues
    return eigenvalues.sum(-1).real / eigenvalues.abs().sum(-1)


def append(model, ids):
    """One token more, with the keys and values of those before it."""
    past = HookedTransformerKeyValueCache.init_cache(model.cfg, "cpu", 1)
    model(ids, past_kv_cache=past)
    return lambda: model(ids[:, :1], past_kv_cache=past)


def by_position(model, corrupt, cache, metric, every):
    """patching.get_act_patch_attn_head_out_by_pos on some of its cells."""
    cells = pandas.DataFrame([(layer, pos, head) for layer in range(model.cfg.n_layers)
                              for pos in range(corrupt.shape[1]) for head in range(model.cfg.n_heads)][::every],
                             columns=["layer", "pos", "head"])
    patching.generic_activation_patch(model, corrupt, cache, metric, patching.layer_pos_head_vector_patch_setter, "z",
                                      index_df=cells)


def work(model, jar, folder, every):
    clean, corrupt = (ids(jar, folder, prompt) for prompt in PAIR)
    longer_clean, longer_corrupt = (ids(jar, folder, prompt) for prompt in LONGER)
    _, cache = model.run_with_cache(clean)
    _, longer_cache = model.run_with_cache(longer_clean)
    metric = lambda logits: logits[0, -1, 0]
    longest = torch.arange(model.cfg.n_ctx)[None] * 7919 % model.cfg.d_vocab
    patterns = lambda name: name.endswith("hook_pattern")
    longest_run = partial(model.run_with_cache, longest, names_filter=patterns)
    some = longest[:, :64]
    _, some_cache = model.run_with_cache(some)
    return {
        "forward": partial(model, clean),
        "cache": partial(model.run_with_cache, clean),
        "experiment": partial(experiment, model, clean, corrupt),
        "patch": partial(patch_once, model, corrupt, cache),
        "heads_8": partial(patching.get_act_patch_attn_head_out_all_pos, model, corrupt, cache, metric),
        "heads_15": partial(patching.get_act_patch_attn_head_out_all_pos, model, longer_corrupt, longer_cache, metric),
        "positions_15": partial(by_position, model, longer_corrupt, longer_cache, metric, every),
        "cache_long": longest_run,
        "cache_long_last": longest_run,  # it cannot leave logits out
        "lens_64": partial(lens, model, some_cache),
        "copying": partial(copying, model),
        "composition": partial(model.all_composition_scores, "Q"),
        "append_64": append(model, some),
        "again_64": partial(model, some),
    }


SLOW = {"heads_8": 1, "heads_15": 1, "positions_15": 1, "cache_long": 1, "cache_long_last": 1, "lens_64": 1,
        "copying": 1, "composition": 1}


def timed(function, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder")
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--jar", default=str(Path(__file__).resolve().parents[2] / "target" / "headscope.jar"))
    ap.add_argument("--threads", type=int, default=torch.get_num_threads())
    ap.add_argument("--every", type=int, default=1)
    args = ap.parse_args()
    torch.set_grad_enabled(False)
    torch.set_num_threads(args.threads)
    start = time.perf_counter()
    model = hooked(args.folder)
    theirs = {"load": [1e3 * (time.perf_counter() - start)]}
    ours, names = {}, {}
    jobs = work(model, args.jar, args.folder, args.every)
    for name in ("forward", "cache", "experiment", "patch"):
        timed(jobs[name], 5)
    for _ in range(args.rounds):
        out = subprocess.run(["java", "-jar", args.jar, "bench", "--model", args.folder, "--json", "--threads",
                              str(args.threads), "--runs", "3"], check=True, capture_output=True, text=True).stdout
        for row in json.loads(out)["rows"]:
            ours.setdefault(row["name"], []).append(row["median_ms"])
            names[row["name"]] = row["what"]
        for name, job in jobs.items():
            if name in ("positions_15", "composition") and name in theirs:
                continue  # minutes a run: once is enough
            cells = args.every if name == "positions_15" else 1
            theirs.setdefault(name, []).append(cells * timed(job, SLOW.get(name, 5)))
    print("| work | TransformerLens ms | Headscope ms | times faster |\n|---|---|---|---|")
    for name in names:
        if name not in theirs:  # TransformerLens has no such work
            print(f"| {names[name]} | – | {statistics.median(ours[name]):,.1f} | – |")
            continue
        a, b = statistics.median(theirs[name]), statistics.median(ours[name])
        print(f"| {names[name]} | {a:,.0f} | {b:,.1f} | {a / b:,.1f} |")


main()
