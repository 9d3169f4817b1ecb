"""Readers: at every width, in both colour schemes, with and without script."""
import re

SEED = "Russia and the Koreas: Past Policies and Future Possibilities"
SEED_PATH = "/publications/russia-and-the-koreas-past-policies-and-future-possibilities"


def test_from_the_home_page_to_a_publication(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin)
    assert re.search(r"Total Index: \d+ publications\.", page.inner_text("main"))
    assert not window.is_sideways()
    page.get_by_role("link", name="All publications").first.click()
    page.get_by_role("link", name=SEED).first.click()
    assert page.url == demo.origin + SEED_PATH
    assert page.get_by_role("heading", level=1).inner_text() == SEED
    assert page.get_by_text("Published February 25, 2010").first.is_visible()
    assert page.locator("object, iframe, embed").count() == 1
    assert not window.is_sideways()


def test_download(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin + SEED_PATH)
    link = page.get_by_role("link", name="Download PDF").first
    assert link.is_visible()
    answer = window.context.request.get(demo.origin + link.get_attribute("href"))
    assert answer.ok and answer.body().startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"


def test_search(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin)
    box = page.get_by_label("Search All Site Content").first
    box.fill("korea")
    box.press("Enter")
    page.wait_for_url("**/search?q=korea*")
    results = page.locator("main")
    assert results.get_by_role("link", name=SEED).first.is_visible()
    assert results.locator("mark").count() > 0
    assert page.get_by_label("Search All Site Content").first.input_value() == "korea"
    assert not window.is_sideways()
    results.get_by_role("link", name=SEED).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == SEED


def test_a_search_without_results_says_so(demo, visit, way):
    page = visit(way).page
    answer = page.goto(demo.origin + "/search?q=xyzzyplugh")
    assert answer.status == 200
    assert "xyzzyplugh" in page.inner_text("main") + page.locator("#q").first.input_value()
    assert page.locator("mark").count() == 0


def test_browsing_by_year(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin + "/publications")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not window.is_sideways()
    page.goto(demo.origin + "/browse")
    page.get_by_role("link", name=re.compile("^2010")).first.click()
    assert "2010" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("link", name=SEED).first.is_visible()


def test_what_is_not_there(demo, visit, way):
    window = visit(way)
    answer = window.page.goto(demo.origin + "/publications/not-here")
    assert answer.status == 404
    assert window.page.get_by_label("Search All Site Content").first.is_visible()
    assert not window.is_sideways()


def test_subscribing_confirming_and_leaving(demo, visit, way):
    window = visit(way)
    page = window.page
    address = f"reader-{way}@example.org"
    page.goto(demo.origin)
    form = page.get_by_role("region", name="Subscribe to our Mailing List!")
    form.get_by_label("Email address").fill(address)
    form.get_by_role("button", name="Subscribe").click()
    page.wait_for_url("**/subscribe*")
    assert page.get_by_role("heading", level=1).is_visible()
    message = demo.message_to(address)
    page.goto(demo.origin + re.search(r"/subscribe/confirm/[\w-]+", message).group())
    page.locator("main").get_by_role("button").first.click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert not window.is_sideways()
    page.get_by_role("link", name="Unsubscribe").click()
    page.locator("main").get_by_role("button").first.click()
    assert "unsubscribed" in page.get_by_role("heading", level=1).inner_text()


def test_following_a_topic_and_changing_it(demo, visit, way):
    window = visit(way)
    page = window.page
    address = f"follower-{way}@example.org"
    page.goto(demo.origin + "/publications?topic=Korea")
    page.get_by_role("link", name="Follow by email").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Follow Korea"
    page.get_by_label("Email address").fill(address)
    page.get_by_label("How often").select_option(label="Once a month")
    page.get_by_role("button", name="Subscribe").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Check your email"
    message = demo.message_to(address)
    page.goto(demo.origin + re.search(r"/subscribe/confirm/[\w-]+", message).group())
    assert page.get_by_text("Once a month").is_visible()
    page.get_by_role("button", name="Confirm subscription").click()
    page.get_by_role("link", name="Change what you follow").click()
    assert page.get_by_label("How often: Korea").input_value() == "monthly"
    assert not window.is_sideways()
    page.get_by_label("How often: Korea").select_option(label="Once a week")
    page.get_by_role("button", name="Save: Korea").click()
    assert page.get_by_role("status").inner_text() == "Saved."
    assert page.get_by_label("How often: Korea").input_value() == "weekly"
    page.get_by_role("button", name="Erase my data").click()
    page.get_by_role("button", name="Erase my data").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your data has been erased"
    assert not window.context.cookies()


def test_the_text_of_a_publication(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin + SEED_PATH)
    page.get_by_role("link", name="Read as text").first.click()
    assert page.url == demo.origin + SEED_PATH + "/text"
    assert page.get_by_role("heading", level=1).inner_text() == SEED
    assert page.locator("#p1").count() == 1
    assert page.locator("#p2").get_attribute("href").endswith("/pages/2")
    assert not window.is_sideways()
    box = page.get_by_role("searchbox", name="Find in this document")
    box.fill("Vladivostok")
    box.press("Enter")
    page.wait_for_url("**/text?find=Vladivostok")
    hit = page.locator(".finds a").first
    hit.click()
    assert page.locator(page.url[page.url.index("#"):]).inner_text() == "Vladivostok"
    assert not window.is_sideways()


def test_a_language_is_chosen_and_kept(demo, visit, way):
    window = visit(way)
    page = window.page
    page.goto(demo.origin)
    page.get_by_role("link", name="Svenska").click()
    page.get_by_role("link", name="Alla publikationer").first.click()
    page.get_by_role("link", name=SEED).first.click()
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.get_by_text("Publicerad 25 februari 2010").first.is_visible()
    assert page.get_by_role("link", name="Ladda ner PDF").first.is_visible()
    assert not window.context.cookies()
    page.get_by_role("link", name="English").click()
    assert page.get_by_text("Published February 25, 2010").first.is_visible()


def test_citations_are_copied(demo, visit):
    page = visit().page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(demo.origin + SEED_PATH)
    page.get_by_text("Cite this publication").click()
    page.get_by_role("button", name="Copy: APA").click()
    assert "(2010)" in page.evaluate("navigator.clipboard.readText()")
    assert page.get_by_role("link", name="BibTeX").is_visible()


def test_choices_are_taken_back(demo, visit, way):
    page = visit(way).page
    page.goto(demo.origin + "/publications?topic=Korea&year=2010")
    assert page.locator(".entries > li").count() == 1
    page.get_by_role("link", name="Remove filter: 2010").click()
    assert page.url == demo.origin + "/publications?topic=Korea"
    assert page.locator(".entries > li").count() > 1
    page.get_by_role("link", name="Title", exact=True).click()
    titles = page.locator(".entries h2").all_inner_texts()
    assert page.url.endswith("sort=title") and len(titles) > 1
