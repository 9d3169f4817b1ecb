"""Staff: the first administrator, signing in, uploading, editing and withdrawing."""
import re

from conftest import PASSWORD, Way, sample_pdf


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
    page.wait_for_url("**/staff/settings*")

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
    page.goto(empty.origin + "/staff/upload/form")
    assert not window.is_sideways()
    page.locator("input[type=file]").set_input_files(
        {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"only notes"})
    fill_in(page, {"^Title": "Fog over the Harbour", "^Publication date": "2024-05-17"})
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
    page.get_by_role("link", name="Withdraw").click()
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
    """Sends the form that has the title; of its buttons for the next status the first saves."""
    form = page.locator("form:has([name=title])")
    saves = form.locator("button[name=status]")
    (saves if saves.count() else form.locator("button:not([type=button])")).first.click()
    page.wait_for_load_state()


def set_up(server, page):
    """Makes the first administrator, who is then at the desk."""
    page.goto(server.invitation)
    page.locator("[name=name]").fill("hana")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/staff/settings?notice=welcome*")


REPORT = sample_pdf(
    [(24, "Lanterns over the Northern Harbour"), (14, "Mira Koval"), (12, "17 May 2024"),
     (30, ""),
     (11, "Abstract: Pilots of the northern harbour steer by lanterns that were lit a century"),
     (11, "ago, and this paper asks what the lanterns cost, who pays for them and what would"),
     (11, "replace them. It finds that nobody has counted the oil since the war, that two of"),
     (11, "the lanterns have no keeper, and that the pilots would rather keep them all.")],
    [(11, "The harbour was built in the nineteenth century, when the trade in timber grew and the")],
    Title="Lanterns over the Northern Harbour", Author="Mira Koval",
    CreationDate="D:20240517100000Z")


def test_a_blank_draft_is_filled_in_from_its_pdf(empty, visit):
    page = visit(Way(1280, "light", False)).page
    set_up(empty, page)
    page.goto(empty.origin + "/staff/upload/form")
    page.locator("input[type=file]").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": REPORT})
    submit_deposit(page)
    found = page.get_by_text("From page 1")
    for _ in range(60):
        if found.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    # Each with how sure it is and where it was read, and in the form already.
    assert "almost certain" in page.locator(".found").first.inner_text()
    assert page.locator("[name=title]").input_value() == "Lanterns over the Northern Harbour"
    assert page.locator("[name=authors]").input_value() == "Mira Koval"
    assert page.locator("[name=published]").input_value() == "2024-05-17"
    assert "steer by lanterns" in page.locator("[name=abstract]").input_value()
    assert page.locator("[name=language]").input_value() == "en"
    # What is read is only offered: nothing is public, and nothing is kept before it is saved.
    page.get_by_role("button", name="Publish now").click()
    assert "Published. Readers can see it now." in page.inner_text("main")
    page.get_by_role("link", name="View public page").click()
    assert page.locator("h1").inner_text() == "Lanterns over the Northern Harbour"
    assert page.url.endswith("/publications/lanterns-over-the-northern-harbour")


def test_the_desk_speaks_swedish(empty, visit):
    window = visit(Way(390, "dark", False))
    page = window.page
    set_up(empty, page)
    page.goto(empty.origin + "/staff?lang=sv")
    page.get_by_role("button", name="Logga ut").click()
    assert page.locator("html").get_attribute("lang") == "sv"
    assert "Du har loggat ut." in page.inner_text("main")
    fill_in(page, {"^Namn": "hana", "^Lösenord": "fel lösenord"})
    page.get_by_role("button", name="Logga in").click()
    assert "Namnet eller lösenordet är fel." in page.inner_text("main")
    fill_in(page, {"^Lösenord": PASSWORD})
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("link", name="Publikationer", exact=True).click()
    page.get_by_role("link", name="Ladda upp", exact=True).click()
    page.get_by_role("link", name=re.compile("^Fyll i formuläret")).click()
    fill_in(page, {"^Titel": "Dimma över hamnen", "^Publiceringsdatum": "i morgon", "^ISSN": "2049-3631"})
    submit_deposit(page)
    problems = page.get_by_role("alert").inner_text()
    assert "Inte sparat ännu" in problems
    assert "Publiceringsdatum: skriv ett datum" in problems and "ISSN: skriv ett ISSN" in problems
    fill_in(page, {"^Publiceringsdatum": "2024-05-17", "^ISSN": "2049-3630"})
    submit_deposit(page)
    assert "lang=sv" in page.url and "Sparat." in page.inner_text("main")
    assert not window.is_sideways()
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="Händelselogg").click()
    assert "laddade upp" in page.inner_text("main")
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", name="Audit log").is_visible()


def test_what_was_typed_outlives_the_session_and_the_other_editor(empty, visit):
    page = visit().page
    set_up(empty, page)
    page.goto(empty.origin + "/staff/upload/form")
    fill_in(page, {"^Title": "Fog over the Harbour", "^Publication date": "2024-05-17"})
    page.context.clear_cookies()
    submit_deposit(page)
    assert "your form comes back as you left it" in page.inner_text("main")
    fill_in(page, {"^Name": "hana", "^Password": PASSWORD})
    page.get_by_role("button", name="Sign in").click()
    assert page.locator("[name=title]").input_value() == "Fog over the Harbour"
    submit_deposit(page)
    assert page.locator("h1").inner_text() == "Fog over the Harbour"

    # Two editors at once: the second is shown what the first has saved.
    other = page.context.new_page()
    other.goto(page.url)
    fill_in(other, {"^Title": "Fog over Two Harbours"})
    submit_deposit(other)
    fill_in(page, {"^Title": "Mist over the Harbour"})
    submit_deposit(page)
    warning = page.get_by_role("alert").inner_text()
    assert "Someone else changed this record" in warning
    assert "hana" in warning
    assert "Fog over Two Harbours" in page.locator(".merge").inner_text()
    assert page.locator("[name=title]").input_value() == "Mist over the Harbour"
    submit_deposit(page)
    assert page.locator("h1").inner_text() == "Mist over the Harbour"
