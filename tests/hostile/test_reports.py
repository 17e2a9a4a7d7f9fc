"""What students write comes alive nowhere: on no page, in no terminal, in no spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from grader.cli.stored import STORE_FILE
from grader.export import junit_xml, results_json
from grader.records import Result
from grader.report import page_names, render_ta
from grader.report.terminal import show_result
from grader.sandbox.probe import best_tier
from grader.screen import THEME
from grader.store import Store
from tests.hostile.corpus import Attack, attacks
from tests.hostile.grading import Configuration, Graded, grade_class
from tests.hostile.visitor import Visitor, visitor

REPORTS = tuple(attack for attack in attacks() if attack.group == "reports")
Results = dict[str, Result]


@pytest.fixture(scope="module")
def graded(open_folder: Callable[[], Path]) -> Graded:
    """These attacks alone; that they gain nothing else is tested with all others."""
    return grade_class(open_folder(), Configuration(best_tier(), is_nobody=False), REPORTS)


@pytest.fixture(scope="module")
def results(graded: Graded) -> Results:
    with Store.open(graded.out / STORE_FILE, must_exist=True) as store:
        return {result.student: result for result in store.results()}


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Visitor]:
    """One for all pages: what a page left behind would be seen on the next."""
    with visitor(browser) as somebody:
        yield somebody


def _page(graded: Graded, results: Results, student: str, whose: str) -> Path:
    return graded.out / whose / f"{page_names(sorted(results))[student]}.html"


@pytest.mark.parametrize("attack", REPORTS, ids=lambda attack: attack.name)
def test_nothing_comes_alive_and_the_words_are_shown_as_they_are(
    graded: Graded, results: Results, reader: Visitor, tmp_path: Path, attack: Attack
) -> None:
    alone = tmp_path / "alone.html"
    alone.write_text(render_ta([results[attack.known_as]], course_title="<b>"), "utf-8")
    reader.events.clear()
    for path in (
        alone,
        _page(graded, results, attack.known_as, "students"),
        _page(graded, results, attack.known_as, "ta"),
    ):
        page = reader.visit(path)
        assert page.locator("h1").inner_text() == attack.known_as
    assert reader.events == []
    shown = page.evaluate("document.body.textContent")
    alt = page.locator("img").evaluate_all("all => all.map(each => each.alt)")
    text = " ".join([shown, *alt])
    assert [words for words in attack.shown if words not in text] == []
    assert _hidden(page.content()) == set()


def test_the_class_page_is_as_harmless_and_names_everybody(
    graded: Graded, results: Results, reader: Visitor
) -> None:
    reader.events.clear()
    page = reader.visit(graded.out / "index.html")
    assert reader.events == []
    names = page.locator("#students tbody th").all_inner_texts()
    assert sorted(names) == sorted(results)
    assert page.title() == "The vault: the class"


@pytest.mark.parametrize("is_student", [True, False], ids=["student", "teacher"])
def test_a_terminal_is_not_steered_and_no_line_is_forged(
    results: Results, is_student: bool
) -> None:
    for attack in REPORTS:
        screen = Console(file=io.StringIO(), theme=THEME, width=100, markup=False, highlight=False)
        show_result(screen, results[attack.known_as], is_student=is_student)
        assert isinstance(screen.file, io.StringIO)
        said = screen.file.getvalue()
        assert _hidden(said) == set(), attack.name
        assert not [line for line in said.split("\n") if line.startswith("Forged")], attack.name


def test_the_commands_print_what_is_seen_and_nothing_else(
    graded: Graded, grade: Callable[..., str], tmp_path: Path
) -> None:
    work = graded.out.parent / "class" / "sequences_for_the_terminal"
    course = graded.out.parent / "solutions"
    odd = tmp_path / "x\x1b]0;owned\x07\nForged; $(id) vault.py"
    odd.write_text((work / "vault.py").read_text("utf-8"), "utf-8")
    said = [
        graded.done.stderr,
        grade("report", graded.out),
        grade("run", odd, "--exercise", "vault", "--course", course),
    ]
    for text in said:
        assert _hidden(text) == set()
        assert not [line for line in text.split("\n") if line.startswith("Forged")]
    for form in ("csv", "json", "junit"):
        assert _hidden(grade("export", graded.out, "--to", form)) == set()


@pytest.fixture(scope="module")
def grade() -> Callable[..., str]:
    """Runs `grade`, and gives what it printed on both its outputs."""

    def run(*words: object) -> str:
        command = [sys.executable, "-m", "grader", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    return run


def test_no_spreadsheet_finds_a_formula_among_the_grades(graded: Graded, results: Results) -> None:
    text = (graded.out / "grades.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(results) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert {row[0].replace("'", "") for row in rows[1:]} == {s.replace("'", "") for s in results}
    # As the strictest and the most careless of readers would cut it.
    careless = re.split(r"[,;\t\n\"|]", text)
    cells = [cell for row in rows for cell in row] + careless
    assert [each for each in cells if each.strip()[:1] in set("=+-@＝＋－＠−")] == []
    assert _hidden(text) == set()


def test_the_machines_formats_say_what_was_said_and_no_more(results: Results) -> None:
    every = tuple(results.values())
    suites = ET.fromstring(junit_xml(every)).findall("testsuite")
    assert len(suites) == len(every)
    assert {len(suite.findall("testcase")) for suite in suites} == {len(every[0].tests)}
    assert _hidden(junit_xml(every)) == set()
    assert _hidden(results_json(every)) == set()


def _hidden(text: str) -> set[str]:
    """The characters of a text that steer a terminal, turn the reading order or are not seen."""
    kept = set("\n\t\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
    blank = set("\u3164\u115f\u1160\uffa0\u2800\u034f")
    hidden = {c for c in set(text) - kept if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    return hidden | (set(text) & (blank | {"\u2028", "\u2029"}))
