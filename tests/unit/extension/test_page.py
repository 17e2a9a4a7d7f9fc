import re
from importlib import resources

import msgspec
import pytest

from grader.extension.page import Checked, render, render_problem
from grader.records import (
    Answer,
    Finding,
    LoadProblem,
    Result,
    Status,
    TestResult,
    Tier,
    Verdict,
    Visibility,
)
from grader.records.notebook import CellOutcome, CellRun

SOURCE = "# %% [4]\nimport torhc\n\n# %% [9]\ndef f(x):\n    return x < 1\n"
EVIL = "<script>alert(1)</script>\u202e"


def one_test(verdict: Verdict, title: str, points: float, **fields: object) -> TestResult:
    test = TestResult(
        name=f"test_f_{title.lower()}",
        title=title,
        function="f",
        verdict=verdict,
        points=points,
        max_points=1.0,
        visibility=Visibility.VISIBLE,
        wall_seconds=0.1,
        seed=7,
    )
    return msgspec.structs.replace(test, **fields)


WRONG = one_test(
    Verdict.WRONG,
    "Is right",
    0.0,
    hint="Think of `x`.",
    diagnosis="EDGE",
    diagnosis_title="The edge is missed.",
    diagnosis_hint="What about 1?",
    finding=Finding(
        rule="It has wrong values.",
        detail=f"got {EVIL}",
        call="f(tensor([1]))",
        expected=Answer(summary="bool [1]", preview="[True]"),
        got=Answer(summary="bool [1]", preview="[False]"),
        line=6,
    ),
)


@pytest.fixture
def result() -> Result:
    return Result(
        student="you",
        exercise="edges",
        title="Edges",
        points=1.0,
        max_points=2.0,
        status=Status.GRADED,
        sandbox_tier=Tier.FULL,
        device="cpu",
        seed=0,
        started_at="2026-01-01T00:00:00+00:00",
        wall_seconds=0.25,
        filename="edges.ipynb",
        sha256="0" * 64,
        suite_sha256="0" * 64,
        source=SOURCE,
        cells=(
            CellRun(number=4, line=2, count=1, outcome=CellOutcome.FAILED),
            CellRun(number=9, line=5, count=2, outcome=CellOutcome.RAN),
        ),
        load_problems=(LoadProblem(line=2, error="No module named 'torhc'", statement="import"),),
        notes=("Mind the `gap`.",),
        tests=(WRONG, one_test(Verdict.PASSED, "Keeps its shape", 1.0)),
    )


def without_style(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_the_page_says_what_the_text_says(result: Result) -> None:
    answer = render([Checked(result)], "Small")
    shown = without_style(answer.html)
    for said in (
        *("Edges", "1 of 2 points", "Is right", "Keeps its shape", "It has wrong values."),
        *("f(tensor([1]))", "bool [1]", "[True]", "[False]", "The edge is missed."),
        *("What about 1?", "gap", "torhc"),
    ):
        assert said in answer.text
        assert said.replace("'", "&#39;") in shown
    assert "line     2 of cell [9]" in answer.text
    assert "line 2 of cell [9]" in shown
    assert "Line 1 of cell [4] could not be run" in shown
    assert re.search(r"Passed · Keeps its shape\s+<span[^>]*>1 / 1", shown)


def test_text_of_a_student_is_neither_markup_nor_steering(result: Result) -> None:
    answer = render([Checked(result)], "Small")
    assert "<script" not in answer.html
    assert "&lt;script&gt;" in answer.html
    assert "\u202e" not in answer.html + answer.text
    assert "\x1b" not in answer.text


def test_the_code_that_is_meant_is_shown_within_its_cell(result: Result) -> None:
    html = render([Checked(result)], "Small").html
    assert '<span class="grade-marked">  2 &gt;     return x &lt; 1</span>' in html
    assert "%% [9]" not in html


def test_several_exercises_are_shown_one_below_the_other(result: Result) -> None:
    other = msgspec.structs.replace(result, exercise="corners", title="Corners")
    answer = render([Checked(result), Checked(other)], "Small")
    assert answer.html.count("<style>") == 1
    assert answer.html.index("Edges") < answer.html.index("Corners")
    assert answer.text.index("Edges") < answer.text.index("Corners")


def test_what_cannot_be_judged_says_why(result: Result) -> None:
    broken = msgspec.structs.replace(
        result, points=None, status=Status.NOT_GRADABLE, reason="the suite broke", tests=()
    )
    answer = render([Checked(broken, broken.reason)], "Small")
    assert "<strong>Not your fault:</strong> the suite broke" in answer.html
    assert answer.text.endswith("Not your fault: the suite broke")


def test_a_machine_without_a_sandbox_is_told(result: Result) -> None:
    bare = msgspec.structs.replace(result, sandbox_tier=Tier.NONE)
    assert "not isolated" in render([Checked(bare)], "Small").html
    assert "not isolated" not in render([Checked(result)], "Small").html


def test_a_problem_is_escaped_and_keeps_its_code() -> None:
    answer = render_problem(f"there is no `f` in {EVIL}")
    assert "<code>f</code>" in answer.html
    assert "<script" not in answer.html
    assert answer.text == "Not checked: there is no `f` in <script>alert(1)</script>"


def test_the_style_touches_nothing_else_and_loads_nothing() -> None:
    style = (resources.files("grader.extension") / "templates" / "check.css").read_text()
    rules = re.sub(r"@media[^{]*\{(.*)\}", r"\1", style)
    selectors = [part for rule in re.findall(r"([^{}]+)\{", rules) for part in rule.split(",")]
    assert len(selectors) > 20
    assert all(selector.strip().startswith(".grade-check") for selector in selectors)
    assert not re.search(r"url\(|@import|position:\s*fixed|<", style)
