"""Disks that are full or broken: nothing acknowledged is lost, nothing half is shown.

OFFPRINT_FAULTS=wide tries every call with every error at many places, as `bash Tests/faults` does.
"""
import errno
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import faults  # noqa: E402
import scenarios  # noqa: E402
from desk import Desk  # noqa: E402
from program import ENVIRONMENT, PROGRAM  # noqa: E402

IS_WIDE = os.environ.get("OFFPRINT_FAULTS") == "wide"
# At how many places of an action each kind of call fails.
PLACES = 12 if IS_WIDE else 2
WRITES = ("write", "pwrite")
ERRORS = [errno.EIO, errno.ENOSPC, errno.EMFILE]
# The kinds of fault: the calls, the error, how, and how often. A disk that is full stays so.
FAULTS = [
    *[((call,), errno.EIO, "fail", 1) for call in faults.CALLS],
    (WRITES, errno.ENOSPC, "half", faults.FOREVER),
    (WRITES, errno.EIO, "short", 40),
    (("open", "mkdir"), errno.EMFILE, "fail", faults.FOREVER),
]
WIDE = [
    *[((call,), error, "fail", times) for call in faults.CALLS for error in ERRORS
      for times in (1, faults.FOREVER)],
    *[((call,), error, mode, times) for call in WRITES for mode in ("short", "half")
      for error in ERRORS[:2] for times in (1, faults.FOREVER)],
]
pytestmark = pytest.mark.skipif(faults.compiler() is None, reason="there is no C compiler")


def described(fault):
    calls, error, mode, times = fault
    return f"{'+'.join(calls)}-{faults.name_of(error)}-{mode}-{'on' if times > 1 else 'once'}"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return faults.build(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory, library):
    folder = tmp_path_factory.mktemp("archive")
    data = folder / "data"
    data.mkdir(mode=0o700)
    Desk.make_administrator(data)
    server = faults.FaultyServer(
        data, library, folder / "control", "--free-space-reserve", "0", "--mail-from",
        "library@example.org", "--subscriptions-per-network", "100000",
        "--subscriptions-per-hour", "100000", "--mail-rate", "100000")
    yield Desk(server).sign_in()
    server.faults.disarm()
    server.kill()


def verified(folder):
    done = subprocess.run(
        [PROGRAM, "verify", "--data", folder], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    return done.stdout


def places(count):
    """Some of so many calls, the first and the last among them."""
    if count <= PLACES:
        return list(range(count))
    return sorted({round(place * (count - 1) / (PLACES - 1)) for place in range(PLACES)})


class Numbers:
    last = 0

    @classmethod
    def next(cls):
        cls.last += 1
        return cls.last


def test_backup_to_a_disk_that_fails(desk, library, tmp_path):
    data, target = desk.server.folder, tmp_path / "backup"
    target.mkdir()
    limits = faults.Faults(library, target, tmp_path / "control")

    def backup():
        return subprocess.run(
            [PROGRAM, "backup", target / "copy", "--data", data],
            env=ENVIRONMENT | limits.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120)

    assert backup().returncode == 0
    counts = limits.counts()
    whole = sorted(path.name for path in (target / "copy/files").glob("*/*/*"))
    for calls, error, mode, times in WIDE if IS_WIDE else FAULTS:
        for place in places(sum(counts[call] for call in calls))[-1:]:
            scenario = scenarios.Upload(desk, Numbers.next())
            scenario.prepare()
            assert scenario.act()
            limits.arm(calls, place // 8, error, mode, times)
            done = backup()
            failed = limits.disarm()
            what = f"{described((calls, error, mode, times))} at {place // 8}: {done.stdout}"
            assert done.returncode in ((0, 1) if failed else (0,)), what
            if failed and mode == "fail":
                assert done.returncode == 1, what
            # The earlier backup is whole.
            left = {path.name for path in (target / "copy/files").glob("*/*/*")}
            assert left.issuperset(whole), what
    restored = tmp_path / "restored"
    done = subprocess.run(
        [PROGRAM, "restore", target / "copy", "--data", restored], env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert backup().returncode == 0


@pytest.fixture(scope="module")
def done():
    """What has been done, to be looked at once more after a crash."""
    return []


@pytest.mark.parametrize("kind", scenarios.SERVED, ids=lambda kind: kind.__name__.lower())
def test_disk_that_fails_during(kind, desk, done):
    server = desk.server
    clean = kind(desk, Numbers.next())
    counts = calls_of(clean, server)
    tried, hits, refused = [clean], 0, 0
    for calls, error, mode, times in WIDE if IS_WIDE else FAULTS:
        for place in places(sum(counts[call] for call in calls)):
            scenario = kind(desk, Numbers.next())
            scenario.prepare()
            server.faults.arm(calls, place, error, mode, times)
            try:
                acknowledged = scenario.act()
                hits += server.faults.disarm()
                scenario.check(acknowledged)
                if not acknowledged:
                    refused += 1
                    # It works again, without a restart.
                    assert scenario.act() or scenario.act(), "it does not work again"
                    scenario.check(True)
            except Exception as problem:
                server.faults.disarm()
                raise AssertionError(
                    f"{described((calls, error, mode, times))} at {place}: {problem!r}\n"
                    f"{server.said[-1500:]}") from problem
            tried.append(scenario)
    print(f"{kind.__name__}: {len(tried)} faults armed, {hits} calls failed, {refused} refused")
    assert hits > len(tried) / 3, (hits, len(tried))
    assert server.process.poll() is None
    done += tried
    if kind is scenarios.Subscribe:
        expect_messages(tried, server)


def calls_of(scenario, server):
    """How many calls of each kind a scenario makes when nothing fails."""
    scenario.prepare()
    before = server.faults.counts()
    assert scenario.act()
    scenario.check(True)
    counts = {call: count - before[call] for call, count in server.faults.counts().items()}
    assert counts["pwrite"] > 0, counts
    return counts


def test_what_was_acknowledged_outlasts_a_crash(desk, done):
    assert done
    crash(desk.server)
    for scenario in done:
        scenario.check(True)


@pytest.mark.parametrize(
    "kind", [scenarios.Upload, scenarios.Publish, scenarios.Import],
    ids=lambda kind: kind.__name__.lower())
def test_end_in_the_middle_of_a_write_during(kind, desk):
    server = desk.server
    counts = calls_of(kind(desk, Numbers.next()), server)
    total = sum(counts[call] for call in WRITES)
    # In the ordinary run once, somewhere in the middle.
    for place in places(total) if IS_WIDE else [total // 2]:
        scenario = kind(desk, Numbers.next())
        scenario.prepare()
        server.faults.arm(WRITES, place, errno.EIO, "kill")
        acknowledged = scenario.act()
        # A write in the background may have come first, and the end after the answer.
        if server.faults.disarm():
            server.process.wait(20)
        crash(server)
        scenario.check(acknowledged)
        assert acknowledged or scenario.act(), f"does not work again after an end at {place}"
        scenario.check(True)


def crash(server):
    server.kill()
    server.start_again()
    report = verified(server.folder)
    assert "belongs to no publication" not in report, report
    assert list((server.folder / "incoming").iterdir()) == []


def expect_messages(done, server):
    """Every address that was accepted gets its message, if only at a later try."""
    subprocess.run(
        [PROGRAM, "mail", "run", "--now", "2027-12-01T00:00:00Z", "--data", server.folder],
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    missing = [scenario.address for scenario in done if not scenario.has_message()]
    assert missing == []


# What the library stands before, by the names of the kernel.
KERNEL = {
    "write": "write", "pwrite64": "pwrite", "fsync": "fsync", "fdatasync": "fdatasync",
    "rename": "rename", "openat": "open", "ftruncate": "ftruncate", "unlink": "unlink",
    "mkdir": "mkdir", "link": "link"}
OTHER = ["writev", "pwritev", "pwritev2", "renameat", "renameat2", "open", "creat", "unlinkat",
         "mkdirat", "linkat", "symlink", "symlinkat", "fallocate", "copy_file_range", "truncate"]


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace")
@pytest.mark.skipif(not IS_WIDE, reason="it is about the library, not the program")
@pytest.mark.parametrize("kind", scenarios.SERVED, ids=lambda kind: kind.__name__.lower())
def test_no_call_passes_the_library(kind, desk, tmp_path):
    server, trace = desk.server, tmp_path / "trace"
    scenario = kind(desk, Numbers.next())
    scenario.prepare()
    calls = ",".join([*KERNEL, *OTHER])
    tracer = subprocess.Popen(
        ["strace", "-f", "-y", "-s", "0", "-e", f"trace={calls}", "-o", trace, "-p",
         str(server.process.pid)], stderr=subprocess.PIPE, text=True)
    assert "attached" in tracer.stderr.readline()
    # Each thread is attached to, of which strace tells one after the other.
    before = server.faults.counts()
    assert scenario.act()
    tracer.terminate()
    tracer.wait(20)
    counts = {call: count - before[call] for call, count in server.faults.counts().items()}
    folder = os.path.realpath(server.folder)
    seen = {}
    for line in trace.read_text().splitlines():
        call = re.match(r"\d+ +([a-z0-9_]+)\(", line)
        if call and folder in line:
            seen[call.group(1)] = seen.get(call.group(1), 0) + 1
    assert not set(seen) & set(OTHER), seen
    # Work in the background may end after the trace.
    for name, call in KERNEL.items():
        assert seen.get(name, 0) <= counts[call] + 2, (seen, counts)
