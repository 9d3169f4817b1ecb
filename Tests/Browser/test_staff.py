"""Staff: the first administrator, signing in, uploading, editing and withdrawing."""
import re

from conftest import PASSWORD, sample_pdf


def fill_in(page, values):
    for label, value in values.items():
        page.get_by_label(re.compile(label)).first.fill(value)


def test_a_day_at_the_desk(empty, visit, way):
    window = visit(way)
    page = window.page

    # The first administrator, by the link that the program printed.
    page.goto(empty.invitation)
    assert not window.is_sideways()
    fill_in(page, {"^(User )?[Nn]ame": "hana"})
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/staff*")

    # Signing out and in.
    if page.get_by_role("button", name="Sign out").count():
        page.get_by_role("button", name="Sign out").click()
    page.goto(empty.origin + "/staff")
    page.wait_for_url("**/staff/sign-in*")
    fill_in(page, {"^(User )?[Nn]ame": "hana"})
    page.locator("input[type=password]").fill("not the password at all")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_label(re.compile("^(User )?[Nn]ame")).input_value() == "hana"
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/staff")
    assert not window.is_sideways()

    # A file that is no PDF: the form again, with what was typed.
    page.goto(empty.origin + "/staff/publications")
    assert not window.is_sideways()
    page.locator("input[type=file]").set_input_files(
        {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"only notes"})
    fill_in(page, {"^Title": "Fog over the Harbour", "^Published": "2024-05-17"})
    submit_deposit(page)
    assert "This file is not a PDF" in page.inner_text("main")
    assert page.get_by_label(re.compile("^Title")).first.input_value() == "Fog over the Harbour"
    assert not window.is_sideways()

    # The PDF itself.
    page.locator("input[type=file]").set_input_files(
        {"name": "fog.pdf", "mimeType": "application/pdf",
         "buffer": sample_pdf("Fog over the harbour", "Lanterns of phosphor")})
    fill_in(page, {
        "^Authors": "Mira Koval", "^Abstract": "What pilots see, and what they do not."})
    page.get_by_label(re.compile("^Status")).select_option("published")
    submit_deposit(page)
    page.goto(empty.origin + "/publications/fog-over-the-harbour")
    assert page.get_by_role("heading", level=1).inner_text() == "Fog over the Harbour"
    assert page.get_by_text("Published May 17, 2024").first.is_visible()

    # Editing.
    page.goto(empty.origin + "/staff/publications/fog-over-the-harbour")
    assert not window.is_sideways()
    fill_in(page, {"^Title": "Fog over Two Harbours"})
    submit_deposit(page)
    page.goto(empty.origin + "/publications/fog-over-the-harbour")
    # A browser may keep what it has seen for a minute.
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Fog over Two Harbours"

    # Withdrawing.
    page.goto(empty.origin + "/staff/publications/fog-over-the-harbour")
    fold = page.locator("details:has(form[action$='/withdraw']) > summary")
    if fold.count():
        fold.click()
    form = page.locator("form[action$='/withdraw']")
    form.get_by_label(re.compile("[Rr]eason")).fill("The second harbour was not there.")
    form.get_by_role("button").click()
    page.wait_for_load_state()
    page.goto(empty.origin + "/publications/fog-over-the-harbour")
    gone = page.reload()
    assert gone.status == 410
    assert "The second harbour was not there." in page.inner_text("main")
    page.goto(empty.origin)
    page.reload()
    assert "Total Index: 0 publications." in page.inner_text("main")


def submit_deposit(page):
    """Sends the form that has the title."""
    form = page.locator("form:has([name=title])")
    form.locator("button:not([type=button])").last.click()
    page.wait_for_load_state()
