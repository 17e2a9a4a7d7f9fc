from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from playwright.sync_api import Page

from grader.records import Visibility

Open = Callable[..., Page]


def test_a_students_page_reveals_nothing_of_a_hidden_test(
    open_page: Open, sample: ModuleType
) -> None:
    page = open_page("students/showcase.html")
    text = page.content()
    hidden = [
        test
        for result in sample.student_results()
        for test in result.tests
        if test.visibility is not Visibility.VISIBLE and test.finding
    ]
    assert len(hidden) > 5
    assert "7.0-29.05" not in text
    assert "4815162342" not in text
    assert "debug:" not in text
    # Every place that shows the value belongs to a test that is open to students.
    visible = {
        test.title
        for result in sample.student_results()
        for test in result.tests
        if test.visibility is Visibility.VISIBLE
    }
    cards = page.locator("article.card", has_text=sample.SECRET_VALUE)
    titles = cards.locator("h4").evaluate_all("all => all.map(h => h.textContent.trim())")
    assert titles
    assert set(titles) <= visible
    shown = "".join(cards.evaluate_all("all => all.map(card => card.outerHTML)"))
    assert text.count(sample.SECRET_VALUE) == shown.count(sample.SECRET_VALUE)


def test_a_students_page_is_whole_without_scripts_and_has_none(
    open_page: Open, reports: Path
) -> None:
    page = open_page("students/showcase.html", scripts=False)
    assert "<script" not in (reports / "students" / "showcase.html").read_text("utf-8")
    summary = page.get_by_text("3 tests passed").first
    folded = page.get_by_text("makes two columns")
    assert not folded.is_visible()
    summary.click()
    assert folded.is_visible()


def test_what_failed_is_explained_before_what_passed(open_page: Open) -> None:
    page = open_page("students/showcase.html")
    function = page.get_by_role("region", name="make_deliveries")
    card, passed = function.locator("article").first, function.locator("details.passed")
    above, below = card.bounding_box(), passed.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    text = card.inner_text()
    assert "Different answer" in text
    assert "The numbers are stored as whole numbers." in text
    assert "What dtype does torch choose for a list of ints" in text


def test_a_verdict_is_a_word_and_a_sign_and_not_only_a_colour(open_page: Open) -> None:
    page = open_page("students/showcase.html")
    badges = page.locator(".badge").all_inner_texts()
    assert {each.split(maxsplit=1)[0] for each in badges} == {"✗", "○", "–"}
    assert all(len(each.split(maxsplit=1)[1]) > 4 for each in badges)


def test_the_teachers_page_marks_the_lines_that_findings_point_at(open_page: Open) -> None:
    page = open_page("ta/showcase.html")
    source = page.get_by_text("The file as handed in").first
    source.click()
    marked = page.locator("details[open] .line.marked")
    assert marked.evaluate_all("all => all.map(line => line.dataset.n)") == ["6", "20"]
    assert page.get_by_text("grade run tensors.py --exercise tensors").is_visible()


def test_a_line_of_the_contents_leads_to_its_function(open_page: Open) -> None:
    page = open_page("students/showcase.html")
    page.get_by_role("navigation", name="Exercises").get_by_role("link", name="softmax").click()
    assert page.url.endswith("#e3-f5")
    assert page.locator(":target h3").inner_text().startswith("✗")
