from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import ModuleType

import msgspec
import pytest

from grader.records import LoadProblem, Result, Tier, Verdict, Visibility
from grader.records.notebook import CellOutcome, CellRun, Shown
from grader.report import render_class, render_student, render_ta

NASTY = "<img src=x onerror=alert(1)>'\"</script></style>{{7*7}}&amp;\u202e\x1b[31m"
TITLE = "Introduction to PyTorch"


def _nasty(sample: ModuleType) -> Result:
    """A result whose every text is an attack."""
    verdicts = {"softmax": (Verdict.WRONG, Verdict.RAISED, Verdict.WRONG), "relu": (Verdict.WRONG,)}
    result: Result = sample.result_of(NASTY, "activations", verdicts)
    tests = tuple(
        msgspec.structs.replace(
            test,
            name=NASTY, title=NASTY, function=NASTY + test.function, hint=NASTY, reason=NASTY,
            diagnosis=NASTY, diagnosis_title=NASTY, diagnosis_hint=NASTY, output=NASTY,
            visibility=Visibility.VISIBLE,
            finding=test.finding and msgspec.structs.replace(
                test.finding, rule=NASTY, detail=NASTY + "x", call=NASTY, traceback=NASTY,
                candidates=(NASTY, NASTY),
            ),
            figures=tuple(msgspec.structs.replace(
                figure, title=NASTY,
                axes=figure.axes and msgspec.structs.replace(figure.axes, x=NASTY, y=NASTY),
                marks=tuple(msgspec.structs.replace(mark, label=NASTY) for mark in figure.marks),
            ) for figure in test.figures),
        )
        for test in result.tests
    )  # fmt: skip
    return msgspec.structs.replace(
        result, title=NASTY, tests=tests, notes=(NASTY,), filename=NASTY, source=NASTY * 2,
        started_at=NASTY, versions={NASTY: NASTY}, device=NASTY, cells=_nasty_cells(sample),
        load_problems=(LoadProblem(line=1, error=NASTY, statement=NASTY),),
    )  # fmt: skip


def _nasty_cells(sample: ModuleType) -> tuple[CellRun, ...]:
    """A cell whose code, outputs, commands and picture are attacks."""
    shown = (
        Shown(text=NASTY),
        Shown(text=NASTY, picture=sample.png()),
        Shown(text=NASTY, picture=b'<svg onload="alert(1)">'),
    )
    cell = CellRun(number=1, line=1, count=1, outcome=CellOutcome.FAILED, shown=shown)
    return (msgspec.structs.replace(cell, left_out=(NASTY,)),)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id" and value]


def _parsed(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    return parser


def _pages(sample: ModuleType) -> dict[str, str]:
    results = sample.student_results()
    pages = {"ada.lovelace": "ada.lovelace"}
    notebook = [sample.notebook_result()]
    return {
        "notebook student": render_student(notebook, course_title=TITLE),
        "notebook ta": render_ta(notebook, course_title=TITLE),
        "student": render_student(results, course_title=TITLE),
        "ta": render_ta(results, course_title=TITLE, tier_notes={Tier.FULL: ("A bug.",)}),
        "class": render_class(sample.sample_class(), TITLE, pages=pages),
    }


def test_no_text_of_a_result_becomes_markup(sample: ModuleType) -> None:
    nasty = _nasty(sample)
    clean = sample.result_of("ada", "activations", {})
    renders: tuple[Callable[[Result], str], ...] = (
        lambda result: render_student([result], course_title=TITLE),
        lambda result: render_ta([result], course_title=TITLE),
        lambda result: render_class([result], TITLE, pages={result.student: "page"}),
    )
    for render in renders:
        page = render(nasty)
        tags = _parsed(page).tags
        pictures = [attributes for tag, attributes in tags if tag == "img"]
        assert len(pictures) == (render is renders[1])
        for attributes in pictures:
            assert (attributes["src"] or "").startswith("data:image/png;base64,iVBORw0KGgo")
            assert set(attributes) == {"src", "alt", "width", "height"}
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
        assert page.count("<script") == render(clean).count("<script")
        assert page.count("<style") == 1
        assert "49" not in re.findall(r"&lt;img[^<]*", page)[0]
        assert not set(page) & set("\u202e\x1b")
        assert "[U+202E]␛[31m" in page


def test_a_students_page_holds_no_value_of_a_hidden_test(sample: ModuleType) -> None:
    hidden = [
        msgspec.structs.replace(
            result,
            tests=tuple(
                msgspec.structs.replace(test, visibility=Visibility.HINT) for test in result.tests
            ),
        )
        for result in sample.student_results()
    ]
    page = render_student(hidden, course_title=TITLE)
    assert sample.SECRET_VALUE not in page
    assert "7.0-29.05" not in page
    assert "4815162342" not in page
    assert sample.SECRET_VALUE in render_ta(hidden, course_title=TITLE)
    assert "Along which axis must the maximum be taken?" in page


def test_the_policy_allows_the_pages_own_style_and_script_by_digest_alone(
    sample: ModuleType,
) -> None:
    for name, page in _pages(sample).items():
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
        policy = policy.replace("&#39;", "'")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        for kind in ("style", "script"):
            inline = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
            digests = [
                base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline
            ]
            assert re.findall(rf"{kind}-src 'sha256-([^']*)'", policy) == digests
        assert ("<script" in page) is (name == "class")
        assert "style=" not in page
        assert ("img-src data:" in policy) is (name == "notebook ta")


def test_a_page_is_one_file_without_any_outside_address(sample: ModuleType) -> None:
    for page in _pages(sample).values():
        for _, attributes in _parsed(page).tags:
            for name in ("src", "href"):
                address = attributes.get(name)
                assert address is None or re.match(
                    r"#|data:image/png|(\.\./)?(students/|ta/|index)", address
                )
        assert "url(http" not in page
        assert "@import" not in page


def test_headings_go_down_one_step_at_a_time_and_ids_are_unique(sample: ModuleType) -> None:
    for page in _pages(sample).values():
        parsed = _parsed(page)
        assert parsed.headings[0] == 1
        assert parsed.headings.count(1) == 1
        for above, below in zip(parsed.headings, parsed.headings[1:], strict=False):
            assert below <= above + 1
        assert len(parsed.ids) == len(set(parsed.ids))
        referred = {
            each
            for _, attributes in parsed.tags
            for name in ("aria-labelledby", "for")
            for each in (attributes.get(name) or "").split()
        }
        assert referred <= set(parsed.ids)


def test_the_teachers_page_says_how_the_code_was_confined(sample: ModuleType) -> None:
    page = _pages(sample)["ta"]
    assert "It does not stop:" in page
    assert "A bug." in page
    assert "grade run activations.py --exercise activations --seed 4815162342" in page


def test_what_could_not_be_graded_comes_first_on_the_class_page(sample: ModuleType) -> None:
    page = _pages(sample)["class"]
    assert page.index("no space left on device") < page.index('id="scores"')
    assert 'id="not-gradable"' not in render_class(sample.student_results(), TITLE)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_can_be_shown_with_a_word(sample: ModuleType, verdict: Verdict) -> None:
    results = [sample.result_of("ada", "activations", {"relu": (verdict,) * 5})]
    assert render_student(results, course_title=TITLE)
    assert render_ta(results, course_title=TITLE)


def test_images_are_drawn_too(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {})
    test = msgspec.structs.replace(result.tests[0], figures=(sample.image_figure(),))
    page = render_ta([msgspec.structs.replace(result, tests=(test,))], course_title=TITLE)
    assert page.count("data:image/png;base64,") == 2


def test_a_class_without_results_can_still_be_shown() -> None:
    assert "None was recognised." in render_class((), TITLE)


def test_a_teacher_sees_the_notebook_and_a_student_how_its_cells_ended(sample: ModuleType) -> None:
    pages = _pages(sample)
    for name in ("notebook student", "notebook ta"):
        page = pages[name]
        assert "Line 3 of cell [1] could not be run" in page
        assert "Line 2 of cell [6] was stopped" in page
        assert "notebook, line 2 of cell [4]" in page
        assert "<code>!pip install torchinfo</code> (cell [2])" in page
    assert "The notebook as it was run, 7 cells" in pages["notebook ta"]
    assert "I worked in *Colab*." in pages["notebook ta"]
    assert (
        'alt="Picture shown by cell [5]: &lt;Figure size 640x400 with 1 Axes&gt;"'
        in (pages["notebook ta"])
    )
    for said in ("as it was run", "tensor(0.5000)", "<img", "window.hit", "<Figure"):
        assert said not in pages["notebook student"]


def test_a_notebook_that_could_not_be_read_is_told_in_a_sentence(sample: ModuleType) -> None:
    problem = LoadProblem(line=0, error="The notebook is empty: nothing was saved.", statement="")
    result = sample.result_of("ada", "tensors", {}, load_problems=(problem,), source="")
    page = render_student([result], course_title=TITLE)
    assert "Your file could not be read.</strong> The notebook is empty: nothing was saved." in page
    assert "Line 0" not in page
    result = msgspec.structs.replace(result, filename="tensors.ipynb")
    assert "Your notebook could not be read." in render_student([result], course_title=TITLE)


def test_what_is_not_there_where_work_is_graded_is_no_alarm(sample: ModuleType) -> None:
    error = "FileNotFoundError: [Errno 2] No such file or directory: 'rides.csv'"
    problem = LoadProblem(line=3, error=error, statement="read()", is_foreign=True)
    result = sample.result_of("ada", "tensors", {}, load_problems=(problem,))
    page = render_ta([result], course_title=TITLE)
    assert '<div class="notice calm">\n<p><strong>Line 3 could not be run here</strong>' in page
    assert "rides.csv" not in render_student([result], course_title=TITLE)


def test_all_but_the_first_troubles_are_folded(sample: ModuleType) -> None:
    problems = tuple(LoadProblem(line=n, error="OSError", statement="f()") for n in range(1, 6))
    result = sample.result_of("ada", "tensors", {}, load_problems=problems)
    page = render_student([result], course_title=TITLE)
    assert page.count("could not be run</strong>, and what needs it cannot work.") == 1
    assert page.index("Line 3 could not be run") < page.index("2 more places that could not be run")
    assert page.index("2 more places that could not be run") < page.index("Line 4 could not be run")


def test_a_notebook_of_two_hundred_cells_and_four_megabytes_of_pictures_is_a_page(
    sample: ModuleType,
) -> None:
    big = sample.large_notebook_result()
    page = render_ta([big], course_title=TITLE)
    assert page.count("<img") == 200
    assert "To keep this page small it does not show" in page
    assert len(page) < 10_000_000
    eight = render_ta([big] * 8, course_title=TITLE)
    assert 200 < eight.count("<img") < 400
    assert len(eight) < 16_000_000
