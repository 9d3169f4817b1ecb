"""The dashboard's numbers, statistics, the handbook and keyboard shortcuts."""
import pytest
from conftest import Way
from test_desk_quality import desk  # noqa: F401


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request, desk, visit):  # noqa: F811
    window = visit(Way(1280, "light", request.param))
    window.context.add_cookies(desk.cookies["administrator"])
    window.page.goto(desk.origin + "/staff")
    window.page.has_script = request.param
    window.page.origin = desk.origin
    return window.page


def test_every_number_leads_to_its_list(page):
    tasks = page.locator(".tasks a")
    assert tasks.count() >= 3
    for address in tasks.evaluate_all("all => all.map(link => link.href)"):
        assert page.goto(address).status == 200
        assert page.locator("main a[href^='/staff/publications/']").count() >= 1


def test_statistics_by_topic_of_last_year_and_of_one_topic(page):
    page.goto(page.origin + "/staff/statistics")
    page.get_by_role("link", name="By topic", exact=True).click()
    page.locator("tbody th a").first.click()
    assert page.locator("#rows").inner_text() == "By month"
    assert page.locator("svg.bars rect").count() > 5
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all as CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("Month,Total_Item_Investigations") and len(lines) > 5


def test_the_handbook_is_searched_and_read(page):
    page.goto(page.origin + "/staff/handbook")
    page.locator("main input[type=search]").fill("mailing digest")
    page.locator("main form button").click()
    link = page.locator("main ol a").first
    title = link.inner_text()
    link.click()
    assert page.locator("h1").inner_text() == title
    page.goto(page.origin + "/staff/handbook?q=xyzzyplugh")
    assert page.get_by_role("status").count() == 1


def test_shortcuts(page):
    dialog = page.locator("#shortcuts")
    if not page.has_script:
        assert not dialog.is_visible() and not page.locator(".shortcuts-button").is_visible()
        return
    page.keyboard.press("?")
    assert dialog.is_visible()
    assert dialog.locator("kbd").count() > 6
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/staff/statistics")
    # Not while somebody types.
    page.locator("#from").fill("")
    page.locator("#from").press_sequentially("gh?")
    assert page.url.endswith("/staff/statistics") and not dialog.is_visible()
    # They are turned off, and on again with the button.
    page.locator(".shortcuts-button button").click()
    page.locator("#use-shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert not dialog.is_visible()
    page.goto(page.origin + "/staff/handbook")
    page.keyboard.press("?")
    assert not dialog.is_visible()
    page.locator(".shortcuts-button button").click()
    page.locator("#use-shortcuts").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.locator(":focus").get_attribute("type") == "search"
