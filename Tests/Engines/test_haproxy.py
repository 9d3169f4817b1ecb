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


def test_the_lines_for_varnish_are_valid(folder, certificate, nodes, proxy):
    text = settings(folder / "haproxy", certificate, free_port(), free_port(), nodes)
    part = text[text.index("#frontend from-varnish"):text.index("# Everything that only reads")]
    text = text.replace(part, re.sub(r"^#", "", part, flags=re.M)).replace("#use_backend", "use_backend")
    file = folder / "haproxy/with-varnish.cfg"
    file.write_text(text)
    assert "backend cache\n" in text
    check("haproxy", "-c", "-f", file)


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
