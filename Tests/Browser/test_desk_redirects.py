"""Old addresses: the page for editors, and where readers are led."""
import re

from conftest import PASSWORD


def signed_in(empty, page):
    page.goto(empty.invitation)
    page.get_by_label(re.compile("^(User )?[Nn]ame")).first.fill("hana")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/staff/**")


def test_redirects(empty, visit, way):
    window = visit(way)
    page = window.page
    signed_in(empty, page)

    page.goto(empty.origin + "/staff/redirects")
    assert page.get_by_role("heading", level=1).inner_text() == "Redirects"
    assert not window.is_sideways()
    page.locator("summary", has_text="Add a redirect").click()
    page.get_by_label("Old address").first.fill("/browse")
    page.get_by_label("New address").fill("/publications")
    page.get_by_role("button", name="Add redirect").click()
    assert "This is an address of this site" in page.inner_text("main")
    assert page.locator("#old").input_value() == "/browse"
    assert not window.is_sideways()

    page.locator("#old").fill("http://old.example.org/2011/03/Höhe/?utm_source=x")
    page.get_by_role("button", name="Add redirect").click()
    page.get_by_text("The redirect was added.").wait_for()
    assert page.get_by_role("rowheader").inner_text() == "/2011/03/höhe"
    answer = page.request.get(empty.origin + "/2011/03/H%C3%B6he/", max_redirects=0)
    assert answer.status == 301 and answer.headers["location"] == "/publications"

    page.get_by_role("button", name="Delete the redirect of /2011/03/höhe").click()
    page.get_by_text("The redirect was deleted.").wait_for()
    answer = page.request.get(empty.origin + "/2011/03/H%C3%B6he/", max_redirects=0)
    assert answer.status == 404
    assert not window.complaints
