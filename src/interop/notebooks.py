"""Runs the notebooks that Headscope exports to their end, assertions included, in the TransformerLens that is there.

    mvn -q package -DskipTests
    python src/interop/notebooks.py

writes sessions of every kind about the fixtures' models and the bundled one into a temporary folder, has
`headscope notebook` make notebooks of them for the installed version of TransformerLens, and executes their cells.
Needs torch, transformers and transformer-lens, 2.15.4 (with transformers before 5) or from 4.3 on. `--app COMMAND`
starts Headscope otherwise than by target/headscope.jar; words after it choose cases by name.
"""
import argparse
import contextlib
import io
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "src/test/resources/fixtures"
PAIR = ("Tom went to the store. Tom", "Tom went to the store. Sarah")
SMALL = ("When John and Mary went to the shops, John gave the bag to",
         "When John and Mary went to the shops, Mary gave the bag to")
WEIRD = ('"Tom" said: \\n\t{x} \'%s\'\u2028 東京 🙂\r\n Tom', '"Tom" said: \\n\t{x} \'%s\'\u2028 東京 🙂\r\n Sarah')


def case(name, sweep=(), model="tiny", pair=PAIR, bos=True, processing="transformerlens", put_in="clean", into="corrupt",
         patches=(), watched=(81, 367), references=None, **more):
    document = {"clean": pair[0], "corrupt": pair[1], "bos": bos, "focus": "L1H2", "locked": False, "part": "z",
                "put_in": put_in, "into": into, "watched": list(watched),
                "patches": [at if isinstance(at, dict) else {"site": at, "on": True} for at in patches], **more}
    return {"name": name, "model": model, "processing": processing, "sweep": list(sweep), "document": document,
            "references": references}


def cases():
    by = lambda what, by: ("--what", what, "--by", by)
    yield case("pair", by("z", "head"), patches=["L1H2.z"])
    yield case("several", by("v", "position"), patches=["L1H2.pattern@7,2", "L0H1.v@5-7", "L2H0.q", "L1.resid_pre@7"])
    yield case("noising", by("pattern", "position"), into="clean", patches=["L1H2.z", "L2H3.k"])
    for source in ("zero", "mean", "0.5"):
        yield case(source, by("z", "head"), put_in=source, patches=["L1H2.z", "L2H1.z@3-5"])
    own = lambda site, **more: {"site": site, "on": True, **more}
    for rule in ("uniform", "first", "previous"):
        yield case(rule, patches=[own("L1H2.pattern", **{"with": rule}), own("L2H1.pattern@3-5", **{"with": rule})])
    yield case("partly", patches=[own("L1H2.z", strength=0.5), own("L2H0.pattern", strength=-0.25, renormalized=True),
                                  own("L0H1.v@4-7", **{"with": "mean"}, strength=1.5)])
    yield case("cut", patches=[own("L1H0.pattern@7,2", **{"with": "zero"}, renormalized=True),
                               own("L1H1.pattern@3-7,1-2", **{"with": "zero"})])
    yield case("mean of layers", by("mlp_out", "position"), put_in="mean", patches=["L0H3.pattern", "L1.attn_out@6-7"])
    yield case("reference mean", by("z", "position"), put_in="reference_mean", patches=["L1H2.z", "L0.resid_mid@2"],
               references="Sarah sold the old car.\n\nThe keys are on the table.\n")
    yield case("five parts", by("heads", "head"))
    yield case("five parts zero", by("heads", "position"), put_in="zero")
    yield case("blocks", by("blocks", "position"))
    for part in ("resid_pre", "resid_mid", "attn_out", "mlp_out", "resid_post", "mlp_post"):
        yield case(part, by(part, "position"))
    yield case("edges", by("edge", "head"), put_in="zero")
    yield case("edges of the clean run", by("edge", "head"))
    for part in "qkv":
        yield case(f"into {part}", ("--to", f"L2H1.{part}"))
        yield case(f"from {part}", ("--from", "L0H1", "--what", part), into="clean")
    for part in "qkv":
        yield case(f"one path to {part}", patches=["L1H2.z"], path={"from": "L0H1", "to": f"L2H3.{part}"},
                   into="clean" if part == "v" else "corrupt")
    yield case("one path raw", processing="raw", path={"from": "L1H0", "to": "L2H2.k"})
    for circuit in ("copying", "Q", "K", "V", "OV", "QK", "OV-prompt", "QK-prompt"):
        yield case(f"circuit {circuit}", ("--circuit", circuit))
    yield case("circuits raw", ("--circuit", "OV"), processing="raw")
    yield case("neuron", ("--neuron", "L1N17"))
    yield case("neuron raw", ("--neuron", "L2N100"), processing="raw")
    for metric in ("logprob:#81", "prob:#81", "kl", "logit:#367"):
        yield case(metric, by("q", "head") + ("--metric", metric))
    yield case("raw", by("k", "head"), processing="raw", patches=["L1H2.z", "L1H1.v@7"])
    yield case("without BOS", by("z", "head"), bos=False, patches=["L1H2.z"])
    yield case("any characters", by("z", "head"), pair=WEIRD, patches=["L1H2.z"])
    yield case("one prompt", by("z", "head"), pair=(PAIR[0], ""), put_in="zero", into="clean", patches=["L1H2.z"])
    yield case("predictions", by("z", "head"), watched=(), patches=["L1H2.z"])
    yield case("one token", by("z", "head"), watched=(5,), patches=["L1H2.z"])
    yield case("small", by("z", "head"), model="small", pair=SMALL, patches=["L1H2.z", "L2H5.pattern"])
    yield case("small paths", ("--to", "L3H4.q"), model="small", pair=SMALL)
    yield case("bundled", by("z", "head") + ("--neuron", "L3N200", "--circuit", "OV"), model="demo", watched=(),
               patches=["L1H0.z"], path={"from": "L0H1", "to": "L1H0.k"})


def model_note(one):
    folder = ROOT / "assets/model" if one["model"] == "demo" else FIXTURES / one["model"] / "model"
    sizes = json.loads((folder / "config.json").read_text())
    note = {"name": one["model"], "processing": one["processing"], "layers": sizes["n_layer"], "heads": sizes["n_head"],
            "width": sizes["n_embd"], "positions": sizes["n_positions"], "vocabulary": sizes["vocab_size"]}
    return note if one["model"] == "demo" else {**note, "folder": str(folder)}


def notebook(one, app, wanted, folder):
    session, out = folder / "case.headscope", folder / "case.ipynb"
    content = {"format": "headscope-session", "version": 1, "model": model_note(one), "document": one["document"]}
    if one["references"]:
        (folder / "references.txt").write_text(one["references"])
        content["references"] = str(folder / "references.txt")
    session.write_text(json.dumps(content))
    subprocess.run([*app, "notebook", str(session), "--out", str(out), "--for", wanted, *one["sweep"]], check=True,
                   stdout=subprocess.DEVNULL)
    return json.loads(out.read_text())


def execute(notebook):
    """As Jupyter does: one after the other, with the same names."""
    names, printed = {"__name__": "__main__"}, io.StringIO()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            code = "".join(cell["source"])
            try:
                with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                    exec(compile(code, cell["id"], "exec"), names)
            except Exception:
                print(code)
                raise
    return printed.getvalue().count("as in Headscope")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--app", default=f"java -jar {ROOT / 'target/headscope.jar'}")
    parser.add_argument("names", nargs="*", help="only the cases of these names")
    arguments = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    lens = version("transformer-lens")
    chosen = [one for one in cases() if not arguments.names or one["name"] in arguments.names]
    failed = 0
    for one in chosen:
        started = time.time()
        try:
            with tempfile.TemporaryDirectory() as folder:
                made = notebook(one, shlex.split(arguments.app), "4" if lens.startswith("4") else "2.15", Path(folder))
                os.chdir(folder)
                try:
                    checks = execute(made)
                finally:
                    os.chdir(ROOT)
            print(f"{one['name']}: {checks} checks, {time.time() - started:.0f} s", flush=True)
        except Exception as error:
            failed += 1
            print(f"{one['name']}: FAILED, {type(error).__name__}: {error}", flush=True)
    print(f"{len(chosen) - failed} of {len(chosen)} notebooks ran to their end in TransformerLens {lens}.")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
