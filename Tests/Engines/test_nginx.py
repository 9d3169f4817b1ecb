"""nginx with Config/nginx.conf before three servers."""
import time

import pytest
import requests
from conftest import PAPERS, Engine, Load, check, config, free_port, require

PAGES = ["/", "/publications", "/feed.atom"] + [f"/publications/{slug}" for slug in PAPERS]
MAIN = """
daemon off;
worker_processes 1;
pid {home}/pid;
error_log {home}/log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/offprint.conf;
}}
"""


@pytest.fixture(scope="module")
def proxy(folder, certificate, nodes):
    require("nginx")
    home = folder / "nginx"
    home.mkdir()
    port, tls = free_port(), free_port()
    (home / "offprint.conf").write_text(config("nginx.conf", {
        "    listen [::]:80;\n": "", "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{port};", "listen 443": f"listen 127.0.0.1:{tls}",
        "/etc/letsencrypt/live/papers.example.org/fullchain.pem": certificate["certificate"],
        "/etc/letsencrypt/live/papers.example.org/privkey.pem": certificate["key"],
        "/var/cache/nginx/offprint": home / "cache",
        "server 127.0.0.1:8080": f"server 127.0.0.1:{nodes[0].port}",
        "#server 192.0.2.11:8080": f"server 127.0.0.1:{nodes[1].port}",
        "#server 192.0.2.12:8080": f"server 127.0.0.1:{nodes[2].port}",
    }))
    (home / "nginx.conf").write_text(MAIN.format(home=home))
    check("nginx", "-t", "-c", home / "nginx.conf")
    engine = Engine(tls, home / "log", "nginx", "-c", home / "nginx.conf")
    engine.origin = f"https://127.0.0.1:{tls}"
    engine.certificate = certificate["certificate"]
    yield engine
    engine.stop()


def get(proxy, path, **more):
    return requests.get(
        proxy.origin + path, timeout=10, verify=proxy.certificate, allow_redirects=False, **more)


def asked(nodes, path, method="GET"):
    return [node.asked(path, method) for node in nodes]


def test_a_page_is_asked_for_once_in_each_language(proxy, nodes):
    path = "/publications/salt-and-fish"
    before = sum(asked(nodes, path))
    for header, words in [("sv-SE,sv;q=0.9,en;q=0.8", "Ladda ner"), ("en-US,en", "Download PDF")] * 3:
        answer = get(proxy, path, headers={"Accept-Language": header})
        assert answer.status_code == 200 and words in answer.text
        assert "Surrogate-Key" not in answer.headers
    assert sum(asked(nodes, path)) == before + 2


def test_staff_and_what_writes_goes_to_the_primary(proxy, nodes):
    paths = [("/staff/sign-in", "GET"), ("/publications/quiet-harbours", "GET"), ("/subscribe", "POST")]
    before = [asked(nodes, *path) for path in paths]
    for _ in range(6):
        assert get(proxy, "/staff/sign-in").status_code == 200
        session = {"Cookie": "a=b; __Host-offprint-session=c2FtcGxlLXRva2VuLWZvci10ZXN0cw"}
        assert get(proxy, "/publications/quiet-harbours", headers=session).status_code == 200
        requests.post(proxy.origin + "/subscribe", {"address": "x"}, timeout=10, verify=proxy.certificate)
    after = [asked(nodes, *path) for path in paths]
    for old, new in zip(before, after):
        assert [b - a for a, b in zip(old, new)] == [6, 0, 0]


def test_pdfs_are_not_kept(proxy, nodes):
    article = get(proxy, "/publications/salt-and-fish").text
    file = next(part for part in article.split('"') if "/files/" in part)
    before = sum(asked(nodes, file))
    for _ in range(3):
        answer = get(proxy, file)
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        part = get(proxy, file, headers={"Range": "bytes=0-3"})
        assert part.status_code == 206 and part.content == b"%PDF"
    assert sum(asked(nodes, file)) == before + 6


def test_nobody_reads_the_metrics_of_others(proxy):
    # The test is on this machine, which may.
    assert get(proxy, "/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_no_request_fails_when_a_server_is_killed(proxy, nodes):
    # Searches are kept for 30 s; each is another one, so that all come to the servers.
    paths = PAGES + [f"/search?q=ferries+{number}" for number in range(2000)]
    load = Load(proxy.origin, paths, verify=proxy.certificate)
    time.sleep(0.7)
    nodes[1].kill()
    time.sleep(1.5)
    load.end()
    nodes[1].start_again()
    assert load.failures == []
    assert load.count > 50
