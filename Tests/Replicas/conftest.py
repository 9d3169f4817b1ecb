"""A primary that Litestream replicates, its replica store, and replicas, all as real programs."""
import json
import os
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

import pytest
import requests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PASSWORD, PROGRAM, ROOT, Server  # noqa: E402

PROGRAMS = pathlib.Path(sys.executable).parent
PATH = f"{PROGRAMS}:{os.environ['PATH']}"
S3_KEYS = {"LITESTREAM_ACCESS_KEY_ID": "key", "LITESTREAM_SECRET_ACCESS_KEY": "secret"}
# Without what somebody has set for another store.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")} | {"PATH": PATH} | S3_KEYS
# When time is up, what was started is ended too.
signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended by a signal"))


def pdf(text):
    """A PDF of one page that differs with the text."""
    return f"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
trailer << /Root 1 0 R >>
% {text}
%%EOF
""".encode()


def wait(condition, what, seconds=20, pause=0.05):
    """Waits for a condition, and returns what it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(pause)
    raise AssertionError(f"{what}: not within {seconds} s")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def offprint(*arguments, **more):
    return subprocess.run(
        [PROGRAM, *arguments], check=True, capture_output=True, env=ENVIRONMENT, timeout=60, **more)


class Process:
    """A program whose output is in a file."""

    def __init__(self, log, *arguments):
        self.log = pathlib.Path(log)
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=self.log.open("a"),
            stderr=subprocess.STDOUT, env=CLEAN, start_new_session=True)

    def stop(self, signal_number=signal.SIGTERM):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal_number)
            self.process.wait(20)


class Primary:
    """A server that writes, with Litestream beside it."""

    def __init__(self, folder, replica, *arguments):
        self.folder = folder
        self.data = folder / "primary"
        self.replica = replica
        self.socket = folder / "litestream.sock"
        records = [
            {"slug": f"paper-{number}", "title": f"Harbour number {number}", "published": "2020",
             "abstract": f"Piers of harbour {number}.", "pdf": f"{number}.pdf"}
            for number in range(8)]
        source = folder / "source"
        source.mkdir()
        for number in range(8):
            (source / f"{number}.pdf").write_bytes(pdf(number))
        (source / "catalogue.jsonl").write_text("\n".join(map(json.dumps, records)))
        offprint("import", source / "catalogue.jsonl", "--files", source, "--data", self.data)
        offprint("user", "add", "hana", "--role", "administrator", "--data", self.data,
                 input=PASSWORD.encode())
        self.server = Server(
            self.data, "--checkpoint", "external", "--confirm-replication", self.socket,
            *arguments)
        self.origin = self.server.origin
        self.start_litestream()
        self.session = requests.Session()
        self.sign_in()

    def start_litestream(self):
        configuration = self.folder / "litestream.yml"
        # JSON is YAML.
        configuration.write_text(json.dumps({
            "socket": {"enabled": True, "path": str(self.socket), "permissions": 0o600},
            "dbs": [{"path": str(self.data / "offprint.sqlite3"), "monitor-interval": "250ms",
                     "replica": self.replica | {"sync-interval": "1s"}}]}))
        self.litestream = Process(
            self.folder / "litestream.log", "litestream", "replicate", "-config", configuration)
        wait(self.socket.exists, "Litestream's socket")

    def form_token(self, page):
        text = self.session.get(self.origin + page, timeout=30).text
        return re.search(r'name="form-token" value="([^"]+)"', text).group(1)

    def sign_in(self):
        answer = self.session.post(self.origin + "/staff/sign-in", data={
            "form-token": self.form_token("/staff/sign-in"), "name": "hana",
            "password": PASSWORD}, timeout=30)
        assert answer.ok, answer.text
        self.token = self.form_token("/staff/upload/form")

    def publish(self, title, content=None):
        """Publishes with the form, and returns what the answer leads to."""
        answer = self.session.post(
            self.origin + "/staff/upload/form", allow_redirects=False, timeout=30,
            data={"form-token": self.token, "title": title, "published": "2024-05-17",
                  "type": "report", "status": "published", "version": os.urandom(8).hex(),
                  "publish-anyway": "yes"},
            files={"file": ("paper.pdf", content or pdf(title), "application/pdf")})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def kill(self):
        """Ends the server and Litestream at once, as a loss of power does."""
        self.server.kill()
        self.litestream.stop(signal.SIGKILL)

    def stop(self):
        if self.server.process.poll() is None:
            self.server.stop()
        self.litestream.stop()


class Store:
    """An S3-compatible server with one bucket, which everybody on this machine may use."""

    def __init__(self, folder):
        self.port, ports = free_port(), [free_port() for _ in range(6)]
        self.origin = f"http://127.0.0.1:{self.port}"
        access = folder / "s3.json"
        access.write_text(json.dumps({"identities": [
            {"name": "writer", "credentials": [{"accessKey": "key", "secretKey": "secret"}],
             "actions": ["Admin", "Read", "Write", "List", "Tagging"]},
            {"name": "anonymous", "actions": ["Read"]}]}))
        (folder / "weed").mkdir()
        self.process = Process(
            folder / "weed.log", "weed", "server", f"-dir={folder}/weed", "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1", "-s3", f"-s3.port={self.port}", f"-s3.config={access}",
            f"-master.port={ports[0]}", f"-master.port.grpc={ports[1]}",
            f"-volume.port={ports[2]}", f"-volume.port.grpc={ports[3]}",
            f"-filer.port={ports[4]}", f"-filer.port.grpc={ports[5]}", f"-s3.port.grpc={free_port()}", "-s3.port.iceberg=0", "-s3.port.lance=0",
            "-master.volumeSizeLimitMB=64", "-volume.max=20")
        self.filer = f"http://127.0.0.1:{ports[4]}"
        wait(lambda: self.answers(), "the S3 server")
        wait(lambda: requests.post(f"{self.filer}/buckets/offprint/", timeout=5).ok, "a bucket")

    def answers(self):
        try:
            return requests.get(self.filer, timeout=1).ok and requests.get(
                self.origin, timeout=1).status_code < 500
        except requests.RequestException:
            return False

    def put(self, path, content):
        answer = requests.put(f"{self.filer}/buckets/offprint/{path}", data=content, timeout=10)
        assert answer.ok, answer.text

    def replica(self, path):
        return {"type": "s3", "endpoint": self.origin, "bucket": "offprint", "path": path,
                "region": "us-east-1", "force-path-style": True}

    def url(self, path):
        return f"s3://offprint/{path}?endpoint={self.origin}&region=us-east-1&forcePathStyle=true"

    def stop(self):
        self.process.stop(signal.SIGKILL)


def restore(url, target):
    """Restores a database, and returns how long it took."""
    start = time.monotonic()
    done = subprocess.run(
        ["litestream", "restore", "-o", target, url], capture_output=True, text=True, timeout=60,
        env=CLEAN)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - start


class Replica:
    """A replica with its folder; `follow` keeps it current as its unit does."""

    def __init__(self, folder, url, primary, *arguments, follows=True):
        self.data = folder
        folder.mkdir()
        self.follower = None
        if follows:
            self.follow(url)
            wait((folder / "offprint.sqlite3").exists, "the first copy")
        else:
            restore(url, folder / "offprint.sqlite3")
        self.server = Server(folder, "--replica", "--primary", primary, *arguments)
        self.origin = self.server.origin

    def follow(self, url):
        self.follower = Process(
            self.data.parent / f"{self.data.name}.log", ROOT / "Config/offprint-restore",
            self.data, url)

    def put(self, database):
        """Renames a file into the place of the database."""
        shutil.copy(database, self.data / "next")
        os.rename(self.data / "next", self.data / "offprint.sqlite3")

    def get(self, path, **more):
        return requests.get(self.origin + path, timeout=30, **more)

    def health(self):
        return self.get("/health").json()

    def metric(self, name):
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics").text, re.M)
        return float(found.group(1)) if found else None

    def open_files(self):
        """The paths of its open descriptors."""
        folder = f"/proc/{self.server.process.pid}/fd"
        paths = []
        for name in os.listdir(folder):
            try:
                paths.append(os.readlink(f"{folder}/{name}"))
            except FileNotFoundError:
                pass
        return paths

    def stop(self):
        if self.follower:
            self.follower.stop()
        if self.server.process.poll() is None:
            self.server.stop()


class Readers:
    """Threads that ask without a pause, and what failed."""

    def __init__(self, origin, paths, count=4):
        self.failures, self.answers, self.ends = [], 0, False
        self.threads = [
            threading.Thread(target=self.ask, args=[origin, paths], daemon=True)
            for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def ask(self, origin, paths):
        session = requests.Session()
        while not self.ends:
            for path in paths:
                try:
                    answer = session.get(origin + path, timeout=20)
                    if answer.status_code >= 500:
                        self.failures.append(f"{path}: {answer.status_code}")
                except requests.RequestException as error:
                    self.failures.append(f"{path}: {error}")
                self.answers += 1

    def stop(self):
        self.ends = True
        for thread in self.threads:
            thread.join(30)


@pytest.fixture(scope="session")
def folder():
    # Short, because the path of a socket has room for 107 bytes only.
    with tempfile.TemporaryDirectory(prefix="replicas-") as name:
        yield pathlib.Path(name)


@pytest.fixture(scope="session")
def primary(folder):
    """One whose store is a folder."""
    primary = Primary(folder, {"type": "file", "path": str(folder / "store")})
    primary.url = f"file://{folder}/store"
    # Then the store has something.
    assert "unconfirmed" not in primary.publish("The first one")
    yield primary
    primary.stop()


@pytest.fixture(scope="session")
def replica(folder, primary):
    """One that follows the primary."""
    replica = Replica(folder / "replica", primary.url, primary.origin)
    yield replica
    replica.stop()


@pytest.fixture(scope="session")
def store(folder):
    store = Store(folder)
    yield store
    store.stop()
