#!/usr/bin/env python3
"""Times the list of publications for staff, and edits of all of them. Standard library only.

  desk.py CATALOGUE.jsonl.gz

Imports the catalogue into a new folder, starts the server (OFFPRINT_BINARY names the program), and
prints how long the server takes for pages of the list, filtered by text and sorted, and for the
preview, the change and the undoing of all publications. Each request of the list is the median of
five, of which the first is left out.
"""
import argparse
import http.client
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PASSWORD, PROGRAM, Server  # noqa: E402

PAGES = [
    ("all, last changed first", ""), ("one common word", "q=the"), ("one word", "q=korea"),
    ("three words", "q=security+policy+asia"), ("no match", "q=xyzzyplugh"),
    ("part of a word, by title", "q=econom&sort=title"),
    ("missing fields and years", "missing=doi&missing=licence&from=2000&to=2015"),
    ("a topic and text", "topic=Energy+%26+Natural+Resources&q=oil"),
]


class Desk:
    """Someone signed in."""

    def __init__(self, server):
        self.host = server.origin.removeprefix("http://")
        self.cookies = {}
        path = urllib.parse.urlsplit(server.invitation).path
        token = self.token(self.get(path)[1])
        self.post(path, {"form-token": token, "name": "hana", "password": PASSWORD,
                         "repeated": PASSWORD, "again": PASSWORD})

    @staticmethod
    def token(page):
        return re.search(r'name="form-token" value="([^"]+)"', page).group(1)

    def send(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.host, timeout=120)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        took = time.perf_counter() - began
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return response, text, took

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, fields):
        return self.send("POST", path, urllib.parse.urlencode(fields))


def timed(desk, fields):
    """Sends a form of a bulk edit; returns the page that follows and the seconds."""
    path, values = fields
    response, text, took = desk.post(path, values)
    assert response.status == 303, (response.status, text[:500])
    return response.getheader("Location").split("?")[0], took


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("catalogue")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="offprint-desk-")
    subprocess.run(
        [PROGRAM, "import", arguments.catalogue, "--data", folder, "--no-extract"],
        env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    server = Server(folder)
    try:
        server.find(r"(search index built)")
        desk = Desk(server)
        for name, query in PAGES:
            times = []
            for _ in range(6):
                response, text, took = desk.get(f"/staff/publications?{query}")
                assert response.status == 200, response.status
                times.append(took * 1000)
            found = re.search(r'<p class="small">([\d,]+) publications?', text).group(1)
            print(f"{statistics.median(times[1:]):7.1f} ms  {name}: {found}")
        for change, value in [
                ("topics.add", "Reviewed"), ("series.set", "Working Papers"),
                ("abstract.replace", "the")]:
            token = Desk.token(desk.get("/staff/bulk/edit?all=1")[1])
            form = {"form-token": token, "all": "1", "change": change, "value": value,
                    "replacement": "THE", "kind": "report"}
            page, preview = timed(desk, ("/staff/bulk", form))
            _, apply = timed(desk, (page, {"form-token": token, "do": "apply"}))
            began = time.perf_counter()
            assert desk.get("/health")[0].status == 200
            health = time.perf_counter() - began
            _, undo = timed(desk, (page, {"form-token": token, "do": "undo"}))
            print(f"{change}: preview {preview:.2f} s, change {apply:.2f} s, undo {undo:.2f} s"
                  f" (/health after it {health * 1000:.0f} ms)")
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


main()
