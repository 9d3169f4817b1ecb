"""Machines that lose power, have little memory or few descriptors, or do not know the time."""
import concurrent.futures
import contextlib
import datetime
import os
import pathlib
import resource
import shutil
import socket
import subprocess
import sys
import time

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import faults  # noqa: E402
from desk import Desk, sample_pdf, slug  # noqa: E402
from program import ENVIRONMENT, PASSWORD, PROGRAM, Server  # noqa: E402

IS_WIDE = os.environ.get("OFFPRINT_FAULTS") == "wide"
MIB = 1 << 20
RELEASED = os.environ.get("OFFPRINT_RELEASE")
CGROUP = pathlib.Path("/sys/fs/cgroup/memory")


def run(*command, **more):
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=60, **more)


def verified(folder):
    done = run(PROGRAM, "verify", "--data", folder, env=ENVIRONMENT)
    assert done.returncode == 0, done.stdout


# Power


def can_mount():
    return os.geteuid() == 0 and shutil.which("mkfs.ext4") and run("losetup", "-f").returncode == 0


@contextlib.contextmanager
def mounted(image, point):
    """A file system in a file. It writes to the file only what is flushed, or old: not by itself."""
    point.mkdir(exist_ok=True)
    done = run("mount", "-o", "loop,commit=600", image, point)
    if done.returncode:
        pytest.skip(f"a file system in a file cannot be mounted: {done.stdout}")
    try:
        yield point
    finally:
        run("umount", "--lazy", point)


def stop_all_threads(process):
    """Stops a process; a call that was under way ends first."""
    os.kill(process, 19)
    tasks = pathlib.Path(f"/proc/{process}/task")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        states = [(task / "stat").read_text().rsplit(")", 1)[1].split()[0]
                  for task in tasks.iterdir()]
        if set(states) <= {"T", "t"}:
            return
    raise AssertionError(states)


def lose_power(folder, round_number, environment=None):
    """Uploads until the power fails; returns what was acknowledged, and the disk after that."""
    image, copy = folder / "disk", folder / "disk-after"
    with open(image, "wb") as file:
        file.truncate(96 * MIB)
    assert run("mkfs.ext4", "-q", "-F", image).returncode == 0
    acknowledged = {}
    with mounted(image, folder / "mounted") as point:
        data = point / "data"
        data.mkdir(mode=0o700)
        Desk.make_administrator(data)
        # The machine has been up for a while.
        os.sync()
        server = Server(data, "--free-space-reserve", "0", environment=environment)
        try:
            desks = [Desk(server).sign_in() for _ in range(3)]

            def upload(number):
                title = f"Paper {number} of Round {round_number}"
                file = sample_pdf(title, padding=20_000 + 9_000 * number)
                try:
                    if desks[number % 3].deposit(title, file).status == 303:
                        acknowledged[title] = file
                except OSError:
                    pass

            with concurrent.futures.ThreadPoolExecutor(3) as pool:
                for number in range(30):
                    pool.submit(upload, number)
                while len(acknowledged) < 6 + 5 * round_number % 20:
                    time.sleep(0.001)
                stop_all_threads(server.process.pid)
                # Answers that are on their way belong to what was acknowledged.
                known = dict(acknowledged)
                shutil.copyfile(image, copy)
                server.kill()
        finally:
            server.kill()
    return known, copy


@pytest.mark.skipif(not can_mount(), reason="it takes root, loop devices and mkfs.ext4")
@pytest.mark.parametrize("round_number", range(8 if IS_WIDE else 1))
def test_power_failure(round_number, tmp_path):
    acknowledged, disk = lose_power(tmp_path, round_number)
    assert len(acknowledged) >= 6
    with mounted(disk, tmp_path / "again") as point:
        server = Server(point / "data", "--free-space-reserve", "0")
        try:
            reader = Desk(server)
            for title, file in acknowledged.items():
                assert title in reader.get(f"/publications/{slug(title)}").text, title
                assert reader.get(f"/publications/{slug(title)}.pdf").content == file, title
        finally:
            server.stop()
        verified(point / "data")


@pytest.mark.skipif(
    not can_mount() or faults.compiler() is None,
    reason="it takes root, loop devices, mkfs.ext4 and a C compiler")
@pytest.mark.skipif(not IS_WIDE, reason="it shows that the test can fail, which takes a while")
def test_power_failure_is_noticed_where_nothing_is_flushed(tmp_path):
    library = faults.build(tmp_path)
    limits = faults.Faults(library, tmp_path / "mounted", tmp_path / "control")
    limits.arm(["fsync", "fdatasync"], 0, 0, "lie", faults.FOREVER)
    acknowledged, disk = lose_power(tmp_path, 3, limits.environment)
    with mounted(disk, tmp_path / "again") as point:
        stored = {path.read_bytes() for path in (point / "data/files").glob("*/*/*.pdf")}
        assert not set(acknowledged.values()) <= stored


# Memory


@contextlib.contextmanager
def limited_memory(limit):
    """The folder of a control group with so much memory, and no swap."""
    group = CGROUP / f"offprint-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(limit))
    except OSError as error:
        pytest.skip(f"memory cannot be limited here: {error}")
    try:
        yield group
    finally:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                group.rmdir()
                return


@pytest.mark.skipif(not CGROUP.is_dir(), reason="there are no control groups of memory")
@pytest.mark.skipif(
    RELEASED is None and not IS_WIDE,
    reason="it takes the program as it is built for release, which OFFPRINT_RELEASE names")
def test_four_uploads_of_96_mib_at_once_in_256_mib(tmp_path):
    with limited_memory(256 * MIB) as group:
        data = tmp_path / "data"
        data.mkdir(mode=0o700)
        Desk.make_administrator(data)
        server = Server(
            data, "--max-upload", "100 MiB", program=RELEASED or PROGRAM,
            wrapper=["sh", "-c", f'echo $$ >{group}/cgroup.procs && exec "$@"', "sh"])
        try:
            desks = [Desk(server).sign_in() for _ in range(4)]
            files = [sample_pdf(f"Large {number}", padding=96 * MIB - 4096) for number in range(4)]
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                answers = list(pool.map(
                    lambda number: desks[number].deposit(f"Large {number}", files[number]),
                    range(4)))
            assert [answer.status for answer in answers] == [303] * 4, answers
            for number in range(4):
                answer = desks[0].get(f"/publications/large-{number}.pdf")
                assert answer.status == 200 and answer.content == files[number]
            assert server.process.poll() is None
            print(f"most resident: {peak(server.process.pid) / MIB:.0f} MiB")
        finally:
            server.stop()


def peak(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


# Descriptors


def test_few_descriptors(tmp_path):
    """Dispatch ends a process that has no descriptor left; so that must never happen."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    Desk.make_administrator(data)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    server = Server(data, wrapper=["prlimit", f"--nofile=160:{min(160, most)}"])
    try:
        desk = Desk(server).sign_in()
        file = sample_pdf("Long", padding=8 * MIB)
        assert desk.deposit("Long", file).status == 303
        address = ("127.0.0.1", int(server.origin.rsplit(":", 1)[1]))
        # Readers who are slow: each has a connection, and the PDF is open for it.
        readers = []
        for _ in range(200):
            with contextlib.suppress(OSError):
                reader = socket.create_connection(address, timeout=5)
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                reader.sendall(b"GET /publications/long.pdf HTTP/1.1\r\nHost: a\r\n\r\n")
                readers.append(reader)
        answers = {reader.recv(12) for reader in readers}
        assert answers == {b"HTTP/1.1 200", b"HTTP/1.1 503"}, answers
        left = 160 - len(os.listdir(f"/proc/{server.process.pid}/fd"))
        assert left > 8, f"only {left} descriptors are left"
        for reader in readers:
            reader.close()
        # The server sees the ends of the connections a little later.
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if desk.get("/health").status == 200:
                    break
        assert desk.deposit("Room Again", sample_pdf("Room Again")).status == 303
        assert desk.get("/publications/room-again.pdf").status == 200
    finally:
        server.stop()
    verified(data)


# Clocks


@pytest.mark.skipif(faults.compiler() is None, reason="there is no C compiler")
@pytest.mark.parametrize("year", [2001, 2040])
def test_clock(year, tmp_path):
    library = faults.build(tmp_path)
    away = datetime.datetime(year, 3, 1, tzinfo=datetime.timezone.utc).timestamp() - time.time()
    environment = {"LD_PRELOAD": str(library), "FAULTS_CLOCK": str(int(away))}
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    done = subprocess.run(
        [PROGRAM, "user", "add", "hana", "--role", "administrator", "--data", data],
        input=PASSWORD + "\n", text=True, env=ENVIRONMENT | environment)
    assert done.returncode == 0
    server = Server(data, environment=environment)
    try:
        desk = Desk(server).sign_in()
        assert str(year) in desk.get("/").headers["Date"]
        assert desk.deposit("Another Year", sample_pdf("Another Year")).status == 303
        assert desk.get("/health").status == 200
        for path in ("/", "/publications/another-year", "/feed.atom", "/sitemap.xml",
                     "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", "/staff", "/staff/audit"):
            assert desk.get(path).status == 200, path
        assert str(year) in desk.get("/feed.atom").text
    finally:
        server.stop()
    done = run(PROGRAM, "verify", "--data", data, env=ENVIRONMENT | environment)
    assert done.returncode == 0, done.stdout
    # The clock has been set right.
    server = Server(data)
    try:
        desk = Desk(server).sign_in()
        assert desk.deposit("Right Time", sample_pdf("Right Time")).status == 303
        for path in ("/publications/another-year", "/publications/right-time"):
            assert desk.get(path).status == 200, path
        assert desk.get("/feed.atom").status == 200
    finally:
        server.stop()
    verified(data)
