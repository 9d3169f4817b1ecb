"""Administrators give the site its name, colour, logo and languages."""
from program import PASSWORD
import pytest

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><script>document.title = "no"</script>
<circle cx="4" cy="4" r="4" fill="#c00"/></svg>"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_first_administrator_names_the_site(empty, chromium, script):
    context = chromium.new_context(java_script_enabled=script, locale="en")
    page = context.new_page()
    page.goto(empty.invitation)
    page.get_by_label("Name").fill("hana")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_label("Site name").fill("Coastal Studies")
    page.get_by_label("Tagline").fill("Reports on water")
    page.get_by_label("Accent colour").fill("#0055aa")
    page.get_by_label("Logo").set_input_files(
        {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO})
    page.get_by_role("group", name="Languages").get_by_label("Svenska").uncheck()
    page.get_by_role("button", name="Save and upload").click()
    page.wait_for_url("**/staff/upload**")

    reader = chromium.new_page()
    reader.goto(empty.origin)
    assert reader.title() == "Coastal Studies"
    assert reader.get_by_text("Reports on water").is_visible()
    assert reader.get_by_role("link", name="Svenska").count() == 0
    source = reader.locator(".logo").first.get_attribute("src")
    assert reader.evaluate("document.querySelector('.logo').naturalWidth") > 0
    link = reader.locator("main a").first
    assert link.evaluate("e => getComputedStyle(e).color") == "rgb(0, 85, 170)"
    reader.goto(empty.origin + source)
    assert "script" not in reader.content()
    context.close()
