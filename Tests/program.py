"""The program as the tests in Python start it."""
import os
import pathlib
import re
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = os.environ.get("OFFPRINT_BINARY", ROOT / ".build/debug/offprint")
# A package that is installed here has settings of its own.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("OFFPRINT_")} | {
    "OFFPRINT_CONFIG": ""}
PASSWORD = "a long and quiet password 7"
PATIENCE = 60


class Server:
    """`offprint serve` on a free port."""

    def __init__(self, folder, *arguments, environment=None, wrapper=(), program=PROGRAM):
        self.folder = pathlib.Path(folder)
        self.environment, self.wrapper = ENVIRONMENT | (environment or {}), wrapper
        self.program, self.arguments = program, arguments
        self.said = ""
        self.changed = threading.Condition()
        self._start("127.0.0.1:0")
        self.origin = self.find(r"listens on (http://127\.0\.0\.1:\d+)")

    def _start(self, listen):
        self.process = subprocess.Popen(
            [*self.wrapper, self.program, "serve", "--data", self.folder, "--listen", listen,
             *self.arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=self.environment, text=True, errors="replace")
        threading.Thread(target=self._listen, args=[self.process], daemon=True).start()

    def kill(self):
        """Ends it at once, as a loss of power does."""
        self.process.kill()
        self.process.wait()

    def start_again(self):
        """Starts it on the same folder and port."""
        with self.changed:
            self.said = ""
        self._start(self.origin.removeprefix("http://"))
        self.find(r"listens on (http://127\.0\.0\.1:\d+)")

    def _listen(self, process):
        for line in process.stdout:
            with self.changed:
                self.said += line
                self.changed.notify_all()

    def find(self, pattern):
        """What the first group of a pattern matches in what the server says, once it says it."""
        with self.changed:
            found = self.changed.wait_for(lambda: re.search(pattern, self.said), PATIENCE)
            assert found, f"the server did not say {pattern}: {self.said}"
            return found.group(1)

    @property
    def invitation(self):
        return self.find(r"(http://127\.0\.0\.1:\d+/staff/\S+)")

    def stop(self):
        self.process.terminate()
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        assert status == 0, f"the server ended with {status}: {self.said[-2000:]}"
