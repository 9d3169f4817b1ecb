"""Starts programs whose system calls on one folder fail when a test says so."""
import errno
import mmap
import os
import pathlib
import shutil
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import program  # noqa: E402

# As in faults.c.
CALLS = [
    "write", "pwrite", "fsync", "fdatasync", "rename", "open", "ftruncate", "unlink", "mkdir",
    "link"]
MODES = ["fail", "short", "half", "kill", "lie"]
FIELDS = ["calls", "remaining", "times", "error", "mode", "hits"]
FOREVER = 1 << 30


def compiler():
    return next((path for name in ("clang", "cc") if (path := shutil.which(name))), None)


def build(folder):
    """Builds the library and returns its path."""
    library = pathlib.Path(folder) / "faults.so"
    subprocess.run(
        [compiler(), "-shared", "-fPIC", "-O1", "-o", library,
         pathlib.Path(__file__).parent / "faults.c", "-ldl"], check=True)
    return library


class Faults:
    """What fails, shared with the programs that have this environment."""

    def __init__(self, library, folder, control):
        size = 4 * (len(FIELDS) + len(CALLS))
        with open(control, "wb") as file:
            file.write(bytes(size))
        with open(control, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), size)
        self.environment = {
            "LD_PRELOAD": str(library), "FAULTS_CONTROL": str(control),
            "FAULTS_FOLDER": os.path.realpath(folder)}

    def _set(self, **values):
        for name, value in values.items():
            struct.pack_into("i", self.memory, 4 * FIELDS.index(name), value)

    def arm(self, calls, after, error, mode="fail", times=1):
        """Lets the calls of these names fail, after so many that succeed."""
        self.disarm()
        self._set(remaining=after, times=times, error=error, mode=MODES.index(mode), hits=0)
        # At last, for from then on it is in force.
        self._set(calls=sum(1 << CALLS.index(call) for call in calls))

    def disarm(self):
        """Lets everything succeed again, and returns how many calls have failed."""
        self._set(calls=0)
        return struct.unpack_from("i", self.memory, 4 * FIELDS.index("hits"))[0]

    def counts(self):
        """How many calls there have been, by name."""
        numbers = struct.unpack_from(f"{len(CALLS)}i", self.memory, 4 * len(FIELDS))
        return dict(zip(CALLS, numbers))


class FaultyServer(program.Server):
    """A server in whose data folder calls can fail."""

    def __init__(self, folder, library, control, *arguments):
        folder = pathlib.Path(folder)
        folder.mkdir(mode=0o700, exist_ok=True)
        self.faults = Faults(library, folder, control)
        super().__init__(folder, *arguments, environment=self.faults.environment)


def name_of(error):
    return errno.errorcode[error]
