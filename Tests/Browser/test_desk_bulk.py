"""Staff: the list of publications, its filters, and edits of many at once."""
import json
import subprocess

import pytest
from conftest import Way, sample_pdf
from program import ENVIRONMENT, PROGRAM
from test_staff import set_up


def stock(server, page, folder):
    """Signs in, and imports 70 publications, of which 60 are on harbours."""
    set_up(server, page)
    catalogue = folder / "catalogue.jsonl"
    catalogue.write_text("".join(
        json.dumps({
            "title": f"{'Harbour' if number < 60 else 'River'} number {number:02}",
            "published": f"{1990 + number % 20}", "authors": ["Zoë Ångström"],
            "topics": ["Sea"], "series": "Briefs" if number % 2 else "",
            "abstract": "What pilots see.",
        }) + "\n" for number in range(70)))
    subprocess.run(
        [PROGRAM, "import", catalogue, "--data", server.folder, "--no-extract"], check=True,
        env=ENVIRONMENT, capture_output=True)


def titles(page):
    return page.locator(".desk-table tbody th a").all_inner_texts()


def preview(page, change, value=""):
    page.get_by_label("What to change").select_option(change)
    if value:
        page.get_by_label("Value", exact=True).fill(value)
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url("**/staff/bulk/*")


def test_publications_are_found_edited_and_changed_back(empty, visit, way, tmp_path):
    window = visit(way)
    page = window.page
    stock(empty, page, tmp_path)

    # The filters are in the address.
    page.goto(empty.origin + "/staff/publications")
    assert "70 publications" in page.inner_text("main")
    page.get_by_role("searchbox").fill("angstrom HARBOUR")
    page.get_by_role("button", name="Find").click()
    assert "60 publications" in page.inner_text("main")
    page.get_by_text("More filters and sorting").click()
    page.get_by_label("Series", exact=True).last.check()
    page.get_by_label("Sort by").select_option("title")
    page.get_by_label("Publications per page").select_option("25")
    page.get_by_role("button", name="Apply").click()
    assert "missing=series" in page.url and "q=angstrom" in page.url
    assert "30 publications" in page.inner_text("main")
    assert titles(page)[:2] == ["Harbour number 00", "Harbour number 02"]
    assert not window.is_sideways()
    page.get_by_role("link", name="Remove the filter “Missing: Series”").click()
    assert "60 publications" in page.inner_text("main")

    # What is ticked stays ticked on the other pages.
    page.get_by_label("Select “Harbour number 03”").check()
    page.get_by_role("button", name="Next").click()
    assert titles(page)[0] == "Harbour number 25"
    page.get_by_label("Select “Harbour number 30”").check()
    if way.script:
        assert page.locator(".desk-bar [role=status]").inner_text() == "2 selected"
    page.get_by_role("button", name="Edit selected").click()
    assert "2 publications selected" in page.inner_text("main")
    assert not window.is_sideways()
    preview(page, "topics.add", "Beacons")
    assert "2 publications will change" in page.inner_text("main")
    assert "Sea\nBeacons" in page.inner_text("main")
    assert not window.is_sideways()
    page.get_by_role("button", name="Change 2 publications").click()
    assert "2 publications changed by hana" in page.inner_text("main")

    # Everything that matches, which is more than a page.
    page.goto(empty.origin + "/staff/publications?q=harbour&size=25")
    page.get_by_role("button", name="Edit all 60 that match").click()
    preview(page, "series.set", "Harbour Papers")
    assert "60 publications will change" in page.inner_text("main")
    assert "The first 50 of 60" in page.inner_text("main")
    page.get_by_role("button", name="Change 60 publications").click()
    page.get_by_role("link", name="Show these publications").click()
    assert "60 publications" in page.inner_text("main")
    page.go_back()
    page.get_by_role("button", name="Undo").click()
    assert "60 publications changed back by hana" in page.inner_text("main")
    page.get_by_role("link", name="All bulk edits").click()
    assert page.get_by_role("cell", name="Undone", exact=True).count() == 1
    assert page.get_by_role("cell", name="Can be undone", exact=True).count() == 1
    assert not window.is_sideways()
    page.goto(empty.origin + "/staff/publications?series=Briefs")
    assert "35 publications" in page.inner_text("main")


def test_a_run_is_ticked_with_the_shift_key(empty, visit, tmp_path):
    page = visit().page
    stock(empty, page, tmp_path)
    page.goto(empty.origin + "/staff/publications?sort=title&size=25")
    page.get_by_label("Select “Harbour number 03”").click()
    page.get_by_label("Select “Harbour number 09”").click(modifiers=["Shift"])
    status = page.locator(".desk-bar [role=status]")
    assert status.inner_text() == "7 selected"
    page.get_by_label("Select all on this page").check()
    assert status.inner_text() == "25 selected"
    page.get_by_label("Select “Harbour number 03”").uncheck()
    assert status.inner_text() == "24 selected"


@pytest.mark.parametrize("change, value, message", [
    ("", "", "Choose what to change."),
    ("language.set", "not a language", "not a language"),
    ("published.set", "2011-02-30", "Publication date"),
    ("topics.add", "", "Topics"),
])
def test_a_change_that_cannot_be_made_is_explained(empty, visit, tmp_path, change, value, message):
    page = visit(Way(1280, "light", False)).page
    stock(empty, page, tmp_path)
    page.goto(empty.origin + "/staff/bulk/edit?q=river&all=1")
    # Browsers without the attribute send it.
    page.locator("#bulk-change").evaluate("field => field.required = false") if not change else None
    page.get_by_label("What to change").select_option(change)
    page.get_by_label("Value", exact=True).fill(value)
    page.get_by_role("button", name="Preview").click()
    assert message in page.get_by_role("alert").inner_text()
    assert "10 publications selected" in page.inner_text("main")
    assert page.get_by_label("Value", exact=True).input_value() == value


def test_a_catalogue_is_checked_before_it_is_imported(empty, visit, way):
    window = visit(way)
    page = window.page
    set_up(empty, page)
    page.goto(empty.origin + "/staff/import")
    assert not window.is_sideways()
    table = ("Name;Wann;Verfasser;Datei\nGrüne Häfen;25.02.2010;Mira Koval;scans/quiet.pdf\n"
             "Ohne Datum;;Bo Ek;\nFlüsse;2011;Bo Ek;\n")
    page.get_by_label("Catalogue").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")})
    page.get_by_label("PDFs").set_input_files(
        {"name": "Quiet.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("Quiet")})
    page.get_by_role("button", name="Upload").click()

    # The columns: what was not guessed is chosen.
    page.wait_for_url("**/staff/import/1")
    assert "Windows-1252" in page.inner_text("main")
    assert page.get_by_label("Verfasser").input_value() == "authors"
    page.get_by_label("Name", exact=True).select_option("title")
    page.get_by_label("Wann").select_option("published")
    assert not window.is_sideways()
    page.get_by_role("button", name="Check").click()
    page.get_by_text("Would be new: 2").wait_for()
    assert "“published” is missing" in page.inner_text("main")
    assert not window.is_sideways()

    # Nothing is imported unless somebody asks for the good lines.
    page.get_by_label("Import the good lines").check()
    page.get_by_role("button", name="Import 2 publications").click()
    page.get_by_text("New publications added: 2").wait_for()
    errors = page.context.request.get(empty.origin + "/staff/import/1/errors.csv")
    assert errors.text().splitlines()[1].startswith("3,")
    page.goto(empty.origin + "/staff/publications?status=draft")
    assert "2 publications" in page.inner_text("main")
