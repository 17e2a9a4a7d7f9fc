"""A real folder of reports, made once, and a way to open its pages in `browser`."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from grader.records import Result, Tier
from grader.records.notebook import Shown
from grader.report import write_reports

NASTY = (
    '<img src=x onerror="window.hit=1">"><svg onload="window.hit=1"><script>window.hit=1</script>'
    "</style></script>' onmouseover='window.hit=1'"
)
TRAP = "window.hit = 0"


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """`sample_class.py`: in importlib mode, test files cannot import each other."""
    path = Path(__file__).with_name("sample_class.py")
    found = importlib.util.spec_from_file_location("sample_class", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reports(sample: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a class, of one student with every kind of trouble, and of an attacker."""
    folder = tmp_path_factory.mktemp("reports")
    results = (
        *sample.sample_class(),
        *sample.student_results("showcase"),
        sample.notebook_result("notebook"),
        *(_attack(result) for result in sample.student_results(NASTY)[:2]),
        _attack(sample.notebook_result(NASTY)),
    )
    write_reports(
        results,
        folder,
        students={result.student for result in results},
        course_title="Introduction to PyTorch and Neural Networks",
        exercises=sample.EXERCISES,
        tier_notes={Tier.FULL: ("A fault of the kernel itself.",)},
    )
    return folder


def _attack(result: Result) -> Result:
    """The result of a student whose every word is markup: exceptions, docstrings, output."""
    tests = tuple(
        msgspec.structs.replace(
            test,
            output=NASTY,
            finding=test.finding
            and msgspec.structs.replace(test.finding, detail=NASTY, traceback=NASTY, call=NASTY),
        )
        for test in result.tests
    )
    source = result.source
    if not result.cells:
        source = f'def relu(x):\n    """{NASTY}"""\n    return x\n'
    problems = tuple(
        msgspec.structs.replace(each, error=NASTY, statement=NASTY) for each in result.load_problems
    )
    cells = tuple(
        msgspec.structs.replace(
            cell,
            left_out=(NASTY,),
            shown=(
                *(msgspec.structs.replace(each, text=NASTY) for each in cell.shown),
                Shown(text=NASTY, picture=b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'),
            ),
        )
        for cell in result.cells
    )
    return msgspec.structs.replace(
        result, tests=tests, source=source, load_problems=problems, notes=(NASTY,), cells=cells
    )


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, reports: Path) -> Iterator[Open]:
    """Open a page of the reports; at the end, nothing may have complained in its console."""
    contexts = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        complaints.append(f"{message.type}: {message.text}")

    def fail(error: Error) -> None:
        complaints.append(str(error))

    def open_one(
        path: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.add_init_script(TRAP)
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", fail)
        page.goto((reports / path).as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
