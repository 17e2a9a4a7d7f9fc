from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

Open = Callable[..., Page]


def _students(page: Page) -> list[str]:
    return page.locator("#students tbody tr:visible th").all_inner_texts()


def _totals(page: Page) -> list[float]:
    cells = page.locator("#students tbody td.total")
    return [float(each) for each in cells.evaluate_all("cells => cells.map(c => c.dataset.sort)")]


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(open_page: Open) -> None:
    page = open_page("index.html")
    button = page.get_by_role("button", name="Total")
    button.click()
    totals = _totals(page)
    graded = [each for each in totals if each >= 0]
    assert graded == sorted(graded)
    assert totals == [*graded, -1]
    heading = page.locator("#students thead th", has=button)
    assert heading.get_attribute("aria-sort") == "ascending"
    button.click()
    assert _totals(page) == [*graded[::-1], -1]
    assert heading.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Student").click()
    names = _students(page)
    assert names[0].startswith("<img")
    assert names[1:] == sorted(names[1:])
    assert heading.get_attribute("aria-sort") is None


def test_sorting_works_from_the_keyboard(open_page: Open) -> None:
    page = open_page("index.html")
    page.get_by_role("button", name="Percent").focus()
    page.keyboard.press("Enter")
    totals = [each for each in _totals(page) if each >= 0]
    assert totals == sorted(totals)


def test_the_search_finds_names_flags_and_misconceptions(open_page: Open) -> None:
    page = open_page("index.html")
    search = page.get_by_role("searchbox")
    search.fill("LOVELACE")
    assert _students(page) == ["ada.lovelace"]
    assert page.locator("#shown").inner_text() == "1 of 35"
    search.fill("no file")
    assert _students(page) == ["fatima.zahra"]
    search.fill("gmax")
    assert "showcase" in _students(page)
    assert 1 < len(_students(page)) < 20
    search.fill("nobody at all")
    assert _students(page) == []
    search.fill("")
    assert len(_students(page)) == 35
    assert page.locator("#shown").inner_text() == ""


def test_without_scripts_the_table_is_just_a_table(open_page: Open) -> None:
    page = open_page("index.html", scripts=False)
    assert len(_students(page)) == 35
    assert page.get_by_role("button").count() == 0
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_role("link", name="ada.lovelace").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "ada.lovelace"


def test_every_students_pages_open_from_the_class_page(open_page: Open, reports: Path) -> None:
    page = open_page("index.html")
    addresses = page.locator("#students a").evaluate_all("links => links.map(a => a.href)")
    assert len(addresses) == 2 * 35
    assert {Path(address.removeprefix("file://")).is_file() for address in addresses} == {True}
    assert all(address.startswith(reports.as_uri()) for address in addresses)


def test_what_could_not_be_graded_is_seen_first(open_page: Open) -> None:
    page = open_page("index.html")
    section = page.get_by_role("region", name="Not gradable: 1 submission")
    assert "chen.wei" in section.inner_text()
    box, scores = section.bounding_box(), page.locator("#scores").bounding_box()
    assert box is not None
    assert scores is not None
    assert box["y"] < scores["y"]
