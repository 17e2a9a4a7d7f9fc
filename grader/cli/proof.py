"""A proof in the terminal: a row for each exercise, and where a claim is broken what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.screen import plain
from grader.verify import CourseProof, ExerciseProof, Figures, Problem, State

_STYLES = {State.HOLDS: "good", State.BROKEN: "bad", State.NOT_GRADABLE: "ours"}


def show_proof(screen: Console, proof: CourseProof) -> None:
    """Print a proof.

    Args:
        screen: Where to.
        proof: What to print.
    """
    screen.print(_table(proof))
    for exercise in proof.exercises:
        if exercise.problems:
            screen.print()
            screen.print(Text(plain(exercise.title), "title"))
            for claim, problems in groupby(exercise.problems, key=lambda each: each.claim):
                style = _STYLES[exercise.state]
                screen.print(Text.assemble("  ", ("✗", style), f" does not hold: {claim.sentence}"))
                screen.print(_explanation(list(problems)))
    screen.print()
    screen.print(_summary(proof), soft_wrap=True)


def _table(proof: CourseProof) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Exercise")
    headings = ["Functions", "Tests", "Misconceptions", "Seeds"]
    is_mutated = proof.figures.mutants is not None
    for heading in [*headings, *(["Mutants"] if is_mutated else [])]:
        table.add_column(heading, justify="right")
    table.add_column("Verdict")
    for exercise in proof.exercises:
        figures = exercise.figures
        counts = [figures.functions, figures.tests, figures.misconceptions, figures.seeds]
        cells = [str(count) if count else "–" for count in counts]
        if is_mutated:
            cells.append("–" if figures.mutants is None else str(figures.mutants))
        table.add_row(plain(exercise.title), *cells, _verdict(exercise))
    return table


def _verdict(exercise: ExerciseProof) -> Text:
    style = _STYLES[exercise.state]
    match exercise.state:
        case State.HOLDS:
            return Text("✓ proved", style)
        case State.NOT_GRADABLE:
            return Text("! not gradable", style)
        case _:
            return Text(f"✗ {_count(len(exercise.problems), 'problem')}", style)


def _explanation(problems: Sequence[Problem]) -> Padding:
    """Where, what and what to do; what is to be done alike in several places is said once."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="muted")
    grid.add_column(ratio=1, overflow="fold")
    for number, (todo, alike) in enumerate(groupby(problems, key=lambda each: each.todo)):
        if number:
            grid.add_row("", "")
        for problem in alike:
            grid.add_row("where", Text(plain(problem.where), "title"))
            grid.add_row("what", plain(problem.what))
        grid.add_row("to do", plain(todo))
    return Padding(grid, (0, 0, 0, 4))


def _summary(proof: CourseProof) -> Text:
    figures = proof.figures
    parts = [
        _count(figures.functions, "function"),
        _count(figures.tests, "test"),
        _count(figures.misconceptions, "misconception"),
    ]
    if proof.diagnosis_rate is not None:
        # Rounded down: 100 % means every one of them.
        percent = int(1000 * proof.diagnosis_rate) / 10
        parts.append(f"{percent:g} % of {_count(figures.failures, 'failure')} diagnosed")
    if figures.mutants is not None:
        parts.append(_mutants(figures))
    parts.append(f"{proof.wall_seconds:.0f} s")
    words = {
        State.HOLDS: ("Proved:", "good"),
        State.BROKEN: ("Not proved:", "bad"),
        State.NOT_GRADABLE: ("Not gradable:", "ours"),
    }
    label, style = words[proof.state]
    return Text.assemble((label, f"bold {style}"), " ", ", ".join(parts), ".")


def _mutants(figures: Figures) -> str:
    explained = f", {figures.explained} explained" if figures.explained else ""
    return f"{_count(figures.mutants or 0, 'mutant')}, {figures.killed} caught{explained}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
