"""The real server and Debian's Chromium, for tests that do what people do."""
import os
import pathlib
import shutil
import sys
import tempfile
import time
import zlib

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import PASSWORD, Server as Program  # noqa: E402


class Server(Program):
    """With a data folder of its own, which goes with it."""

    def __init__(self, *arguments):
        super().__init__(tempfile.mkdtemp(prefix="offprint-browser-"), *arguments)

    def message_to(self, address, known=()):
        """A message to an address that is not known, without soft line breaks.

        Messages leave a moment after the page that says so.
        """
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for path in (self.folder / "mail/new").glob("*"):
                text = path.read_text().replace("=\n", "")
                if f"To: {address}" in text and text not in known:
                    return text
            time.sleep(0.05)
        raise AssertionError(f"no message to {address}")

    def stop(self):
        try:
            super().stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def serving(*arguments):
    server = Server(*arguments)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def demo():
    """One server with the sample publications, for tests that do not change them."""
    yield from serving("--demo")


@pytest.fixture
def empty():
    """A server of one test, with nothing in it."""
    yield from serving()


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "chromium is not installed"
    with sync_playwright() as playwright:
        # As root Chromium starts only without its sandbox.
        arguments = ["--disable-dev-shm-usage"] + ["--no-sandbox"] * (os.getuid() == 0)
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Way:
    """One way to look at the site: how wide, in which colours, with or without script."""

    def __init__(self, width, scheme, script):
        self.width, self.scheme, self.script = width, scheme, script

    def __str__(self):
        return f"{self.width}-{self.scheme}-{'script' if self.script else 'plain'}"


# Not all eight: every pair of a width, a scheme, and script or none is among these.
WAYS = [
    Way(1280, "light", True), Way(390, "dark", True), Way(1280, "dark", False),
    Way(390, "light", False),
]


class Visit:
    """Someone's pages in one browser window, and what went wrong on them."""

    def __init__(self, chromium, way):
        self.context = chromium.new_context(
            viewport={"width": way.width, "height": 800}, color_scheme=way.scheme,
            java_script_enabled=way.script, reduced_motion="reduce", accept_downloads=True)
        self.context.set_default_timeout(15_000)
        self.complaints = []
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", self._error)

    def _error(self, error):
        # Chromium's own PDF viewer, which a page embeds, fails assertions of its own at times.
        ours = error.message != "Assertion failed"
        if ours and "chrome-extension://" not in (error.stack or ""):
            self.complaints.append(f"{self.page.url}: {error}")

    def _console(self, message):
        # A page with an error status is reported as one; the tests look at statuses themselves.
        expected = "Failed to load resource: the server responded with a status of 4"
        if message.type == "error" and not message.text.startswith(expected):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def is_sideways(self):
        wide = self.page.locator("html").evaluate(
            "page => page.scrollWidth > page.clientWidth + 1")
        return wide


@pytest.fixture
def visit(chromium):
    """Opens windows in given ways; at the end of the test none may have complained."""
    visits = []

    def open_window(way=Way(1280, "light", True)):
        visits.append(Visit(chromium, way))
        return visits[-1]

    yield open_window
    for visited in visits:
        visited.context.close()
    complaints = [line for visited in visits for line in visited.complaints]
    assert not complaints, complaints


@pytest.fixture(params=WAYS, ids=str)
def way(request):
    return request.param


def sample_pdf(*pages, **properties):
    """A PDF with lines of text on each page, its content deflated.

    A page is one line, or lines from top to bottom, each with the size of its letters.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1"
               " /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        lines = [(14, page)] if isinstance(page, str) else page
        top, shown = 770, ""
        for size, line in lines:
            shown += f"BT /F1 {size} Tf 72 {top} Td ({line}) Tj ET\n"
            top -= round(size * 1.5)
        content = zlib.compress(shown.encode())
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources"
                       f" << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n"
                       + content.decode("latin-1") + "\nendstream")
    entries = " ".join(f"/{name} ({value})" for name, value in properties.items())
    objects.append(f"<< {entries} >>")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    file, offsets = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return file + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R"
        f" /Info {len(objects)} 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    ).encode()
