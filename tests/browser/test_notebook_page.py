from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Locator, Page

from grader.report import write_reports

Open = Callable[..., Page]
UNFOLD = "all => all.forEach((each) => { each.open = true; })"


def _notebook(page: Page) -> Locator:
    page.get_by_text("The notebook as it was run, 7 cells").click()
    notebook = page.locator("details.notebook")
    notebook.locator(".cell .code").nth(1).wait_for()
    return notebook


def _colour(found: Locator) -> str:
    return str(found.evaluate("each => getComputedStyle(each).color"))


def test_a_teacher_unfolds_the_notebook_and_sees_each_cell_with_its_end(open_page: Open) -> None:
    page = open_page("ta/notebook.html", scripts=False)
    assert not page.locator(".cell").first.is_visible()
    heads = _notebook(page).locator(".cellhead").all_inner_texts()
    assert [" ".join(head.split()) for head in heads] == [
        "Cell [1] ✗ Failed",
        "Cell [2] – Lacked something What it asked for is not there where work is graded.",
        "Cell [3] ✓ Ran",
        "Cell [4] ✓ Ran",
        "Cell [5] ✓ Ran",
        "Cell [6] ■ Stopped It ran into its time limit.",
        "Cell [7] ○ Only definitions run Of this cell, at most imports and definitions were run.",
    ]


def test_a_cell_shows_its_code_what_it_printed_and_why_it_failed(open_page: Open) -> None:
    notebook = _notebook(open_page("ta/notebook.html"))
    cell = notebook.locator(".cell").nth(1)
    assert "from google.colab import drive" in cell.locator(".code").inner_text()
    marked = cell.locator(".line.marked")
    assert marked.evaluate_all("all => all.map(line => line.dataset.n)") == ["2", "3"]
    assert cell.locator(".error").all_inner_texts() == [
        "Line 2: ModuleNotFoundError: No module named 'google'",
        "Line 3: NameError: name 'drive' is not defined",
    ]
    assert _colour(cell.locator(".error").first) == _colour(cell.locator(".badge"))
    failed = notebook.locator(".cell").first
    assert _colour(failed.locator(".error").first) == _colour(failed.locator(".badge"))
    assert cell.get_by_text("Not run here: !pip install torchinfo").is_visible()
    printed = notebook.locator(".cell").nth(2).locator(".shown").all_inner_texts()
    assert printed[:2] == ["half:\n", "tensor(0.5000)"]


def test_a_picture_of_a_cell_is_really_drawn_and_has_words(open_page: Open) -> None:
    page = open_page("ta/notebook.html")
    picture = _notebook(page).get_by_role("img", name="Picture shown by cell [5]")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("img => [img.naturalWidth, img.naturalHeight]") == [64, 40]
    assert picture.get_attribute("alt") == (
        "Picture shown by cell [5]: <Figure size 640x400 with 1 Axes>"
    )


def test_markup_scripts_and_colours_that_a_cell_printed_are_letters(
    open_page: Open, sample: ModuleType
) -> None:
    page = open_page("ta/notebook.html")
    notebook = _notebook(page)
    printed = notebook.locator(".cell").nth(2).locator(".shown").nth(2)
    assert printed.inner_text() == sample.SCRIPT.replace("\x1b", "␛")
    assert notebook.locator(".shown *").count() == 0
    assert page.locator("script").count() == 0
    assert page.evaluate("window.hit") == 0


def test_a_student_sees_how_the_cells_ended_and_where_they_failed(
    open_page: Open, reports: Path
) -> None:
    page = open_page("students/notebook.html", scripts=False)
    tally = page.get_by_role("list", name="How the cells of the notebook ended")
    assert [" ".join(each.split()) for each in tally.locator("li").all_inner_texts()] == [
        "✓ Ran 3 cells",
        "✗ Failed cell [1]",
        "– Lacked something cell [2]",
        "■ Stopped cell [6]",
        "○ Only definitions run cell [7]",
    ]
    assert page.get_by_text("Line 3 of cell [1] could not be run").is_visible()
    assert page.get_by_text("cell [2] could not be run").count() == 0
    assert page.get_by_text("Line 2 of cell [6] was stopped").is_visible()
    assert page.get_by_text("Your notebook, line 2 of cell [4]", exact=True).is_visible()
    text = (reports / "students" / "notebook.html").read_text("utf-8")
    assert "<img" not in text
    assert "img-src" not in text
    assert "tensor(0.5000)" not in text


@pytest.mark.parametrize("copies", [1, 8])
def test_a_page_of_many_cells_and_pictures_opens_and_unfolds(
    browser: Browser, sample: ModuleType, tmp_path: Path, copies: int
) -> None:
    result = sample.large_notebook_result()
    names = [f"exercise{number}" for number in range(copies)]
    results = [sample.renamed(result, name) for name in names]
    write_reports(results, tmp_path, students=[result.student], course_title="Course")
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "ta" / "large.html").as_uri())
    assert page.locator(".cell").count() == 200 * copies
    page.locator("details.notebook").evaluate_all(UNFOLD)
    last = page.locator(".cell img").last
    last.scroll_into_view_if_needed()
    last.evaluate("img => img.decode()")
    assert last.evaluate("img => img.naturalWidth") == 64
    assert page.get_by_text("To keep this page small it does not show").count() == copies
    context.close()
