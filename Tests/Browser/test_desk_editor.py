"""The form of a publication: filled, kept, previewed, published, taken back."""
import re

import pytest
from conftest import Way
from test_staff import REPORT, set_up, submit_deposit

SCRIPT, PLAIN = Way(1440, "light", True), Way(390, "dark", False)


def upload(server, page):
    """A draft whose text has been extracted; the address of its form."""
    page.goto(server.origin + "/staff/upload/form")
    page.locator("input[type=file]").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": REPORT})
    submit_deposit(page)
    page.wait_for_url("**/staff/publications/**")
    for _ in range(80):
        if not page.locator("[data-extraction]").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    return page.url.split("?")[0]


@pytest.mark.parametrize("way", [SCRIPT, PLAIN], ids=str)
def test_from_a_pdf_to_published_and_back(empty, visit, way):
    window = visit(way)
    page = window.page
    set_up(empty, page)
    address = upload(empty, page)
    page.goto(address)
    assert "Ready to publish" in page.inner_text("main")
    assert page.get_by_role("link", name="Add topics").is_visible()
    assert not window.is_sideways()
    # The preview has what is typed, and opens beside the form.
    page.locator("[name=title]").fill("Lanterns <revised>")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").first.click()
    preview = opened.value
    preview.wait_for_load_state()
    assert preview.locator("h1").inner_text() == "Lanterns <revised>"
    assert "Only staff can see this page." in preview.inner_text("body")
    preview.close()
    page.get_by_role("button", name="Publish now").click()
    page.wait_for_url("**notice=published*")
    assert "Published. Readers can see it now." in page.inner_text("main")
    page.get_by_role("button", name="Undo publishing").click()
    page.wait_for_url("**notice=undone*")
    slug = page.url.split("?")[0].rsplit("/", 1)[1]
    assert page.request.get(f"{empty.origin}/publications/{slug}").status == 404
    assert not window.is_sideways()


def test_what_is_typed_survives_a_closed_tab(empty, visit):
    window = visit(SCRIPT)
    page = window.page
    set_up(empty, page)
    address = upload(empty, page)
    page.goto(address)
    page.locator("[name=number]").fill("17 b")
    page.get_by_text(re.compile("What you typed was kept at")).wait_for()
    other = page.context.new_page()
    page.close()
    other.goto(address)
    assert other.locator("[name=number]").input_value() == "17 b"
    assert "It is not saved yet." in other.inner_text("main")
    other.get_by_role("button", name="Discard").click()
    other.wait_for_load_state()
    assert other.locator("[name=number]").input_value() == ""


@pytest.mark.parametrize("way", [SCRIPT, PLAIN], ids=str)
def test_a_comment_goes_with_the_button(empty, visit, way):
    window = visit(way)
    page = window.page
    set_up(empty, page)
    page.goto(upload(empty, page))
    page.get_by_text("Review and comments").click()
    page.get_by_label("Comment").fill("Is table 2 right?")
    page.get_by_label("Reviewer").select_option(label="hana")
    page.get_by_role("button", name="Send for review").click()
    page.wait_for_url("**notice=sent-for-review*")
    main = page.inner_text("main")
    assert "Is table 2 right?" in main and "Assigned to hana" in main
    page.get_by_text("Schedule…").click()
    page.get_by_label("Publish on").fill("2101-03-04T09:30")
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.wait_for_url("**notice=scheduled*")
    page.goto(empty.origin + "/staff/schedule")
    assert "March 4, 2101, 09:30 UTC" in page.inner_text("main")
    page.get_by_role("button", name=re.compile("^Cancel publication")).click()
    page.wait_for_url("**notice=schedule-cancelled*")
    assert "Nothing is scheduled." in page.inner_text("main")
    assert not window.is_sideways()
