"""Uploading: many PDFs at once with and without script, in parts, and after interruptions."""
import re
import time

import pytest
from conftest import PASSWORD, Way, sample_pdf
from playwright.sync_api import expect

PLAIN = Way(1280, "light", False)
PHONE = Way(390, "dark", True)
DESKTOP = Way(1280, "light", True)


def sign_up(window, server):
    page = window.page
    page.goto(server.invitation)
    page.get_by_label(re.compile("^(User )?[Nn]ame")).fill("hana")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    with page.expect_navigation(url=lambda url: "set-up" not in url):
        page.locator("main").get_by_role("button").first.click()
    return page


def files(count, padding=0):
    # What varies is not deflated, so that each is as large as it is meant to be.
    return [{
        "name": f"study_{number:03}.pdf", "mimeType": "application/pdf",
        "buffer": sample_pdf(
            [(22, f"Lanterns of Harbour {number}"), (12, "Some text")],
            Title=f"Lanterns of Harbour {number}") + b"%" + bytes([48 + number % 10]) * padding,
    } for number in range(count)]


def forget_lost_connections(window):
    """The browser logs them; they are what the test is about."""
    window.complaints[:] = [line for line in window.complaints if "ERR_" not in line]


def drafts(page):
    return page.locator(".upload-queue li[data-state=draft]")


def test_without_script_each_pdf_becomes_a_draft(empty, visit):
    window = visit(PLAIN)
    page = sign_up(window, empty)
    page.goto(empty.origin + "/staff/upload")
    page.locator("input[type=file]").set_input_files(
        files(3) + [{"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"notes"}])
    page.locator("main form.drop-zone button").click()
    page.wait_for_url("**/staff/upload*")
    assert page.get_by_text("Draft created:").count() == 3
    assert page.get_by_text("This file is not a PDF").count() == 1
    assert not window.is_sideways()
    page.get_by_role("link", name=re.compile("study 001|Lanterns of Harbour 1")).click()
    # The date of the upload is not the date of publication.
    assert page.locator("#published").input_value() == ""


@pytest.mark.parametrize("way", [DESKTOP, PHONE], ids=str)
def test_forty_dropped_at_once(empty, visit, way):
    window = visit(way)
    page = sign_up(window, empty)
    page.goto(empty.origin + "/staff")
    page.locator("form.drop-zone input[type=file]").set_input_files(files(40))
    expect(drafts(page)).to_have_count(40, timeout=60_000)
    page.get_by_text("40 of 40 files done").wait_for()
    assert not window.is_sideways()
    # Named by what was read, once it was.
    page.get_by_role("link", name="Lanterns of Harbour 7", exact=True).wait_for(timeout=60_000)
    page.goto(empty.origin + "/staff/upload")
    assert page.get_by_text("Draft created:").count() == 40


def test_files_can_be_dropped(empty, visit):
    page = sign_up(visit(DESKTOP), empty)
    page.goto(empty.origin + "/staff")
    data = page.evaluate_handle(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "dropped.pdf"));
          return data;
        }""", list(sample_pdf("Dropped")))
    page.dispatch_event("form.drop-zone", "drop", {"dataTransfer": data})
    drafts(page).first.wait_for()


def test_a_large_file_pauses_and_continues(empty, visit):
    window = visit(DESKTOP)
    page = sign_up(window, empty)
    page.goto(empty.origin + "/staff/upload")
    # Slow enough to be paused on its way.
    devtools = window.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 0, "downloadThroughput": -1,
        "uploadThroughput": 6 * 1024 * 1024})
    page.locator("input[type=file]").set_input_files(files(1, padding=20 << 20))
    page.locator(".upload-queue .outcome", has_text=re.compile(r"^[4-9]\.")).wait_for()
    page.get_by_role("button", name=re.compile("^Pause: ")).click()
    page.get_by_text("Paused").wait_for()
    assert drafts(page).count() == 0
    # A lost connection, too.
    page.get_by_role("button", name=re.compile("^Resume: ")).click()
    devtools.send("Network.emulateNetworkConditions", {
        "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    page.get_by_text("Connection lost").wait_for()
    devtools.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    drafts(page).first.wait_for(timeout=60_000)
    forget_lost_connections(window)


def test_nothing_is_lost_over_a_kill(empty, visit):
    window = visit(DESKTOP)
    page = sign_up(window, empty)
    page.goto(empty.origin + "/staff/upload")
    page.locator("input[type=file]").set_input_files(files(16, padding=1 << 20))
    drafts(page).nth(3).wait_for(timeout=60_000)
    empty.kill()
    empty.start_again()
    expect(drafts(page)).to_have_count(16, timeout=120_000)
    page.goto(empty.origin + "/staff/upload")
    assert page.get_by_text("Draft created:").count() == 16
    forget_lost_connections(window)


def test_the_pdf_of_a_form_outlasts_the_session(empty, visit):
    window = visit(DESKTOP)
    page = sign_up(window, empty)
    page.goto(empty.origin + "/staff/upload/form")
    page.locator("input[type=file]").set_input_files(files(1)[0])
    page.get_by_text("is uploaded and will be saved with this form").wait_for()
    page.get_by_label(re.compile("^Title")).first.fill("Fog over the Harbour")
    page.get_by_label(re.compile("^Publication date")).first.fill("2024-05-17")
    window.context.clear_cookies()
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_label(re.compile("^(User )?[Nn]ame")).fill("hana")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_label(re.compile("^Title")).first.input_value() == "Fog over the Harbour"
    assert "study_000.pdf" in page.inner_text("main")
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url(re.compile("/staff/publications/fog-over-the-harbour"))
    assert "study_000.pdf" in page.inner_text("main")


def test_the_notice_goes_when_the_pdf_was_read(empty, visit):
    page = sign_up(visit(DESKTOP), empty)
    page.goto(empty.origin + "/staff/upload")
    page.locator("input[type=file]").set_input_files(files(1)[0])
    drafts(page).first.get_by_role("link").click()
    expect(page.locator("#title")).to_have_value("Lanterns of Harbour 0", timeout=30_000)
    assert not page.locator("[data-extraction]").count()


def test_a_draft_becomes_a_new_version(empty, visit):
    window = visit(PHONE)
    page = sign_up(window, empty)
    text = [(12, f"Line {number} of a report about fog and lanterns in harbours {number * 37}")
            for number in range(40)]
    page.goto(empty.origin + "/staff/upload")
    for name, tail in (("first.pdf", "one"), ("second.pdf", "two")):
        page.locator("input[type=file]").set_input_files({
            "name": name, "mimeType": "application/pdf",
            "buffer": sample_pdf([(22, "Fog over the Harbour"), *text], tail)})
        page.locator(".upload-queue li[data-state=draft]").filter(has_text=name).wait_for()
    deadline = time.monotonic() + 40
    page.goto(empty.origin + "/staff/duplicates")
    while not page.locator("ol.entries li").count() and time.monotonic() < deadline:
        time.sleep(0.5)
        page.reload()
    page.locator("ol.entries h2 a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Compare two publications"
    assert not window.is_sideways()
    page.get_by_label(re.compile("^What changed")).fill("Corrected table 3")
    page.get_by_role("button", name="Make it the new version").click()
    page.get_by_text("The PDF is the current version now").wait_for()
    page.goto(empty.origin + "/staff/duplicates")
    assert page.get_by_text("No drafts look like another publication").is_visible()
