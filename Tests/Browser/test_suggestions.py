"""Suggestions while typing, by the combobox pattern of WAI-ARIA; a plain field without script."""
import pytest
from conftest import Way


def combobox(page):
    return page.get_by_role("combobox").first


def type_and_wait(page, text):
    field = combobox(page)
    field.fill(text)
    page.get_by_role("listbox").first.wait_for()
    return field


def test_keys_choose_a_suggestion(demo, visit):
    page = visit().page
    page.goto(demo.origin + "/publications")
    field = combobox(page)
    assert field.get_attribute("aria-autocomplete") == "list"
    assert field.get_attribute("aria-expanded") == "false"
    type_and_wait(page, "kor")
    listbox = page.get_by_role("listbox")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-controls") == listbox.get_attribute("id")
    options = listbox.get_by_role("option")
    count = options.count()
    assert count > 1

    def active():
        name = field.get_attribute("aria-activedescendant")
        chosen = listbox.locator("[aria-selected=true]")
        assert chosen.count() == (1 if name else 0)
        assert not name or chosen.get_attribute("id") == name
        return name

    # The focus stays in the field; what is chosen stands in it.
    assert active() is None
    field.press("ArrowDown")
    first = active()
    assert first == options.first.get_attribute("id")
    assert field.input_value() == options.first.get_attribute("data-text")
    assert field.evaluate("field => document.activeElement === field")
    field.press("ArrowDown")
    assert active() == options.nth(1).get_attribute("id")
    field.press("ArrowUp")
    assert active() == first
    # Before the first is what was typed, and before that the last.
    field.press("ArrowUp")
    assert active() is None and field.input_value() == "kor"
    field.press("ArrowUp")
    assert active() == options.last.get_attribute("id")
    # Escape takes it all back.
    field.press("Escape")
    assert active() is None and field.input_value() == "kor"
    assert field.get_attribute("aria-expanded") == "false" and not listbox.is_visible()
    # Enter goes where the chosen one leads; without one it searches.
    type_and_wait(page, "winter")
    field.press("ArrowDown")
    address = page.get_by_role("option").first.get_attribute("data-address")
    field.press("Enter")
    page.wait_for_url(address)
    field = type_and_wait(page, "winter")
    field.press("Enter")
    page.wait_for_url("**/search?q=winter")


def test_a_click_chooses_and_leaving_closes(demo, visit):
    page = visit().page
    page.goto(demo.origin + "/publications")
    field = type_and_wait(page, "winter")
    field.blur()
    page.get_by_role("listbox").wait_for(state="hidden")
    field = type_and_wait(page, "winter")
    option = page.get_by_role("option").first
    address = option.get_attribute("data-address")
    option.click()
    page.wait_for_url(address)


@pytest.mark.parametrize("language, label, kind", [
    ("en", "Search All Site Content", "Topic, "), ("sv", "Sök i allt innehåll", "Ämne, ")])
def test_names_are_in_the_readers_language(demo, visit, language, label, kind):
    page = visit().page
    page.goto(f"{demo.origin}/publications?lang={language}")
    field = type_and_wait(page, "kore")
    assert page.get_by_role("listbox", name=label).is_visible()
    assert page.get_by_role("combobox", name=label).is_visible()
    assert kind in page.get_by_role("listbox").inner_text()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**lang={language}*")


def test_nothing_is_lost_without_script(demo, visit):
    page = visit(Way(1280, "light", False)).page
    page.goto(demo.origin + "/publications")
    assert page.get_by_role("combobox").count() == 0
    field = page.get_by_role("searchbox")
    field.fill("winter")
    field.press("Enter")
    page.wait_for_url("**/search?q=winter")
    assert "Winter Gas" in page.inner_text("main")
