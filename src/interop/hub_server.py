"""A server that speaks as much of the Hugging Face hub's protocol as its Python library and Headscope need: files of
repositories by revision, their list, and ranges. Large files are redirected, as the hub does."""
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


def git_hash(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub:
    """Repositories: {(name, revision): folder}. The commit of a revision is a hash of its name."""

    def __init__(self, repositories):
        self.repositories = repositories
        self.paths = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self):
                hub.answer(self)

            def do_GET(self):
                hub.answer(self)

            def log_message(self, *_):
                pass
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def storage(self):
        """The same server under another name: to a client, another host, as the hub's storage is."""
        return f"http://localhost:{self.server.server_port}"

    @staticmethod
    def commit(name, revision):
        return hashlib.sha1(f"{name}@{revision}".encode()).hexdigest()

    def find(self, name, revision):
        for (other, known), folder in self.repositories.items():
            if other == name and revision in (known, self.commit(name, known)):
                return self.commit(name, known), Path(folder)
        return None, None

    def answer(self, request):
        path = unquote(urlsplit(request.path).path)
        self.paths.append((request.command, path))
        if match := re.fullmatch(r"/api/models/(.+?)/(revision|tree)/([^/]+)/?", path):
            return self.listing(request, *match.groups())
        if match := re.fullmatch(r"/stored/(.+)/([^/]+)/([^/]+)", path):
            return self.send(request, self.find(match[1], match[2])[1] / match[3], {"ETag": '"elsewhere"'})
        if match := re.fullmatch(r"/(.+?)/resolve/([^/]+)/(.+)", path):
            return self.file(request, *match.groups())
        return self.say(request, 404)

    def listing(self, request, name, kind, revision):
        commit, folder = self.find(name, revision)
        if folder is None:
            return self.say(request, 404, {"X-Error-Code": "RevisionNotFound"})
        files = sorted(folder.iterdir())
        if kind == "revision":
            body = {"id": name, "modelId": name, "sha": commit, "private": False, "tags": [], "downloads": 0,
                    "siblings": [{"rfilename": file.name} for file in files]}
        else:
            body = [self.entry(file) for file in files]
        return self.say(request, 200, {"Content-Type": "application/json"}, json.dumps(body).encode())

    @staticmethod
    def entry(file):
        content = file.read_bytes()
        entry = {"type": "file", "path": file.name, "size": len(content), "oid": git_hash(content)}
        if file.suffix == ".safetensors":
            entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
        return entry

    def file(self, request, name, revision, file):
        commit, folder = self.find(name, revision)
        if folder is None:
            return self.say(request, 404, {"X-Error-Code": "RevisionNotFound"})
        headers = {"X-Repo-Commit": commit}
        if not (folder / file).is_file():
            return self.say(request, 404, {**headers, "X-Error-Code": "EntryNotFound"})
        content = (folder / file).read_bytes()
        if not file.endswith(".safetensors"):
            return self.send(request, folder / file, {**headers, "ETag": f'"{git_hash(content)}"'})
        return self.say(request, 302, {**headers, "X-Linked-Etag": f'"{hashlib.sha256(content).hexdigest()}"',
                                       "X-Linked-Size": str(len(content)),
                                       "Location": f"{self.storage}/stored/{name}/{commit}/{file}"})

    def send(self, request, file, headers):
        content = file.read_bytes()
        if match := re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", "")):
            start = int(match[1])
            headers = {**headers, "Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
            return self.say(request, 206, headers, content[start:])
        return self.say(request, 200, {**headers, "Content-Type": "application/octet-stream"}, content)

    @staticmethod
    def say(request, status, headers=None, body=b""):
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)
