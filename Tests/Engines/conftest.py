"""Servers behind HAProxy, Varnish and nginx with the files of Config, on free ports of 127.0.0.1."""
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import lxml.html
import pytest
import requests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PASSWORD, PROGRAM, ROOT, Server  # noqa: E402

# When time is up, what was started is ended too.
signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended by a signal"))
PATH = ENVIRONMENT.get("PATH", "") + ":/usr/sbin:/sbin"
PAPERS = ["winter-ferries", "quiet-harbours", "salt-and-fish"]
PDF = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait(condition, what, seconds=20):
    """Waits for a condition, and returns what it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {seconds} s")


def listens(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def config(name, changes):
    """A file of Config with what depends on the machine replaced."""
    text = (ROOT / "Config" / name).read_text()
    for old, new in changes.items():
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, str(new))
    return text


def require(*programs):
    missing = [name for name in programs if not shutil.which(name, path=PATH)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def check(*arguments):
    done = subprocess.run(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=60, env=ENVIRONMENT | {"PATH": PATH})
    assert done.returncode == 0, f"{arguments}: {done.stdout[-3000:]}"
    return done.stdout


class Engine:
    """A program that runs until it is stopped."""

    def __init__(self, port, log, *arguments):
        self.port = port
        self.log = log
        self.arguments = arguments
        self.origin = f"http://127.0.0.1:{port}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.arguments, stdin=subprocess.DEVNULL, stdout=self.log.open("a"),
            stderr=subprocess.STDOUT, env=ENVIRONMENT | {"PATH": PATH})
        wait(lambda: listens(self.port) or self.process.poll() is not None, "an engine")
        assert self.process.poll() is None, self.log.read_text()[-3000:]

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Node(Server):
    """A server that can be asked what it was asked."""

    @property
    def port(self):
        return int(self.origin.rpartition(":")[2])

    def asked(self, path, method="GET"):
        """How often a path was asked for; waits until the log has what came before."""
        mark = f"/nowhere-{time.monotonic_ns()}"
        requests.get(self.origin + mark, timeout=10)
        with self.changed:
            assert self.changed.wait_for(lambda: mark in self.said, 10)
            return len(re.findall(rf"method={method} path=\"?{re.escape(path)}\"? ", self.said))


class Desk:
    """The first administrator."""

    def __init__(self, server):
        self.origin = server.origin
        self.session = requests.Session()
        self.submit(server.invitation, None, {"name": "hana", "password": PASSWORD})

    def submit(self, address, action, values):
        page = lxml.html.fromstring(self.session.get(address, timeout=30).text)
        form = next(form for form in page.forms
                    if form.method == "POST" and (action is None or form.action.endswith(action)))
        fields = dict(form.form_values()) | values
        answer = self.session.post(
            self.origin + form.action, files={name: (None, value) for name, value in fields.items()},
            timeout=30)
        assert answer.ok, f"{form.action}: {answer.status_code}"

    def edit(self, slug, **values):
        address = f"{self.origin}/staff/publications/{slug}"
        self.submit(address, f"/publications/{slug}", values)

    def withdraw(self, slug):
        self.submit(
            f"{self.origin}/staff/publications/{slug}/withdraw", "/withdraw", {"reason": "Fog."})


class Load:
    """Readers on several threads who ask for paths in turn, each with one connection."""

    def __init__(self, origin, paths, readers=6, **more):
        self.failures = []
        self.count = 0
        self.lock = threading.Lock()
        self.ends = threading.Event()
        self.threads = [
            threading.Thread(target=self._read, args=[origin, paths, number, more], daemon=True)
            for number in range(readers)]
        for thread in self.threads:
            thread.start()

    def _read(self, origin, paths, number, more):
        session = requests.Session()
        while not self.ends.is_set():
            number += 1
            path = paths[number % len(paths)]
            try:
                answer = session.get(origin + path, timeout=10, **more)
                failure = None if answer.status_code == 200 else f"{path}: {answer.status_code}"
            except requests.RequestException as error:
                failure = f"{path}: {error}"
            with self.lock:
                self.count += 1
                if failure:
                    self.failures.append(failure)

    def end(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture(scope="session")
def folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-engines-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def archive(folder):
    """A data folder with three publications, to copy."""
    catalogue = folder / "in"
    catalogue.mkdir()
    lines = []
    for number, slug in enumerate(PAPERS):
        (catalogue / f"{slug}.pdf").write_bytes(PDF + b"% " + slug.encode() + b"\n")
        lines.append({
            "slug": slug, "title": slug.replace("-", " ").capitalize(), "pdf": f"{slug}.pdf",
            "published": f"202{number}-03-01", "authors": ["Mira Koval"], "topics": [slug],
            "abstract": "What the pilots saw. " * 20})
    (catalogue / "catalogue.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    check(PROGRAM, "import", catalogue / "catalogue.jsonl", "--files", catalogue,
          "--data", folder / "data", "--no-extract")
    return folder / "data"


@pytest.fixture(scope="session")
def certificate(folder):
    require("openssl")
    (folder / "tls").mkdir()
    key, certificate, both = (folder / "tls" / name for name in ["key", "certificate", "both"])
    check("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
          "/CN=papers.example.org", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
          "-out", certificate)
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    return {"key": key, "certificate": certificate, "both": both}


@pytest.fixture(scope="session")
def make_node(folder, archive):
    """Makes servers on copies of the archive."""
    nodes = []

    def make(*arguments):
        data = folder / f"node-{len(nodes)}"
        shutil.copytree(archive, data)
        node = Node(data, "--trusted-proxies", "127.0.0.0/8", *arguments)
        nodes.append(node)
        return node

    yield make
    for node in nodes:
        if node.process.poll() is None:
            node.process.kill()
            node.process.wait()


@pytest.fixture(scope="session")
def nodes(make_node):
    """The server that writes, and two others that read."""
    return [make_node() for _ in range(3)]
