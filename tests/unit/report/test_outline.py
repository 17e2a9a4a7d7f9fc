from __future__ import annotations

from types import ModuleType

from grader.export import grades_csv
from grader.records import to_json
from grader.report import outline, render_class


def test_the_class_page_and_the_grade_book_need_no_more_than_outlines(sample: ModuleType) -> None:
    whole = (*sample.sample_class(), sample.notebook_result("notebook"))
    outlines = [outline(result) for result in whole]
    pages = {result.student: result.student for result in whole}
    assert render_class(outlines, "Course", pages=pages) == render_class(
        whole, "Course", pages=pages
    )
    assert grades_csv(outlines) == grades_csv(whole)


def test_an_outline_weighs_little(sample: ModuleType) -> None:
    result = sample.large_notebook_result()
    assert len(to_json(result)) > 1_000_000
    assert len(to_json(outline(result))) < 12_000
