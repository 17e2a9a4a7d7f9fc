from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from grader.errors import StoreError
from grader.report import write_reports


def test_a_class_becomes_a_folder_whose_links_all_lead_somewhere(
    sample: ModuleType, tmp_path: Path
) -> None:
    results = (*sample.sample_class(), *sample.student_results("../Zoë Ω"))
    students = {result.student for result in results}
    index = write_reports(
        iter(results),
        tmp_path / "run",
        students=students,
        course_title="Course",
        exercises=sample.EXERCISES,
    )
    assert index == tmp_path / "run" / "index.html"
    for kind in ("students", "ta"):
        assert len(list((index.parent / kind).iterdir())) == len(students)
    assert {path.parent.name for path in tmp_path.rglob("*.html")} == {"run", "students", "ta"}
    for page in index.parent.rglob("*.html"):
        for address in re.findall(r'href="([^"#]*)"', page.read_text("utf-8")):
            assert (page.parent / address).is_file()


def test_exercises_stand_in_the_courses_order(sample: ModuleType, tmp_path: Path) -> None:
    results = sample.student_results("ada")[::-1]
    write_reports(
        results, tmp_path, students=["ada"], course_title="Course", exercises=sample.EXERCISES
    )
    page = (tmp_path / "students" / "ada.html").read_text("utf-8")
    places = [page.index(f">{sample.TITLES[each]}</h2>") for each in sample.EXERCISES]
    assert places == sorted(places)


def test_writing_again_replaces_pages_and_leaves_no_scraps(
    sample: ModuleType, tmp_path: Path
) -> None:
    results = sample.student_results("ada")
    write_reports(results, tmp_path, students=["ada"], course_title="First", exercises=())
    write_reports(results, tmp_path, students=["ada"], course_title="Second", exercises=())
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html"))
    assert files == ["index.html", "students/ada.html", "ta/ada.html"]
    assert "Second" in (tmp_path / "students" / "ada.html").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_explained(sample: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "students").write_text("a file in the way")
    with pytest.raises(StoreError, match=r"students/ada\.html cannot be written: .*grade report"):
        write_reports(
            sample.student_results("ada"), tmp_path, students=["ada"], course_title="Course"
        )
