"""One cache for Headscope and Python: what either fetches, the other finds and loads.

    python src/interop/hub_cache.py [--jar target/headscope.jar]

Needs torch, transformers, huggingface_hub and safetensors. Nothing leaves the machine: a small server stands in for the
hub. Prints a line a check and ends with status 1 at the first that fails.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hub_server import Hub
from models import headscope, write

REPOSITORY = "someone/tiny-gpt2"
CHECKPOINT = "checkpoint-1000"
IDS = [50256, 464, 2068, 7586, 21831, 11687, 625, 262]
FILES = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
         "generation_config.json"]

# In a process of its own, because the library reads its variables when it is imported.
PYTHON_FETCHES = """
import sys
from huggingface_hub import snapshot_download
print(snapshot_download(sys.argv[1], revision=sys.argv[2], allow_patterns=sys.argv[3:]))
"""
PYTHON_LOADS = """
import sys, torch
from huggingface_hub import snapshot_download
from safetensors.torch import save_file
from transformers import AutoTokenizer, GPT2LMHeadModel
folder = snapshot_download(sys.argv[1], revision=sys.argv[2], local_files_only=True)
model = GPT2LMHeadModel.from_pretrained(sys.argv[1], revision=sys.argv[2], local_files_only=True).eval()
AutoTokenizer.from_pretrained(sys.argv[1], revision=sys.argv[2], local_files_only=True)
with torch.no_grad():
    save_file({"logits": model(torch.tensor([list(map(int, sys.argv[3].split(",")))])).logits}, sys.argv[4])
print(folder)
"""


def python(code, *args, **environment):
    environment = {**os.environ, "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1", **environment}
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def check(what, holds):
    print(("ok    " if holds else "WRONG ") + what, flush=True)
    if not holds:
        raise SystemExit(1)


def layout(cache):
    """All of a cache's repositories: contents by name, links by where they lead. Locks and listings are each one's own."""
    entries = {}
    for path in sorted(Path(cache).glob("models--*/**/*")):
        place = path.relative_to(cache).as_posix()
        if path.is_symlink():
            entries[place] = "-> " + os.readlink(path)
        elif path.is_file() and "/trees/" not in place and "/.no_exist/" not in place:
            entries[place] = path.read_bytes()
    return entries


def headscope_logits(cache, name, jar, work):
    from safetensors.torch import load_file
    out = work / "headscope.safetensors"
    headscope("run", ",".join(map(str, IDS)), "--ids", "--raw", "--model", name, "--out", out, "--hooks",
              "ln_final.hook_scale", jar=jar, HF_HUB_CACHE=str(cache), HF_HUB_OFFLINE="1")
    return load_file(out)["logits"]


def python_logits(cache, revision, work):
    from safetensors.torch import load_file
    out = work / "python.safetensors"
    python(PYTHON_LOADS, REPOSITORY, revision, ",".join(map(str, IDS)), out, HF_HUB_CACHE=str(cache), HF_HUB_OFFLINE="1")
    return load_file(out)["logits"]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--jar")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        hub = Hub({(REPOSITORY, "main"): write(work / "main", "tiny", 1),
                   (REPOSITORY, CHECKPOINT): write(work / "checkpoint", "tiny", 2)})
        pythons, headscopes = work / "pythons", work / "headscopes"
        for revision, name in (("main", REPOSITORY), (CHECKPOINT, f"{REPOSITORY}@{CHECKPOINT}")):
            python(PYTHON_FETCHES, REPOSITORY, revision, *FILES, HF_ENDPOINT=hub.address, HF_HUB_CACHE=str(pythons))
            fetched = headscope("models", "fetch", name, jar=args.jar, HF_ENDPOINT=hub.address,
                                HF_HUB_CACHE=str(headscopes))
            logits = python_logits(pythons, revision, work)
            difference = (headscope_logits(pythons, name, args.jar, work) - logits).abs().max().item()
            check(f"Headscope loads {name} from Python's cache, logits within {difference:.1e}", difference < 1e-4)
            check(f"Python loads {name} from Headscope's cache", python_logits(headscopes, revision, work).equal(logits))
            check("Python finds it in the same folder", fetched["models"][0]["path"].endswith(
                Hub.commit(REPOSITORY, revision)))
        check("both caches are laid out alike, link by link", layout(pythons) == layout(headscopes))

        asked = len(hub.paths)
        again = headscope("models", "fetch", REPOSITORY, jar=args.jar, HF_ENDPOINT=hub.address, HF_HUB_CACHE=str(pythons))
        check("Headscope fetches nothing that Python has", again["fetched"] == 0 and not any(
            path.startswith("/stored/") for _, path in hub.paths[asked:]))
        asked = len(hub.paths)
        python(PYTHON_FETCHES, REPOSITORY, "main", *FILES, HF_ENDPOINT=hub.address, HF_HUB_CACHE=str(headscopes))
        check("Python fetches nothing that Headscope has", not any(
            path.startswith("/stored/") for _, path in hub.paths[asked:]))
        freed = headscope("models", "remove", REPOSITORY, jar=args.jar, HF_HUB_CACHE=str(pythons))["freed"]
        check(f"Headscope removes what Python fetched, {freed:,} bytes", freed > 1_000_000)
        python(PYTHON_LOADS, REPOSITORY, CHECKPOINT, "1", work / "left.safetensors", HF_HUB_CACHE=str(pythons),
               HF_HUB_OFFLINE="1")
        check("the other revision still loads", True)


if __name__ == "__main__":
    main()
