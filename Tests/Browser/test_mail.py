"""Messages as mail programs read them, and the pages that they link to."""
import email
import email.policy
import json
import re
import subprocess
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Server, Visit, Way
from program import ENVIRONMENT, PROGRAM
from test_quality import checked

RECORDS = [
    {"slug": "cables", "title": "Kablar, hav & handel: 海底电缆", "published": "2026-11-02",
     "language": "sv", "authors": ["Åsa Öberg", "김 민수"], "topics": ["Sea"],
     "abstract": "Kablar på havets botten bär nästan all trafik. " * 20},
    {"slug": "ports", "title": "Ports <and> \"pilots\"", "published": "2026-11", "language": "en",
     "authors": ["Ana O'Hara"], "topics": ["Sea", "Trade"],
     "abstract": "From here it begins.\n\n. A line with a full stop alone.\n\nFrom there on."},
    {"slug": "rice", "title": "Rice " * 60, "published": "2026", "topics": ["Food"],
     "authors": [f"Author {number}" for number in range(30)]},
]


def run(server, *arguments):
    return subprocess.run(
        [PROGRAM, *arguments, "--data", server.folder], check=True, capture_output=True, text=True,
        env=ENVIRONMENT, timeout=60).stdout


def sent(server, known=()):
    """Messages that have arrived in the outbox, as they are; waits for the first."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = [path for path in (server.folder / "mail/new").glob("*") if path not in known]
        if found:
            return {path: path.read_bytes() for path in found}
        time.sleep(0.05)
    raise AssertionError("no message was sent")


def parsed(message):
    """A message without defects in any of its parts or headers."""
    message = email.message_from_bytes(message, policy=email.policy.strict)
    for part in message.walk():
        assert not part.defects
        for name, value in part.items():
            assert not value.defects, f"{name}: {value}"
    return message


@pytest.fixture(scope="module")
def list_server(chromium):
    """A server with a subscriber in Swedish and one in English, and their digests."""
    server = Server("--site-name", "Institutet för hav & handel", "--contact", "library@example.org")
    page = Visit(chromium, Way(1280, "light", False)).page
    known = {}
    for address, language, fields in [
            ("anna@example.org", "sv", {}), ("ben@example.org", "en", {"topic": "Sea"})]:
        page.request.post(
            f"{server.origin}/subscribe?lang={language}", form={"email": address} | fields)
        arrived = sent(server, known)
        known |= arrived
        confirmation = parsed(*arrived.values())
        link = re.search(r"\S+/subscribe/confirm/\S+", confirmation.get_content()).group()
        page.request.post(link)
    catalogue = server.folder / "catalogue.jsonl"
    catalogue.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    run(server, "import", catalogue)
    in_ten_days = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 10 * 86_400))
    run(server, "mail", "run", "--now", in_ten_days)
    digests = [parsed(message) for message in sent(server, known).values()]
    server.digests = {message["To"]: message for message in digests}
    page.context.close()
    yield server
    server.stop()


def parts(message):
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return text.get_content(), html.get_content()


def test_each_gets_what_they_follow(list_server):
    assert set(list_server.digests) == {"anna@example.org", "ben@example.org"}
    anna, ben = (list_server.digests[f"{name}@example.org"] for name in ("anna", "ben"))
    for content in parts(anna):
        assert all(f"/publications/{record['slug']}" in content for record in RECORDS)
    for content in parts(ben):
        assert "Because you follow Sea" in content
        assert "/publications/rice" not in content
    assert anna["Subject"].endswith("och 2 till")
    assert anna["From"] == "Institutet för hav & handel <library@example.org>"


def test_headers(list_server):
    for message in list_server.digests.values():
        unsubscribe = message["List-Unsubscribe"]
        assert re.match(rf"<{list_server.origin}/unsubscribe/[\w-]+>", unsubscribe)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Id"].endswith(" <publications.127.0.0.1>")
        for name in ["Date", "Message-ID", "List-Archive", "List-Subscribe", "List-Help",
                     "List-Owner", "Auto-Submitted", "Precedence"]:
            assert message[name], name
        assert message["List-Post"] == "NO"
        assert all(len(line) <= 998 for line in message.as_bytes().splitlines())


def test_the_text_stands_alone(list_server):
    for message in list_server.digests.values():
        text, _ = parts(message)
        assert "<" not in text.replace("Ports <and> \"pilots\"", "")
        for line in text.splitlines():
            assert len(line) <= 78 or " " not in line
        for record in RECORDS[:2]:
            assert record["title"] in text


def test_the_html_is_valid_and_loads_nothing(list_server, tmp_path):
    for number, message in enumerate(list_server.digests.values()):
        _, html = parts(message)
        assert not re.search(r"<(script|img|link|form|iframe)|url\(|@import", html)
        (tmp_path / f"{number}.html").write_text(html)
    assert not checked(*sorted(tmp_path.glob("*.html")))


@pytest.mark.parametrize("name", ["anna", "ben"])
def test_the_view_in_a_browser_is_accessible(list_server, visit, name):
    text, _ = parts(list_server.digests[f"{name}@example.org"])
    link = re.search(r"\S+/messages/\S+", text).group()
    page = visit(Way(1280, "light", True)).page
    page.goto(link)
    assert page.get_by_role("heading", level=1).is_visible()
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response
            assert not found["violations"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The page may be passed on.
    assert "/unsubscribe/" not in page.content() and "/subscription/" not in page.content()


def test_links_of_a_message(list_server, visit):
    text, _ = parts(list_server.digests["ben@example.org"])
    page = visit().page
    page.goto(re.search(r"\S+/subscription/\S+", text).group())
    assert page.get_by_label("How often: Sea").input_value() == "weekly"
    unsubscribe = re.search(r"\S+/unsubscribe/\S+", text).group()
    # As mail programs send it: no cookie, either form, no redirect.
    for more in ({"form": {"List-Unsubscribe": "One-Click"}},
                 {"multipart": {"List-Unsubscribe": "One-Click"}}):
        answer = page.request.post(unsubscribe, max_redirects=0, **more)
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
    page.reload()
    assert page.get_by_text("You have unsubscribed, so we send nothing.").is_visible()
