"""Controlled lists: suggestions while typing, merging and renaming, with script and without."""
import re

from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, Way

SCRIPT = Way(1280, "light", True)
PLAIN = Way(390, "dark", False)


def set_up(server, page):
    page.goto(server.invitation)
    page.locator("[name=name]").fill("hana")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**notice=welcome*")


def add(server, page, title, authors, topics, series=""):
    """Makes a publication by its form, which is as long as it is wide."""
    page.goto(server.origin + "/staff/upload/form")
    page.locator("#title").fill(title)
    page.locator("#authors").fill(authors)
    page.locator("#topics").fill(topics)
    page.locator("#series").fill(series)
    page.locator("#published").fill("2024")
    page.locator("form:has(#title) button:not([type=button])").last.click()
    page.wait_for_load_state()


def is_accessible(page):
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_names_are_picked_with_script(demo, visit):
    window = visit(SCRIPT)
    page = window.page
    set_up(demo, page)
    page.goto(demo.origin + "/authors")
    name = page.locator(".index a bdi, .index a span[dir]").first.inner_text()
    word = max(name.split(), key=len)

    page.goto(demo.origin + "/staff/upload/form")
    authors = page.locator("#authors")
    authors.press_sequentially("Nils Holm\n" + word[:4].lower())
    option = page.get_by_role("option", name=re.compile(re.escape(name))).first
    option.wait_for()
    assert authors.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    is_accessible(page)
    page.keyboard.press("ArrowDown")
    assert authors.get_attribute("aria-activedescendant")
    assert page.get_by_role("status").filter(has_text="Suggestions:").count() == 1
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    authors.press_sequentially(word[4:5])
    option.wait_for()
    option.click()
    assert authors.input_value().split("\n")[0] == "Nils Holm"
    assert authors.input_value().split("\n")[1].startswith(name)

    topics = page.locator("#topics")
    assert topics.get_attribute("role") == "combobox"
    topics.press_sequentially("Fish; kor")
    page.get_by_role("option", name=re.compile("^Korea")).first.wait_for()
    assert topics.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert re.match(r"Fish; Korea", topics.input_value())
    page.locator("#licence").press_sequentially("no deriv")
    page.get_by_role("option", name=re.compile("CC-BY-ND-4.0")).first.click()
    assert page.locator("#licence").input_value() == "CC-BY-ND-4.0"


def test_names_are_merged_and_renamed_without_script(empty, visit):
    window = visit(PLAIN)
    page = window.page
    set_up(empty, page)
    add(empty, page, "Lanterns", "M. Koval", "Ports; Fish", "Sea Papers")
    add(empty, page, "Pilots", "Mira Koval", "Ports")

    # They are found to be nearly the same, shown side by side, and merged.
    page.goto(empty.origin + "/staff/lists/authors?show=duplicates")
    assert not window.is_sideways()
    page.get_by_role("link", name="Compare M. Koval and Mira Koval").click()
    assert "Lanterns" in page.inner_text("main") and "Pilots" in page.inner_text("main")
    assert not window.is_sideways()
    page.get_by_role("button", name="Merge and change 1 publication").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mira Koval"
    assert page.get_by_label("Other names").input_value() == "M. Koval"
    assert page.locator(".records li").count() == 2

    # A wrong ORCID comes back as it was typed.
    page.get_by_label("ORCID").fill("0000-0002-1825-0098")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_label("ORCID").input_value() == "0000-0002-1825-0098"
    assert page.get_by_label("ORCID").get_attribute("aria-invalid") == "true"
    page.get_by_label("ORCID").fill("0000-0002-1825-0097")
    page.get_by_label("Description").fill("Studies harbours.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Save and change 2 publications").click()
    assert page.get_by_text("Saved").first.is_visible()

    # An alias that is typed is saved as the name that stays.
    add(empty, page, "Buoys", "Koval, M.", "ports")
    page.goto(empty.origin + "/staff/lists/authors?q=koval")
    assert page.locator("tbody tr").count() == 1
    assert page.locator("tbody td.figure").inner_text() == "3"

    # Nothing is public yet, so there is no page.
    assert page.goto(empty.origin + "/authors/mira-koval").status == 404
    page.goto(empty.origin + "/staff/lists/topics")
    assert page.locator("tbody tr").count() == 2


def test_lists_are_accessible_in_both_schemes(demo, visit):
    for way in (Way(1280, "light", True), Way(390, "dark", True)):
        window = visit(way)
        page = window.page
        if way.width == 1280:
            cookies = signed_in(demo, page)
        else:
            window.context.add_cookies(cookies)
        for path in ("/staff/lists/authors", "/staff/lists/authors?show=duplicates",
                     "/staff/lists/topics/korea", "/staff/lists/types", "/staff/lists/licences",
                     "/topics/korea"):
            assert page.goto(demo.origin + path).status == 200, path
            assert not window.is_sideways(), path
            is_accessible(page)


def signed_in(server, page):
    """The cookies of the administrator that an earlier test has set up, or of a new one."""
    page.goto(server.origin + "/staff/sign-in")
    page.locator("[name=name]").fill("hana")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    if not page.url.rstrip("/").endswith("/staff"):
        set_up(server, page)
    return page.context.cookies()
