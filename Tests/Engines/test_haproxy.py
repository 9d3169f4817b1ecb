"""HAProxy with Config/haproxy.cfg before three servers."""
import re
import time

import pytest
import requests
from conftest import PAPERS, Engine, Load, check, config, free_port, require, wait

PAGES = ["/", "/publications", "/feed.atom"] + [f"/publications/{slug}" for slug in PAPERS]


def settings(folder, certificate, port, tls, nodes):
    return config("haproxy.cfg", {
        "log /dev/log local0": f"log {folder}/no-log local0", "/run/haproxy": folder,
        "bind :80\n": f"bind 127.0.0.1:{port}\n", "bind :443": f"bind 127.0.0.1:{tls}",
        "/etc/haproxy/certs/papers.example.org.pem": certificate["both"],
        "server primary 127.0.0.1:8080": f"server primary 127.0.0.1:{nodes[0].port}",
        "#server replica1 192.0.2.11:8080": f"server replica1 127.0.0.1:{nodes[1].port}",
        "#server replica2 192.0.2.12:8080": f"server replica2 127.0.0.1:{nodes[2].port}",
    })


@pytest.fixture(scope="module")
def proxy(folder, certificate, nodes):
    require("haproxy")
    home = folder / "haproxy"
    home.mkdir()
    port, tls = free_port(), free_port()
    file = home / "haproxy.cfg"
    file.write_text(settings(home, certificate, port, tls, nodes))
    check("haproxy", "-c", "-f", file)
    engine = Engine(tls, home / "log", "haproxy", "-db", "-f", file)
    engine.certificate = certificate["certificate"]
    engine.origin, engine.plain = f"https://127.0.0.1:{tls}", f"http://127.0.0.1:{port}"
    wait(lambda: get(engine, "/").status_code == 200, "a server behind HAProxy")
    yield engine
    engine.stop()


def get(proxy, path, **more):
    return requests.get(
        proxy.origin + path, timeout=10, verify=proxy.certificate, allow_redirects=False, **more)


def test_readers_come_by_tls(proxy):
    answer = requests.get(proxy.plain + "/browse?x=1", timeout=10, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith("https://")
    assert answer.headers["Location"].endswith("/browse?x=1")


def test_reads_go_to_every_server(proxy, nodes):
    before = [node.asked("/authors") for node in nodes]
    for _ in range(12):
        assert get(proxy, "/authors").status_code == 200
    after = [node.asked("/authors") for node in nodes]
    assert [new - old for new, old in zip(after, before)] == [4, 4, 4]


def test_staff_and_what_writes_goes_to_the_primary(proxy, nodes):
    for _ in range(6):
        assert get(proxy, "/staff/sign-in").status_code == 200
        session = {"Cookie": "a=b; __Host-offprint-session=c2FtcGxlLXRva2VuLWZvci10ZXN0cw"}
        assert get(proxy, "/publications/quiet-harbours", headers=session).status_code == 200
        requests.post(proxy.origin + "/subscribe", {"address": "x"}, timeout=10, verify=proxy.certificate)
    for index, node in enumerate(nodes):
        expected = 0 if index else 6
        assert node.asked("/staff/sign-in") == expected
        assert node.asked("/publications/quiet-harbours") == expected
        assert node.asked("/subscribe", "POST") == expected


def test_nobody_purges_through_it(proxy):
    for method in ["PURGE", "BAN"]:
        answer = requests.request(
            method, proxy.origin + "/", timeout=10, verify=proxy.certificate, headers={"Surrogate-Key": "site"})
        assert answer.status_code == 405


def test_clients_do_not_choose_their_address(proxy, nodes):
    get(proxy, "/robots.txt", headers={
        "X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Request-Id": "mine"})
    for node in nodes:
        node.asked("/robots.txt")
        assert "203.0.113.9" not in node.said and "request_id=mine" not in node.said


def test_no_request_fails_when_a_server_is_killed(proxy, nodes):
    load = Load(proxy.origin, PAGES, verify=proxy.certificate)
    time.sleep(0.7)
    nodes[1].kill()
    time.sleep(1.5)
    nodes[1].start_again()
    asked = nodes[1].asked("/")
    wait(lambda: nodes[1].asked("/") > asked, "the server that came back is asked again")
    nodes[0].kill()
    time.sleep(1)
    load.end()
    nodes[0].start_again()
    assert load.failures == []
    assert load.count > 100


def test_varnish_stands_between_when_its_lines_are_there(folder, certificate, nodes, proxy):
    require("varnishd")
    home = folder / "chain"
    home.mkdir()
    tls, inner, cached = free_port(), free_port(), free_port()
    text = settings(home, certificate, free_port(), tls, nodes)
    # The lines for Varnish are those with a # and no space after it.
    begin = text.index("\nfrontend site")
    text = text[:begin] + re.sub("^( *)#(?=[a-z]| {4})", r"\1", text[begin:], flags=re.M)
    assert "use_backend cache\n" in text and "\nbackend cache\n" in text
    for old, new in [("127.0.0.1:8090", inner), ("127.0.0.1:6081", cached)]:
        assert old in text
        text = text.replace(old, f"127.0.0.1:{new}")
    (home / "haproxy.cfg").write_text(text)
    (home / "varnish.vcl").write_text(config("varnish.vcl", {'.port = "8080";': f'.port = "{inner}";'}))
    front = Engine(tls, home / "log", "haproxy", "-db", "-f", home / "haproxy.cfg")
    front.origin, front.certificate = f"https://127.0.0.1:{tls}", certificate["certificate"]
    varnish = Engine(
        cached, home / "varnish-log", "varnishd", "-F", "-j", "none", "-n", home / "run",
        "-f", home / "varnish.vcl", "-a", f"127.0.0.1:{cached}", "-s", "malloc,32m")
    try:
        def asked(path):
            return sum(node.asked(path) for node in nodes)

        def is_cached():
            get(front, "/browse")
            before = asked("/browse")
            assert get(front, "/browse").status_code == 200
            return asked("/browse") == before

        wait(is_cached, "pages come from Varnish")
        before = asked("/staff/sign-in")
        for _ in range(3):
            assert get(front, "/staff/sign-in").status_code == 200
        assert asked("/staff/sign-in") == before + 3
        varnish.stop()
        for _ in range(20):
            assert get(front, "/browse").status_code == 200
    finally:
        varnish.stop()
        front.stop()
