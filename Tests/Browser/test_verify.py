"""Readers check a copy of a PDF and read what changed between versions."""
import json
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Way, sample_pdf, serving
from program import ENVIRONMENT, PROGRAM

LINES = [" ".join(f"word{(line * 8 + word) * 7919 % 100_003}" for word in range(8))
         for line in range(40)]
TITLE = "Quiet Harbours"
SLUG = "/publications/quiet-harbours"


def paper(lines, **properties):
    return sample_pdf([(12, line) for line in lines], **properties)


OLD = paper(LINES)
NEW = paper([line.replace(LINES[9].split()[3], "corrected") for line in LINES])


def problems(page):
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A server with one publication whose PDF has been replaced."""
    folder = tmp_path_factory.mktemp("catalogue")
    for server in serving():
        for file in (OLD, NEW):
            (folder / "harbours.pdf").write_bytes(file)
            (folder / "catalogue.jsonl").write_text(json.dumps({
                "slug": "quiet-harbours", "title": TITLE, "published": "2019-03-04",
                "authors": ["Mira Koval"], "pdf": "harbours.pdf"}) + "\n")
            subprocess.run(
                [PROGRAM, "import", folder / "catalogue.jsonl", "--files", folder,
                 "--data", server.folder], check=True, capture_output=True, env=ENVIRONMENT)
        yield server


def test_a_replaced_file_is_recognised(library, visit, tmp_path):
    for script in (True, False):
        window = visit(Way(390, "light", script))
        page = window.page
        page.goto(library.origin + SLUG)
        page.locator("details.hash summary").click()
        page.locator("details.hash a").click()
        assert page.url == library.origin + "/verify"
        assert not window.is_sideways()
        # Axe needs script.
        assert not script or not problems(page)
        (tmp_path / "mine.pdf").write_bytes(OLD)
        page.set_input_files("#file", tmp_path / "mine.pdf")
        if not script:
            page.get_by_role("button", name="Check").click()
        page.get_by_role("heading", name="This file has been replaced").wait_for()
        # The browser hashed it, or it was uploaded.
        assert page.url.startswith(library.origin + ("/files/" if script else "/verify"))
        assert not window.is_sideways()
        assert not list((library.folder / "incoming").glob("*"))


def test_a_copy_that_was_saved_again_is_recognised(library, visit, tmp_path):
    page = visit(Way(1280, "light", True)).page
    page.goto(library.origin + "/verify")
    assert page.locator("form.verify button").is_hidden()
    (tmp_path / "mine.pdf").write_bytes(paper(
        [line.replace(LINES[9].split()[3], "corrected") for line in LINES], Producer="Another"))
    page.set_input_files("#file", tmp_path / "mine.pdf")
    page.get_by_role("button", name="Upload and compare the text").click()
    page.get_by_role("heading", name="This copy was saved again; its text is ours").wait_for()
    assert page.get_by_role("link", name=TITLE).is_visible()
    page.get_by_role("link", name="Check another file").click()
    (tmp_path / "other.pdf").write_bytes(sample_pdf("Something else"))
    page.set_input_files("#file", tmp_path / "other.pdf")
    page.get_by_role("button", name="Upload and compare the text").click()
    page.get_by_role("heading", name="We don’t know this file").wait_for()


def test_versions_on_a_phone(library, visit):
    window = visit(Way(390, "dark", True))
    page = window.page
    page.goto(library.origin + SLUG)
    page.get_by_role("link", name="What changed").click()
    page.locator("details.changes summary").click()
    assert page.locator("del").inner_text() == LINES[9].split()[3]
    assert page.locator("ins").inner_text() == "corrected"
    assert not window.is_sideways() and not problems(page)
