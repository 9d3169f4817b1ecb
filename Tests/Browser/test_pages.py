"""Drawn pages: quick, still, accessible, and with text that can be copied."""
import collections
import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Way
from program import PROGRAM
from test_quality import checked
from test_reading import SEED_PATH

# Collects the largest contentful paint and layout shifts from the beginning.
WATCH = """
  window.seen = {paint: 0, shift: 0};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
  }).observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
"""


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def agreement(one, other):
    """The F1 of the words of two texts."""
    one, other = words(one), words(other)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


@pytest.mark.parametrize("width, numbers", [(1280, (2, 4)), (390, (3, 5))])
def test_a_page_that_was_not_drawn_before_is_quick_and_still(demo, visit, width, numbers):
    window = visit(Way(width, "light", True))
    window.context.add_init_script(WATCH)
    page = window.page
    paints = []
    for number in numbers:
        page.goto(f"{demo.origin}{SEED_PATH}/pages/{number}")
        page.wait_for_load_state("networkidle")
        seen = page.evaluate("seen")
        paints.append(seen["paint"])
        assert seen["shift"] < 0.01, seen
        assert not window.is_sideways()
        box = page.locator(".leaf > svg").first.bounding_box()
        assert box["width"] <= width and box["height"] > box["width"] * 0.7
    window.complaints.clear()
    print(f"painted after {paints} ms")
    # What web vitals call good; far less on a quiet machine.
    assert 0 < max(paints) < 2500, paints


def test_the_text_that_is_copied_is_the_extracted_text(demo, visit):
    page = visit(Way(1280, "light", True)).page
    pdf = page.request.get(f"{demo.origin}{SEED_PATH}.pdf").body()
    extracted = subprocess.run(
        [PROGRAM, "extract", "-"], input=pdf, capture_output=True, check=True, timeout=60
    ).stdout.decode().split("\f")
    for number in (1, 2):
        page.goto(f"{demo.origin}{SEED_PATH}/pages/{number}")
        page.wait_for_load_state("networkidle")
        copied = page.evaluate("""() => {
          getSelection().selectAllChildren(document.querySelector('.leaf > svg'));
          return getSelection().toString();
        }""")
        assert agreement(copied, extracted[number - 1]) >= 0.98, copied


def test_pages_are_turned_with_links_keys_and_the_field(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(f"{demo.origin}{SEED_PATH}")
    assert page.locator(".leaves object").count() == 1
    page.get_by_role("link", name="Read page by page").click()
    page.wait_for_url("**/pages/1")
    page.get_by_role("link", name="Next", exact=True).click()
    page.wait_for_url("**/pages/2")
    if way.script:
        page.keyboard.press("ArrowRight")
        page.wait_for_url("**/pages/3")
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**/pages/2")
    page.get_by_label("Page", exact=True).fill("1")
    page.get_by_role("button", name="Go").click()
    page.wait_for_url("**/pages/1")
    assert not window.is_sideways()
    answer = page.goto(f"{demo.origin}{SEED_PATH}/pages/999")
    assert answer.status == 404


def test_a_page_hit_leads_to_marked_words(demo, visit, way):
    page = visit(way).page
    page.goto(f"{demo.origin}/search?q=korea")
    page.locator(".hits a").first.click()
    page.wait_for_url("**/pages/*q=korea")
    assert page.locator(".marks rect").count() > 0
    page.get_by_role("link", name="Match 1", exact=True).click()
    assert page.url.endswith("#mark-1")
    mark = page.locator("#mark-1 rect").first.bounding_box()
    assert mark["width"] > 10 and 0 <= mark["y"] < 800


# Selects the first line of a text of more than a few words.
SELECT = """selector => {
  const line = [...document.querySelectorAll(selector)].find(e => e.textContent.length > 200);
  getSelection().selectAllChildren(line);
}"""


def test_selected_text_leads_to_related_passages(demo, visit):
    page = visit(Way(390, "light", True)).page
    for path, selector in (("pages/2", ".leaf > svg"), ("text", ".text p")):
        page.goto(f"{demo.origin}{SEED_PATH}/{path}")
        link = page.get_by_role("link", name="Find related passages")
        assert link.count() == 0
        page.evaluate(SELECT, selector)
        link.click()
        page.wait_for_url("**/related?*text=*")
        assert page.locator(".entries > li").count() > 0
        assert page.locator(f".entries a[href^='{SEED_PATH}']").count() == 0
    page.goto(f"{demo.origin}{SEED_PATH}/text")
    paragraph = page.locator("p:has(> .kin)").first
    words = paragraph.inner_text()
    assert "≈" not in words
    paragraph.get_by_role("link", name="Related passages").last.click()
    page.wait_for_url("**/related?*block=*")
    assert page.locator("blockquote").inner_text()[:60] == words[:60]


def test_accessible_and_valid(demo, visit, tmp_path):
    page = visit(Way(1280, "light", True)).page
    found = []
    for name, path in {
        "page": "/pages/2", "marked": "/pages/1?q=korea", "article": "",
    }.items():
        page.goto(demo.origin + SEED_PATH + path)
        (tmp_path / f"{name}.html").write_bytes(page.request.get(page.url).body())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                results = Axe().run(page, options={"resultTypes": ["violations"]})
                found += [
                    f"{name} {width} {scheme} {violation['id']}: {node['target']}"
                    for violation in results.response["violations"] for node in violation["nodes"]]
    assert not found, "\n".join(found[:10])
    assert not checked(*tmp_path.glob("*.html"))


def test_printing_gives_the_page_alone(demo, visit):
    page = visit(Way(1280, "light", True)).page
    page.goto(f"{demo.origin}{SEED_PATH}/pages/2")
    page.emulate_media(media="print")
    assert page.locator(".leaf").is_visible()
    for other in (".masthead", ".colophon", ".turning", ".strip", ".cite"):
        assert not page.locator(other).first.is_visible(), other


def test_a_browser_without_svg_is_offered_the_download(demo, visit):
    window = visit(Way(1280, "light", False))
    window.page.route("**/*.svg", lambda route: route.abort())
    window.page.goto(demo.origin + SEED_PATH)
    window.complaints.clear()
    sentence = window.page.get_by_text("This browser does not support PDFs")
    assert sentence.is_visible()
    sentence.get_by_role("link", name="Download PDF").click(trial=True)
    window.page.wait_for_load_state("networkidle")
    window.complaints.clear()
