#!/usr/bin/env python3
"""Drops PDFs on the desk in Chromium and watches /health meanwhile.

    drop.py [--files 300] [--size 1000000] [--kill] [--offline]

Prints the time until every file is a draft, and the times of /health, which are asked for ten times
a second. --kill ends the server with SIGKILL in the middle and starts it again; --offline takes the
browser's connection away for five seconds. Fails if a file is lost or becomes two drafts.
"""
import argparse
import http.client
import os
import pathlib
import re
import shutil
import sys
import tempfile
import threading
import time

from playwright.sync_api import sync_playwright

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "Browser")]
from conftest import sample_pdf  # noqa: E402
from program import PASSWORD, Server  # noqa: E402


class Health(threading.Thread):
    """Asks for /health ten times a second, on a connection that is kept."""

    def __init__(self, origin):
        super().__init__(daemon=True)
        self.address = origin.removeprefix("http://")
        self.times, self.failures, self.ended = [], 0, False

    def run(self):
        connection = None
        while not self.ended:
            began = time.monotonic()
            try:
                connection = connection or http.client.HTTPConnection(self.address, timeout=10)
                connection.request("GET", "/health")
                answer = connection.getresponse()
                answer.read()
                self.times.append((time.monotonic() - began) * 1000)
            except OSError:
                self.failures += 1
                connection = None
            except http.client.HTTPException:
                self.failures += 1
                connection = None
            time.sleep(max(0, 0.1 - (time.monotonic() - began)))


def done(page):
    return page.locator(".upload-queue li[data-state=draft]").count()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--offline", action="store_true")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-drop-"))
    (folder / "pdfs").mkdir()
    paths = []
    for number in range(options.files):
        path = folder / "pdfs" / f"study {number:03}.pdf"
        text = sample_pdf([(22, f"Lanterns of Harbour {number}"), (12, "Some text")])
        path.write_bytes(text + b"%" + os.urandom(options.size // 2).hex().encode())
        paths.append(path)
    server = Server(folder / "data")
    health = Health(server.origin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--disable-dev-shm-usage"] + ["--no-sandbox"] * (os.getuid() == 0))
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.invitation)
        page.get_by_label(re.compile("^(User )?[Nn]ame")).fill("hana")
        for box in page.locator("input[type=password]").all():
            box.fill(PASSWORD)
        with page.expect_navigation(url=lambda url: "set-up" not in url):
            page.locator("main").get_by_role("button").first.click()
        page.goto(server.origin + "/staff")
        health.start()
        began = time.monotonic()
        page.locator("form.drop-zone input[type=file]").set_input_files(paths)
        third = options.files // 3
        if options.kill:
            while done(page) < third:
                time.sleep(0.1)
            server.kill()
            server.start_again()
        if options.offline:
            while done(page) < 2 * third:
                time.sleep(0.1)
            context.set_offline(True)
            time.sleep(5)
            context.set_offline(False)
        while done(page) < options.files:
            assert time.monotonic() - began < 600, page.inner_text(".upload-queue")[:2000]
            time.sleep(0.2)
        seconds = time.monotonic() - began
        health.ended = True
        page.goto(server.origin + "/staff/upload")
        drafts = page.get_by_text("Draft created:").count()
        same = page.get_by_text("This file is already here:").count()
        browser.close()
    stored = len(list((folder / "data/files").glob("*/*/*.pdf")))
    left = len(list((folder / "data/uploads").iterdir()))
    server.stop()
    times = sorted(health.times)
    print(f"{options.files} files of {options.size} bytes in {seconds:.1f} s")
    print(f"/health: {len(times)} answers, median {times[len(times) // 2]:.1f} ms, "
          f"99 % {times[int(0.99 * len(times))]:.1f} ms, longest {times[-1]:.1f} ms, "
          f"{health.failures} without an answer")
    print(f"{drafts} drafts, {same} seen twice, {stored} files stored, {left} parts left")
    shutil.rmtree(folder)
    return 0 if drafts == stored == options.files and left == 0 and same == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
