"""Replicas beside the server that writes: real servers, real Litestream, a real S3 store."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from conftest import (
    CLEAN, ENVIRONMENT, PROGRAM, Primary, Readers, Replica, offprint, pdf, restore, wait)
from program import Server


def slug_of(location):
    return re.match(r"/staff/publications/([^?/]+)", location).group(1)


def test_a_publication_is_on_the_replica_within_two_seconds(primary, replica):
    times = []
    for number in range(3):
        slug = slug_of(primary.publish(f"Tides {number}"))
        start = time.monotonic()
        wait(lambda: replica.get(f"/publications/{slug}").ok, "the publication", pause=0.02)
        times.append(time.monotonic() - start)
    print(f"behind by {max(times):.2f} s at most")
    assert max(times) <= 2


def test_so_is_one_that_nobody_waits_for(folder, primary, replica):
    times = []
    for number in range(3):
        catalogue = folder / "more.jsonl"
        catalogue.write_text(json.dumps(
            {"slug": f"buoy-{number}", "title": f"Buoy {number}", "published": "2021"}))
        offprint("import", catalogue, "--data", primary.data)
        start = time.monotonic()
        wait(lambda: replica.get(f"/publications/buoy-{number}").ok, "the publication", pause=0.02)
        times.append(time.monotonic() - start)
    print(f"behind by {max(times):.2f} s at most")
    assert max(times) <= 2


def test_every_node_sends_the_same_entity_tags(primary, replica):
    def is_current():
        return replica.health()["generation"] == requests.get(
            primary.origin + "/health", timeout=10).json()["generation"]

    def tags(origin):
        paths = ["/", "/publications", "/publications/paper-1", "/publications/paper-1.pdf",
                 "/publications/paper-1.json", "/feed.atom", "/sitemap.xml", "/search?q=harbour",
                 "/publications/paper-1/pages/1", "/publications/paper-1/pages/1.svg"]
        return {path: requests.get(origin + path, timeout=10).headers.get("ETag")
                for path in paths}

    # The list of related publications is computed after its page was asked for.
    tags(primary.origin)
    def are_equal():
        return is_current() and tags(primary.origin) == tags(replica.origin)
    wait(are_equal, f"equal tags: {tags(primary.origin)} {tags(replica.origin)}", seconds=15, pause=0.5)


def test_what_writes_is_redirected(primary, replica):
    for method, path in [
            ("GET", "/staff"), ("GET", "/staff/publications/paper-1"), ("POST", "/subscribe"),
            ("GET", "/staff/sign-in"), ("POST", "/staff/upload/form")]:
        answer = requests.request(
            method, replica.origin + path, data=None if method == "GET" else {"a": "b"},
            allow_redirects=False, timeout=10)
        assert answer.status_code == 307, f"{method} {path}"
        assert answer.headers["Location"] == primary.origin + path
    assert replica.get("/subscribe").ok


def test_no_request_fails_while_copies_are_swapped(primary, replica):
    paths = ["/", "/publications/paper-1", "/search?q=harbour", "/publications/paper-2.pdf",
             "/publications?page=1", "/health"]
    readers = Readers(replica.origin, paths)
    before = replica.server.said.count("new copy of the database in use")
    for number in range(6):
        primary.publish(f"Currents {number}")
        time.sleep(0.5)
    count = wait(
        lambda: (n := replica.server.said.count("new copy of the database in use") - before) >= 3 and n,
        "three swaps")
    readers.stop()
    print(f"{readers.answers} answers during {count} swaps")
    assert readers.failures == [] and readers.answers > 100

    # Of earlier copies nothing is left open.
    def databases():
        return [path for path in replica.open_files() if "offprint.sqlite3" in path]
    wait(lambda: not any("(deleted)" in path for path in databases()), "closed descriptors")
    workers = max(6, 2 * os.cpu_count() + 2)
    assert len(databases()) <= 2 * workers + 4


def test_a_file_is_fetched_once_and_checked(primary, replica):
    slug = slug_of(primary.publish("Fetched by many", content=pdf("x" * 3_000_000)))
    wait(lambda: replica.get(f"/publications/{slug}").ok, "the publication")
    before = primary.server.said.count("path=/files/")
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(
            lambda _: replica.get(f"/publications/{slug}.pdf").content, range(12)))
    assert {len(answer) for answer in answers} == {len(pdf("x" * 3_000_000))}
    wait(lambda: primary.server.said.count("path=/files/") > before, "the line of the log")
    assert primary.server.said.count("path=/files/") == before + 1
    # Then it is here.
    assert replica.metric('offprint_fetched_files_total{result="stored"}') >= 1
    # Its pages are drawn here too.
    drawn = replica.get(f"/publications/{slug}/pages/1")
    assert drawn.ok and "<svg " in drawn.text
    assert replica.metric('offprint_drawings_total{result="drawn"}') >= 1
    assert replica.metric("offprint_drawings_size_bytes") > 0


def test_bad_copies_are_refused_and_the_good_one_stays(folder, primary):
    replica = Replica(folder / "bad", primary.url, primary.origin, follows=False)
    try:
        good = folder / "good.sqlite3"
        shutil.copy(replica.data / "offprint.sqlite3", good)
        bad = folder / "bad.sqlite3"

        def damaged():
            content = bytearray(good.read_bytes())
            content[20_000:60_000] = os.urandom(40_000)
            bad.write_bytes(content)

        def cut():
            bad.write_bytes(good.read_bytes()[:50_000])

        def changed(statement):
            shutil.copy(good, bad)
            with sqlite3.connect(bad) as database:
                database.execute("PRAGMA journal_mode = DELETE")
                database.execute(statement)
            database.close()

        cases = {
            "it is damaged": damaged, "damaged": cut,
            "a newer Offprint": lambda: changed("PRAGMA user_version = 9999"),
            "an older Offprint": lambda: changed("PRAGMA user_version = 18"),
            "older than the copy in use": lambda: changed("UPDATE generation SET number = 1"),
        }
        for reason, make in cases.items():
            bad.unlink(missing_ok=True)
            make()
            replica.put(bad)
            wait(lambda: any(reason in w for w in replica.health()["warnings"]), reason)
            assert replica.get("/publications/paper-1").ok
            assert replica.metric("offprint_replica_copy_refused") == 1
        assert "copy of the database not used" in replica.server.said
        replica.put(good)
        wait(lambda: replica.health()["warnings"] == [], "the good copy")
        assert replica.metric("offprint_replica_copy_refused") == 0
    finally:
        replica.stop()


class Liar(BaseHTTPRequestHandler):
    """A web server that sends other bytes than it should."""

    def do_GET(self):
        content = pdf("something else")
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def test_wrong_bytes_of_the_origin_are_refused(folder, primary):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    replica = Replica(
        folder / "lied-to", primary.url, primary.origin, "--file-origin",
        f"http://127.0.0.1:{server.server_port}", follows=False)
    try:
        answer = replica.get("/publications/paper-1.pdf")
        assert answer.status_code == 502
        assert not list(replica.data.glob("files/*/*/*.pdf"))
        assert not list(replica.data.glob("incoming/*"))
        replica.server.find("(other bytes than those of)")
        assert replica.metric('offprint_fetched_files_total{result="wrong_content"}') == 1
    finally:
        replica.stop()
        server.shutdown()


def test_an_old_copy_fails_the_health_check(folder, primary):
    replica = Replica(
        folder / "old", primary.url, primary.origin, "--replica-lag-limit", "1 s", follows=False)
    try:
        wait(lambda: replica.get("/health").status_code == 503, "the limit")
        assert replica.health()["lag_seconds"] > 1
        assert replica.get("/publications/paper-1").ok
    finally:
        replica.stop()


def test_staff_are_told_when_a_change_is_not_confirmed(primary):
    primary.litestream.stop()
    start = time.monotonic()
    location = primary.publish("Not confirmed")
    assert "unconfirmed" in location and time.monotonic() - start < 15
    page = primary.session.get(primary.origin + location, timeout=30).text
    assert "has not confirmed it yet" in page
    assert "Litestream" in primary.session.get(primary.origin + "/staff", timeout=30).text
    warnings = wait(
        lambda: requests.get(primary.origin + "/health", timeout=10).json()["warnings"],
        "a warning", seconds=15)
    assert any("replica" in warning for warning in warnings)
    primary.start_litestream()
    wait(lambda: "unconfirmed" not in primary.publish("Confirmed again"), "a confirmation")


def test_nothing_confirmed_is_lost_with_the_writer(folder, store):
    """The writer and Litestream are killed amid publications; the copy in the bucket is promoted."""
    home = folder / "lost"
    home.mkdir()
    primary = Primary(home, store.replica("lost.sqlite3"))
    confirmed, count = [], int(os.environ.get("OFFPRINT_PUBLICATIONS", "40"))
    try:
        def publish():
            for number in range(count + 1000):
                try:
                    location = primary.publish(f"Sands number {number}")
                except (requests.RequestException, AssertionError):
                    return
                if "unconfirmed" not in location:
                    confirmed.append(slug_of(location))
        thread = threading.Thread(target=publish)
        thread.start()
        wait(lambda: len(confirmed) >= count, "publications", seconds=120)
        primary.kill()
        thread.join(30)
    finally:
        primary.litestream.stop()

    # PDFs are copied by another tool; here they come from the disk of the lost server.
    new = folder / "promoted"
    new.mkdir(mode=0o700)
    seconds = restore(store.url("lost.sqlite3"), new / "offprint.sqlite3")
    (new / "offprint.sqlite3").chmod(0o600)
    print(f"{len(confirmed)} confirmed, restored in {seconds:.2f} s")
    shutil.copytree(primary.data / "files", new / "files")
    verified = subprocess.run(
        [PROGRAM, "verify", "--data", new], capture_output=True, text=True, env=ENVIRONMENT,
        timeout=60)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    server = Server(new)
    try:
        for slug in confirmed:
            answer = requests.head(f"{server.origin}/publications/{slug}", timeout=10)
            assert answer.status_code == 200, slug
        health = requests.get(server.origin + "/health", timeout=10).json()
        assert health["role"] == "primary"
    finally:
        server.stop()


def test_a_bucket_serves_pdfs(folder, primary, store):
    sha256 = requests.get(
        primary.origin + "/publications/paper-3.pdf", timeout=10).headers["ETag"].strip('"')
    path = f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}.pdf"
    store.put(path, (primary.data / path).read_bytes())
    other = requests.get(
        primary.origin + "/publications/paper-4.pdf", timeout=10).headers["ETag"].strip('"')
    store.put(f"files/{other[:2]}/{other[2:4]}/{other}.pdf", pdf("damaged in the bucket"))
    replica = Replica(
        folder / "of-bucket", primary.url, primary.origin, "--file-origin",
        f"{store.origin}/offprint", follows=False)
    try:
        assert replica.get("/publications/paper-3.pdf").content == (primary.data / path).read_bytes()
        assert replica.get("/publications/paper-4.pdf").status_code == 502
        # What the bucket does not have.
        assert replica.get("/publications/paper-5.pdf").status_code == 503
    finally:
        replica.stop()


def test_thirty_megabytes_are_restored_within_three_seconds(folder, store):
    database = folder / "large.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE content (bytes BLOB)")
        for _ in range(300):
            connection.execute("INSERT INTO content VALUES (?)", [os.urandom(100_000)])
    connection.close()
    done = subprocess.run(
        ["litestream", "replicate", "-once", database, store.url("large.sqlite3")],
        capture_output=True, text=True, timeout=60,
        env=CLEAN)
    assert done.returncode == 0, done.stdout + done.stderr
    seconds = restore(store.url("large.sqlite3"), folder / "restored.sqlite3")
    print(f"{os.path.getsize(folder / 'restored.sqlite3') / 1e6:.0f} MB in {seconds:.2f} s")
    assert seconds < 3

