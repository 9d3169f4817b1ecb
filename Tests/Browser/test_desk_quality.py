"""Every page of the desk, found by following links as each role: valid, accessible, not too wide."""
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, Visit, Way
from program import ENVIRONMENT, PROGRAM, Server
from test_quality import checked

ROLES = ["author", "editor", "administrator"]
# Of pages whose addresses differ in one name only, such as the handbook's, so many are looked at.
SAMPLES = 2


def sign_in(server, page, name):
    page.goto(server.origin + "/staff/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    assert page.url.startswith(server.origin + "/staff"), page.url


@pytest.fixture(scope="module")
def desk(chromium):
    """The demo with publications in every state and some use; and the cookies of each role."""
    folder = tempfile.mkdtemp(prefix="offprint-desk-")
    server = Server(folder, "--demo")
    for role in ROLES:
        subprocess.run(
            [PROGRAM, "user", "add", role, "--role", role, "--data", folder],
            input=PASSWORD + "\n", text=True, check=True, env=ENVIRONMENT, capture_output=True)
    server.stop()
    database = sqlite3.connect(folder + "/offprint.sqlite3")
    keys = [row[0] for row in database.execute("SELECT id FROM publication ORDER BY id DESC")]
    hidden = "first_public = NULL"
    database.execute(f"UPDATE publication SET status = 'draft', {hidden} WHERE id = {keys[0]}")
    database.execute(f"UPDATE publication SET status = 'review', {hidden} WHERE id = {keys[1]}")
    database.execute(
        f"UPDATE publication SET status = 'scheduled', {hidden},"
        f" public_from = {int(time.time()) + 86400} WHERE id = {keys[2]}")
    database.execute(f"UPDATE publication SET status = 'withdrawn' WHERE id = {keys[3]}")
    database.execute(f"UPDATE publication SET abstract = '' WHERE id = {keys[4]}")
    today = int(time.time()) // 86400
    for day in range(today - 400, today + 1, 3):
        database.execute("INSERT INTO usage VALUES (?, ?, 7, 3, 4, 2)", (keys[day % 7], day))
    database.commit()
    database.close()
    server = Server(folder)
    server.cookies = {}
    for role in ROLES:
        page = Visit(chromium, Way(1280, "light", False)).page
        sign_in(server, page, role)
        server.cookies[role] = page.context.cookies()
        page.context.close()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def shape(address):
    """What addresses of the same kind of page have in common."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    names = sorted(name for name, _ in urllib.parse.parse_qsl(query))
    return (tuple(parts[:2]), len(parts), tuple(parts[3:]), tuple(names))


def found_pages(desk, context):
    """The pages that links lead to, starting at /staff: {address: source}."""
    sources, seen, waiting = {}, {}, ["/staff"]
    while waiting:
        address = waiting.pop(0)
        kind = shape(address)
        if address in sources or seen.get(kind, 0) >= SAMPLES:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        answer = context.request.get(desk.origin + address)
        assert answer.status == 200, f"{address}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        sources[address] = answer.text()
        for link in re.findall(r'href="(/staff[^"#]*)', sources[address]):
            link = link.replace("&amp;", "&")
            # One page in another language is the same page with other words.
            if "lang=" not in link:
                waiting.append(link)
    return sources


@pytest.mark.parametrize("role", ROLES)
def test_every_page(desk, visit, tmp_path, role):
    window = visit(Way(1280, "light", True))
    window.context.add_cookies(desk.cookies[role])
    sources = found_pages(desk, window.context)
    assert len(sources) > 10
    complaints = []

    def complain(address, text):
        """Each fault once for each page, however often it is seen."""
        if (line := f"{address}: {text}") not in complaints:
            complaints.append(line)

    for number, (address, source) in enumerate(sources.items()):
        (tmp_path / f"{number}.html").write_text(source)
        window.page.goto(desk.origin + address)
        if window.page.locator("h1").count() != 1:
            complain(address, f"{window.page.locator('h1').count()} headings h1")
        window.page.evaluate(
            "document.querySelectorAll('details').forEach(d => { d.open = true })")
        # Every width, scheme and role, but not every pair of them on every page.
        ways = [(1280, "light"), (390, "dark")] if number % 2 else [(390, "light"), (1280, "dark")]
        for width, scheme in ways:
            window.page.set_viewport_size({"width": width, "height": 800})
            window.page.emulate_media(color_scheme=scheme)
            if window.is_sideways():
                complain(address, f"wider than {width} pixels")
            results = Axe().run(window.page, options={"resultTypes": ["violations"]})
            for violation in results.response["violations"]:
                for node in violation["nodes"]:
                    complain(
                        address, f"{violation['id']}: {node['target']} {node['failureSummary']}")
        window.page.set_viewport_size({"width": 1280, "height": 800})
    names = list(sources)
    complaints += [
        f"{names[int(file.removesuffix('.html'))]}: {said}"
        for file, said in checked(*sorted(tmp_path.glob("*.html")))]
    assert not complaints, "\n".join(complaints[:30])
