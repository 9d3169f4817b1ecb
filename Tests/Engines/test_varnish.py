"""Varnish with Config/varnish.vcl before the server that writes."""
import http.client
import re
import time

import pytest
import requests
from conftest import Desk, Engine, config, check, free_port, require, wait


def page(engine, path, **more):
    return requests.get(engine.origin + path, timeout=10, allow_redirects=False, **more)


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def node(make_node, port):
    require("varnishd")
    return make_node("--cache-purge-urls", f"http://127.0.0.1:{port}/")


@pytest.fixture(scope="module")
def desk(node):
    return Desk(node)


@pytest.fixture(scope="module")
def cache(folder, node, port):
    home = folder / "varnish"
    home.mkdir()
    file = home / "varnish.vcl"
    file.write_text(config("varnish.vcl", {
        '.port = "8080";': f'.port = "{node.port}";', ".interval = 2s;": ".interval = 200ms;"}))
    check("varnishd", "-C", "-n", home / "check", "-f", file)
    engine = Engine(
        port, home / "log", "varnishd", "-F", "-j", "none", "-n", home / "run", "-f", file,
        "-a", f"127.0.0.1:{port}", "-s", "malloc,32m", "-i", "varnish")
    # The server tells a cache that has come to forget everything, twice.
    wait(lambda: metric(node, "accepted") >= 2, "the first purges")
    yield engine
    engine.stop()


def metric(node, result):
    answer = requests.get(node.origin + "/metrics", timeout=10)
    found = re.search(rf'offprint_cache_purges_total{{result="{result}"}} (\d+)', answer.text)
    assert found, answer.text
    return int(found[1])


def test_a_page_is_asked_for_once(cache, node):
    for _ in range(5):
        answer = page(cache, "/publications/salt-and-fish")
        assert answer.status_code == 200 and "Salt and fish" in answer.text
        assert "s-maxage=86400" in answer.headers["Cache-Control"]
        assert "Surrogate-Key" not in answer.headers and "Age" not in answer.headers
    assert node.asked("/publications/salt-and-fish") == 1


def test_cookies_and_advertisements_make_no_other_page(cache, node):
    before = node.asked("/publications/salt-and-fish")
    page(cache, "/publications/salt-and-fish")
    for query in ["?utm_source=mail", "?fbclid=1&gclid=2", "?utm_source=a&utm_medium=b"]:
        answer = page(cache, "/publications/salt-and-fish" + query, headers={
            "Cookie": "consent=yes", "Host": "other.example.org", "Accept-Language": "en-GB,en;q=0.5"})
        assert answer.status_code == 200
    # The language of the second request is another variant of the page.
    assert node.asked("/publications/salt-and-fish") <= before + 2


def test_a_page_comes_in_the_reader_s_language(cache):
    for header, words in [("sv-SE,sv;q=0.9,en;q=0.8", "Ladda ner"), ("en-US,en", "Download PDF"),
                          ("xx, sv;q=0.5", "Ladda ner"), ("xx", "Download PDF")]:
        answer = page(cache, "/publications/quiet-harbours", headers={"Accept-Language": header})
        assert words in answer.text, header


def test_staff_see_their_own_page(cache, node, desk):
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in desk.session.cookies)
    page(cache, "/publications/quiet-harbours")
    answer = page(cache, "/publications/quiet-harbours", headers={"Cookie": cookie})
    assert "/staff/publications/quiet-harbours" in answer.text
    assert "/staff/publications/" not in page(cache, "/publications/quiet-harbours").text
    assert page(cache, "/staff").status_code == 303
    assert page(cache, "/staff", headers={"Cookie": cookie}).status_code == 200


def test_an_edit_is_seen_at_once_and_leaves_other_pages(cache, node, desk):
    for path in ["/publications/winter-ferries", "/publications/salt-and-fish", "/"]:
        page(cache, path)
    others = node.asked("/publications/salt-and-fish")
    accepted, failed = metric(node, "accepted"), metric(node, "failed")
    desk.edit("winter-ferries", title="Ferries on ice")
    wait(lambda: "Ferries on ice" in page(cache, "/publications/winter-ferries").text, "the edit", 3)
    assert "Ferries on ice" in page(cache, "/").text
    page(cache, "/publications/salt-and-fish")
    assert node.asked("/publications/salt-and-fish") == others
    assert metric(node, "accepted") > accepted and metric(node, "failed") == failed


def test_a_withdrawn_publication_is_gone_at_once(cache, node, desk):
    article = page(cache, "/publications/winter-ferries").text
    file = next(part for part in article.split('"') if "/files/" in part)
    for path in [file, file]:
        assert page(cache, path).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert node.asked(file) == 1
    plain = page(cache, "/publications/winter-ferries.pdf")
    assert plain.headers["Cache-Control"] == "public, no-cache"
    desk.withdraw("winter-ferries")
    wait(lambda: page(cache, file).status_code == 410, "the file is gone", 3)
    for path in ["/publications/winter-ferries", "/publications/winter-ferries.pdf"]:
        assert page(cache, path).status_code == 410
    assert "winter-ferries" not in page(cache, "/").text


@pytest.mark.parametrize("source, key, status", [
    ("127.0.0.1", "pub-nothing list", 200), ("127.0.0.2", "site", 403),
    ("127.0.0.1", "", 400), ("127.0.0.1", "a|b", 400), ("127.0.0.1", ".*", 400),
    ("127.0.0.1", "a) || req.url ~ (.", 400), ("127.0.0.1", "pub-none " * 400 + "pub-none", 200),
], ids=["keys", "elsewhere", "none", "bar", "pattern", "expression", "long"])
def test_only_the_server_purges(cache, node, source, key, status):
    path = "/publications/quiet-harbours"
    page(cache, path)
    before = node.asked(path)
    client = http.client.HTTPConnection("127.0.0.1", cache.port, 10, source_address=(source, 0))
    client.request("PURGE", "/", headers={"Surrogate-Key": key} if key else {})
    assert client.getresponse().status == status
    page(cache, path)
    assert node.asked(path) == before


def test_a_cache_that_cannot_be_reached_delays_nobody(cache, node, desk):
    page(cache, "/publications/quiet-harbours")
    failed = metric(node, "failed")
    cache.stop()
    begin = time.monotonic()
    desk.edit("quiet-harbours", title="Loud harbours")
    assert time.monotonic() - begin < 5
    wait(lambda: metric(node, "failed") > failed, "a purge that failed")
    health = wait(lambda: (answer := requests.get(node.origin + "/health", timeout=10))
                  .json()["warnings"] and answer, "the warning")
    assert health.status_code == 200 and health.json()["status"] == "ready"
    assert "A cache cannot be reached" in desk.session.get(node.origin + "/staff", timeout=10).text
    cache.start()
    wait(lambda: not requests.get(node.origin + "/health", timeout=10).json()["warnings"], "purged")
    assert "Loud harbours" in page(cache, "/publications/quiet-harbours").text


def test_readers_are_served_while_the_server_is_down(cache, node):
    page(cache, "/publications/quiet-harbours")
    page(cache, "/")
    node.kill()
    for path in ["/publications/quiet-harbours", "/"]:
        assert page(cache, path).status_code == 200
    accepted = "Loud harbours"
    node.start_again()
    assert accepted in page(cache, "/publications/quiet-harbours").text
