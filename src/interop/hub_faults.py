"""Headscope's command line against a hub, a disk and a second process that go wrong in every way that we know.

    unshare --map-root-user --mount python src/interop/hub_faults.py [--jar target/headscope.jar] [--only drip,401]

Needs Python alone; nothing leaves the machine. `unshare`, or root, allows the small disks of the last cases to be mounted;
without it these are left out. After each fault `models fetch` has to end with status 2 and one sentence, with nothing under
a final name that is not whole, and the next try, when all is well again, has to succeed. Prints a Markdown table; status 1
if something does not hold. Takes about five minutes, since a hub that drips is given the time that a person gives it.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from hub_server import Hub

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "src/test/resources/fixtures/tiny/model"
WEIGHTS = MODEL / "model.safetensors"
NAME = "someone/tiny"
TOKEN = "hf_thisIsASecret"
HALF = WEIGHTS.stat().st_size // 2


class FaultyHub(Hub):
    """Well-behaved until `fault` is set; a fault of the weights alone leaves all else as it is."""

    def __init__(self, fault=None):
        self.fault = fault
        self.ranges = []
        self.meanwhile = lambda: None
        super().__init__({(NAME, "main"): MODEL})

    def answer(self, request):
        fault = self.fault
        if fault == "redirects in a circle":
            return self.say(request, 302, {"Location": request.path})
        if fault == "no hub":
            return self.page(request)
        if fault and (status := re.match(r"\d+", fault)) and (status[0] != "416" or "Range" in request.headers):
            return self.say(request, int(status[0]), {"Retry-After": "1"} if status[0] == "429" else {})
        super().answer(request)

    def page(self, request):
        return self.say(request, 200, {"Content-Type": "text/html"}, b"<!doctype html><title>Please log in</title>")

    def send(self, request, file, headers):
        content = file.read_bytes()
        if file.name != WEIGHTS.name:
            return super().send(request, file, headers)
        self.ranges.append(request.headers.get("Range", "all"))
        if self.fault == "a web page":
            return self.page(request)
        if self.fault in ("the line breaks", "the disk fills up", "slow"):
            return self.halves(request, content)
        if self.fault == "a drip":
            return self.drip(request, content)
        if self.fault == "too short":
            content = content[:-100]
        if self.fault == "too long":
            content += b"12345"
        if self.fault == "wrong contents":
            content = content[:-1] + bytes([content[-1] ^ 1])
        if self.fault:
            return self.say(request, 200, headers, content)
        super().send(request, file, headers)

    def halves(self, request, content):
        """From where it is asked, half of what there is; then something happens."""
        start = int((re.match(r"bytes=(\d+)-", request.headers.get("Range", "")) or [0, 0])[1])
        self.head(request, content, start)
        middle = max(start, HALF)
        request.wfile.write(content[start:middle])
        request.wfile.flush()
        self.meanwhile()
        if self.fault == "the line breaks":
            return request.connection.shutdown(2)
        request.wfile.write(content[middle:])

    def drip(self, request, content):
        self.head(request, content, 0)
        try:
            for byte in content:
                request.wfile.write(bytes([byte]))
                request.wfile.flush()
                time.sleep(1)
        except OSError:
            pass

    @staticmethod
    def head(request, content, start):
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(content) - start))
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        request.end_headers()


class Try:
    """One fetch by the command line."""

    def __init__(self, jar, hub, cache, **environment):
        self.start = time.monotonic()
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("HF_")}
        self.process = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "models", "fetch", NAME, "--json"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**inherited, "HF_ENDPOINT": hub.address, "HF_HUB_CACHE": str(cache), **environment})

    def end(self):
        out, err = self.process.communicate(timeout=600)
        self.status, self.out, self.err = self.process.returncode, out.strip(), err.strip()
        self.seconds = time.monotonic() - self.start
        return self


def wrong(done, sentence):
    """What is wrong with a refusal, in words."""
    faults = [] if done.status == 2 else [f"status {done.status}"]
    if len(done.err.splitlines()) != 1 or not done.err.endswith("."):
        faults.append("not one sentence")
    if not re.search(sentence, done.err):
        faults.append(f"does not say “{sentence}”")
    return faults + [f"prints {bad}" for bad in ("Exception", TOKEN) if bad in done.err + done.out]


def unwhole(cache):
    """Names that a model is looked for under and that hold something else."""
    for path in Path(cache).glob("models--*/*/**/*"):
        if path.is_file() and ("snapshots" in path.parts or "blobs" in path.parts and path.suffix != ".incomplete"):
            if not any(path.read_bytes() == good.read_bytes() for good in MODEL.iterdir()):
                yield f"{path.relative_to(cache)} is not whole"


def succeeds(jar, hub, cache):
    hub.fault = None
    done = Try(jar, hub, cache).end()
    if done.status:
        return [f"the next try fails: {done.err}"]
    weights = Path(json.loads(done.out)["models"][0]["path"]) / WEIGHTS.name
    same = sha256(weights.read_bytes()).digest() == sha256(WEIGHTS.read_bytes()).digest()
    return [] if same else ["the next try gives other weights"]


def refused(fault, sentence, jar, work, environment):
    """A hub with this fault, then without."""
    hub, cache = FaultyHub(fault), work / re.sub(r"\W", "-", fault)
    if fault.startswith("416"):
        hub.fault = "the line breaks"
        begun = Try(jar, hub, cache)
        while not any(cache.glob("models--*/blobs/*.incomplete")) and begun.process.poll() is None:
            time.sleep(0.05)
        hub.fault = fault
        done = begun.end()
        return done, ([] if done.status == 0 and hub.ranges[-1] == "all" else
                      [f"status {done.status}, asked for {hub.ranges}: {done.err}"]) + list(unwhole(cache))
    done = Try(jar, hub, cache, **environment).end()
    faults = wrong(done, sentence) + list(unwhole(cache))
    before = len(hub.ranges)
    faults += succeeds(jar, hub, cache)
    if fault == "the line breaks" and hub.ranges[before:] != [f"bytes={HALF}-"]:
        faults.append(f"does not go on: {hub.ranges}")
    return done, faults


def mounted(folder, options):
    folder.mkdir(exist_ok=True)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True).returncode == 0


def full_beforehand(jar, work):
    disk, hub = work / "full", FaultyHub()
    if not mounted(disk, "size=1m"):
        return None
    filler = disk / "filler"
    filler.write_bytes(bytes(700_000))
    done = Try(jar, hub, disk / "hub").end()
    faults = wrong(done, r"needs [\d,]+ bytes more, .* has only [\d,]+; make room, or name another")
    filler.unlink()
    return done, faults + list(unwhole(disk / "hub")) + succeeds(jar, hub, disk / "hub")


def full_meanwhile(jar, work):
    disk, hub = work / "filling", FaultyHub("the disk fills up")
    if not mounted(disk, "size=1m"):
        return None
    filler = disk / "filler"

    def fill():
        try:
            filler.write_bytes(bytes(1_000_000))
        except OSError:
            pass  # As full as it gets.
    hub.meanwhile = fill
    done = Try(jar, hub, disk / "hub").end()
    faults = wrong(done, "make room on the disk or name another folder")
    filler.unlink()
    faults += list(unwhole(disk / "hub")) + succeeds(jar, hub, disk / "hub")
    if not hub.ranges[-1].startswith("bytes="):
        faults.append(f"does not go on: {hub.ranges}")
    return done, faults


def read_only(jar, work):
    disk, hub = work / "read-only", FaultyHub()
    if not mounted(disk, "ro"):
        return None
    done = Try(jar, hub, disk / "hub").end()
    faults = wrong(done, "HF_HUB_CACHE")
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    return done, faults + succeeds(jar, hub, disk / "hub")


def two_processes(jar, work):
    hub, cache = FaultyHub("slow"), work / "two"
    hub.meanwhile = lambda: time.sleep(3)
    both = [Try(jar, hub, cache), Try(jar, hub, cache)]
    ends = [one.end() for one in both]
    faults = [f"status {one.status}: {one.err}" for one in ends if one.status]
    if hub.ranges != ["all"]:
        faults.append(f"the weights were asked for as {hub.ranges}")
    return ends[-1], faults + list(unwhole(cache)) + succeeds(jar, hub, cache)


REFUSED = [
    ("the line breaks", "breaks off again and again .* fetch again to go on", {}),
    ("401", "has no model someone/tiny, or keeps it private; .* HF_TOKEN", {}),
    ("401 with a token", "HF_TOKEN", {"HF_TOKEN": TOKEN}),
    ("403", "agree at .* HF_TOKEN", {}),
    ("403 with a token", "Your HF_TOKEN may not read", {"HF_TOKEN": TOKEN}),
    ("404", "check the name", {}),
    ("416 to every range", "", {}),
    ("429", r"too many requests .* try again in \d+ s", {}),
    ("500", r"out of order \(status 500\); try again later", {}),
    ("redirects in a circle", "HF_ENDPOINT|proxy", {}),
    ("a web page", "web page in place of model.safetensors; .* log-in", {}),
    ("no hub", "HF_ENDPOINT|log-in", {}),
    ("too short", "nothing of it is kept, so fetch again", {}),
    ("too long", "nothing of it is kept, so fetch again", {}),
    ("wrong contents", "checksum differs.* fetch again", {}),
    ("a drip", "stopped sending .* fetch again to go on", {}),
]
OTHERS = {"a disk that is full": full_beforehand, "a disk that fills up": full_meanwhile,
          "a read-only cache": read_only, "two processes": two_processes}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--jar", default=ROOT / "target/headscope.jar")
    ap.add_argument("--only", help="faults whose names begin with one of these, with commas between")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(3) as pool:
        work = Path(temporary)
        cases = {fault: pool.submit(refused, fault, sentence, args.jar, work, environment)
                 for fault, sentence, environment in reversed(REFUSED) if chosen(fault, args.only)}
        cases = dict(reversed(cases.items()))
        cases.update({fault: pool.submit(work_of, args.jar, work) for fault, work_of in OTHERS.items()
                      if chosen(fault, args.only)})
        print("| fault | status | seconds | sentence | holds |\n|---|---|---|---|---|")
        bad = False
        for fault, case in cases.items():
            if case.result() is None:
                print(f"| {fault} | – | – | not tried: nothing may be mounted | – |", flush=True)
                continue
            done, faults = case.result()
            sentence = re.sub(r"(127\.0\.0\.1|localhost):\d+", "HUB", done.err).replace(temporary, "…")
            print(f"| {fault} | {done.status} | {done.seconds:.0f} | {sentence} | {'; '.join(faults) or 'yes'} |", flush=True)
            bad |= bool(faults)
        for disk in ("full", "filling", "read-only"):
            subprocess.run(["umount", str(work / disk)], capture_output=True)
    sys.exit(bad)


def chosen(fault, only):
    return not only or any(fault.startswith(start) for start in only.split(","))


if __name__ == "__main__":
    main()
