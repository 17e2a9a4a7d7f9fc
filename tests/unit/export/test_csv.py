from __future__ import annotations

import csv
import io
from pathlib import Path
from types import ModuleType

import pytest

from grader.export import FORMATS, grades_csv
from grader.records import Status, Tier, Verdict

GOLDEN = Path(__file__).parent / "golden" / "grades.csv"


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_grade_book_of_the_sample_class_is_as_agreed(sample: ModuleType) -> None:
    assert grades_csv(sample.sample_class(), sample.EXERCISES) == GOLDEN.read_text("utf-8")


def test_columns_follow_the_course_and_unknown_exercises_come_last(sample: ModuleType) -> None:
    ada = sample.student_results()
    header = grades_csv(ada[::-1], ("learning", "tensors")).splitlines()[0]
    assert header == "student,learning,tensors,activations,total,max,percent,status,flags"


@pytest.mark.parametrize(
    "student",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\tx", "\nx", "\N{FULLWIDTH EQUALS SIGN}1", "\u22121"],
)
def test_a_name_that_starts_a_formula_is_neutralised(sample: ModuleType, student: str) -> None:
    text = grades_csv([sample.result_of(student, "tensors", {})])
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[0] == "'" + student


def test_a_formula_behind_another_countrys_separator_is_neutralised(sample: ModuleType) -> None:
    text = grades_csv([sample.result_of('eve;=1;+2\t-3,@4"=5', "tensors", {})])
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[0] == "eve;'=1;'+2\t'-3,'@4\"'=5"


def test_a_carriage_return_is_neutralised_and_cannot_start_a_row(sample: ModuleType) -> None:
    text = grades_csv([sample.result_of("\r=1\r=2", "tensors", {})])
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[0] == "'\ufffd=1\ufffd=2"


def test_control_and_bidi_characters_do_not_reach_a_terminal(sample: ModuleType) -> None:
    text = grades_csv([sample.result_of("ada\x1b[2J\x9b\u202e\ud800", "tensors", {})])
    assert text.splitlines()[1].startswith("ada\ufffd[2J\ufffd\ufffd\ufffd,")
    text.encode("utf-8")


def test_what_could_not_be_graded_is_empty_and_never_a_zero(sample: ModuleType) -> None:
    results = [
        sample.result_of("ada", "tensors", {}),
        sample.result_of("ada", "learning", {}, status=Status.NOT_GRADABLE, points=None, tests=()),
    ]
    (row,) = _rows(grades_csv(results))
    assert row["tensors"] == "8"
    assert row["learning"] == row["total"] == row["percent"] == ""
    assert row["status"] == "not_gradable"
    assert row["flags"] == "learning:not_gradable"


def test_an_exercise_without_a_result_is_empty_but_counts_in_max(sample: ModuleType) -> None:
    results = [sample.result_of("ada", "tensors", {}), sample.result_of("bob", "learning", {})]
    ada, bob = _rows(grades_csv(results, sample.EXERCISES))
    assert (ada["learning"], ada["total"], ada["max"], ada["percent"]) == ("", "8", "26", "30.8")
    assert (bob["tensors"], bob["activations"], bob["max"]) == ("", "", "26")
    assert ada["flags"] == "learning:no_result activations:no_result"


def test_flags_name_the_exercise_and_what_is_odd(sample: ModuleType) -> None:
    verdicts = {"mse": (Verdict.TIMED_OUT, Verdict.CRASHED, Verdict.OUT_OF_MEMORY)}
    odd = sample.result_of("ada", "learning", verdicts, sha256="", sandbox_tier=Tier.NONE)
    (row,) = _rows(grades_csv([odd]))
    assert row["flags"].split() == [
        "learning:no_file",
        "learning:timed_out",
        "learning:out_of_memory",
        "learning:crashed",
        "learning:not_isolated",
    ]


def test_no_results_make_a_header_and_nothing_else() -> None:
    assert grades_csv([]) == "student,total,max,percent,status,flags\n"


def test_every_format_of_the_registry_takes_the_same_results(sample: ModuleType) -> None:
    assert {name for name, export in FORMATS.items() if export(sample.student_results())} == {
        "csv",
        "json",
        "junit",
    }
