from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from grader.report import page_names
from grader.report.text import (
    bytes_text,
    count_text,
    moment_text,
    points_text,
    seconds_text,
    visible,
    visible_text,
    with_code,
)

ANYTHING = st.text(st.characters(codec=None))  # lone surrogates too


@given(ANYTHING)
def test_no_control_character_or_bidi_override_survives(text: str) -> None:
    shown = visible_text(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n"]
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f\u061c")
    assert visible_text(shown) == shown


def test_the_invisible_is_shown_by_name_and_ordinary_text_stays() -> None:
    assert visible("\x1b[31m\x00") == "␛[31m␀"
    assert visible("a\u202eb\x9b") == "a[U+202E]b[U+009B]"
    assert visible("Zoë, 中文, \U0001f469\u200d\U0001f680, می\u200cخواهم\t\n") == (
        "Zoë, 中文, \U0001f469\u200d\U0001f680, می\u200cخواهم\t\n"
    )
    assert visible(7) == 7


def test_our_own_markup_passes_unchanged() -> None:
    markup = Markup("<b>\u200b</b>")
    assert visible(markup) is markup


@given(st.lists(ANYTHING, unique=True))
def test_every_student_has_a_file_name_that_any_disk_takes(students: list[str]) -> None:
    names = page_names(students)
    assert list(names) == students
    assert len({name.casefold() for name in names.values()}) == len(students)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", name)
        assert not name.endswith(".")


@pytest.mark.parametrize("student", ["ada.lovelace", "A-1_b", "s1234567", "index"])
def test_a_plain_id_is_its_own_file_name(student: str) -> None:
    assert page_names([student]) == {student: student}


@pytest.mark.parametrize(
    "student", ["../../etc/passwd", "..", ".hidden", "-rf", "CON", "nul.txt", "a/b", "x" * 300, ""]
)
def test_a_dangerous_id_gets_a_name_with_a_digest(student: str) -> None:
    name = page_names([student])[student]
    assert re.fullmatch(r"[A-Za-z0-9-]+-[0-9a-f]{12}", name)


def test_names_that_differ_in_case_only_get_two_files() -> None:
    names = page_names(["Ada", "ada"])
    assert names["Ada"] == "Ada"
    assert names["ada"] != "ada"


def test_points_are_written_as_people_write_them() -> None:
    assert [points_text(p) for p in (2.0, 1.5, 2 / 3, 0.0, None)] == ["2", "1.5", "0.67", "0", "–"]
    assert points_text(2.0, 2) == "2.00"
    assert points_text(10.0) == "10"


def test_durations_counts_and_moments_read_well() -> None:
    assert [seconds_text(s) for s in (0.012, 0.9999, 3.44, 125)] == [
        "12 ms",
        "1.0 s",
        "3.4 s",
        "2 min 5 s",
    ]
    assert [count_text(n, "test") for n in (0, 1, 2)] == ["0 tests", "1 test", "2 tests"]
    assert moment_text("2026-03-02T14:05:11+00:00") == "2 March 2026, 14:05 UTC"
    assert moment_text("<b>yesterday") == "<b>yesterday"


def test_a_size_has_two_digits_or_more_and_a_unit() -> None:
    sizes = (0, 250, 9_940, 280_000, 999_999, 1_000_000, 4_194_304)
    assert [bytes_text(size) for size in sizes] == [
        "0.0 kB", "0.2 kB", "9.9 kB", "280 kB", "1000 kB", "1.0 MB", "4.2 MB",
    ]  # fmt: skip


def test_a_large_count_has_its_thousands_apart() -> None:
    assert count_text(82_000, "character") == "82,000 characters"


def test_what_stands_between_backticks_is_code_and_nothing_becomes_a_tag() -> None:
    assert with_code("What is `slope` here?") == "What is <code>slope</code> here?"
    assert with_code("`<b>`\u202e") == "<code>&lt;b&gt;</code>[U+202E]"
    for alone in ("a ` b", "``", "`a\nb`"):
        assert with_code(alone) == alone


@given(ANYTHING)
def test_text_with_code_holds_no_tag_but_ours(text: str) -> None:
    assert "<" not in re.sub("</?code>", "", with_code(text))
