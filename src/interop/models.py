"""Random models in Hugging Face's layout, and Headscope's command line."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import torch
from transformers import GPT2Config, GPT2LMHeadModel

ROOT = Path(__file__).resolve().parents[2]
TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")

# What the configurations on the hub say: CRFM's models scale attention by layer, in an order that differs only in fp16.
SHAPES = {
    "tiny": dict(n_layer=3, n_head=4, n_embd=64, n_positions=128),
    "distilgpt2": dict(n_layer=6, n_head=12, n_embd=768, n_positions=1024),
    "gpt2-medium": dict(n_layer=24, n_head=16, n_embd=1024, n_positions=1024),
    "crfm-small": dict(n_layer=12, n_head=12, n_embd=768, n_positions=1024, n_inner=3072,
                       scale_attn_by_inverse_layer_idx=True, reorder_and_upcast_attn=True),
    "crfm-medium": dict(n_layer=24, n_head=16, n_embd=1024, n_positions=1024, n_inner=4096,
                        scale_attn_by_inverse_layer_idx=True, reorder_and_upcast_attn=True),
}


def write(folder, shape, seed=1):
    """A random model whose weights are large enough for its attention to be anything but even."""
    torch.manual_seed(seed)
    config = GPT2Config(vocab_size=50257, bos_token_id=50256, eos_token_id=50256, **SHAPES[shape])
    model = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "ln_" in name:
                parameter.add_(torch.randn_like(parameter) * 0.1)
            elif parameter.dim() == 1:
                parameter.normal_(0, 0.1)
            else:
                parameter.normal_(0, 1.2 / config.n_embd ** 0.5)
    model.save_pretrained(folder, safe_serialization=True)
    for name in TOKENIZER:
        shutil.copy(ROOT / "assets/model" / name, folder)
    return folder


def headscope(*args, jar=None, **environment):
    """What a command prints, as JSON."""
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("HF_")}, **environment}
    program = ["java", "-jar", str(jar or ROOT / "target/headscope.jar")]
    done = subprocess.run([*program, *map(str, args), "--json"], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"headscope {' '.join(map(str, args))}: {done.stderr}")
    return json.loads(done.stdout)
