"""`make soak`: a long mixed class, killed again and again, and nothing lost, left or grown.

Honest students are graded first by themselves, without attackers and without a kill. Then the
whole class is graded while the grader is killed at random moments and started again. Each honest
student must have the same result, nothing may be left of any of the processes, and those that live
as long as the batch must not grow.

    make soak
    SOAK='--submissions 200 --kills 2 --seed 7' make soak
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.table import Table

from grader.records import Result, to_json
from grader.sandbox import syscalls
from tests.hostile.detectors import differences
from tests.soak.batches import Batch, Piece, kills
from tests.soak.memory import KINDS
from tests.soak.mixture import hand_in_all, mixed, write_course

GROWTH_MIB: Final = 64.0
"""The most that a long-lived process may grow in one piece, once it is warm.

A notebook that shows all it may has a result of some 5 MiB. The process that stores results keeps
what the first of them took, some 50 MiB, and sixty in a row take no more. A leak shows in the
longest piece, some 2,000 results.
"""
_MEASURED: Final = 60
"""In fewer submissions no growth can be told from chance."""
_SHOWN: Final = 5
_MOST_CHARACTERS: Final = 300
_SURE_CHARACTERS: Final = 1000


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that must hold, and what was found."""

    what: str
    found: str
    is_good: bool
    details: tuple[str, ...] = ()


class Soaked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    Attributes:
        honest: How many honest results were compared.
        attacks: How many attacks were among them.
        pieces: The starts of the batch, the clean one first.
        checks: What must hold.
    """

    honest: int
    attacks: int
    pieces: tuple[Piece, ...]
    checks: tuple[Check, ...]

    @property
    def is_good(self) -> bool:
        """Whether all holds."""
        return all(check.is_good for check in self.checks)


def soak(
    root: Path, *, submissions: int, kill_count: int, seed: int, jobs: int = 2, tier: str = "auto"
) -> Soaked:
    """Grade, kill, go on, compare.

    Args:
        root: An empty folder.
        submissions: How many files are handed in.
        kill_count: How often the grader is killed.
        seed: Of the order of the class and of the moments of the kills.
        jobs: How many submissions at a time.
        tier: How workers are confined.
    """
    # Whoever loses its parent becomes our child, and is seen.
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    course = write_course(root / "solutions")
    works = mixed(submissions, seed)
    honest = [work for work in works if work.attack is None]
    secret = f"soak {seed}"
    everybody = hand_in_all(works, root / "everybody")
    alone = hand_in_all(honest, root / "honest")
    clean = Batch(course, alone, root / "clean", jobs, tier, secret)
    soaked = Batch(course, everybody, root / "soaked", jobs, tier, secret)
    pieces = [clean.run()]
    total = len(works) * len(list(course.glob("*/exercise.toml")))
    pieces += [soaked.run(kill) for kill in kills(kill_count, total, seed)]
    pieces.append(soaked.run())
    return Soaked(
        honest=sum(work.count for work in honest),
        attacks=len(works) - len(honest),
        pieces=tuple(pieces),
        checks=(
            _finished(pieces, kill_count),
            _same(clean.results(), soaked.results(), {work.name for work in honest}),
            _nothing_left(pieces),
            _whole_pages(soaked),
            *flat(pieces),
        ),
    )


def _finished(pieces: Sequence[Piece], kill_count: int) -> Check:
    killed = sum(piece.kill is not None for piece in pieces)
    bad = [
        f"piece {number} ended with {piece.code}: {piece.said[-300:].strip()}"
        for number, piece in enumerate(pieces)
        if (piece.code not in (0, 3)) is not (piece.kill is not None)
    ]
    return Check(
        what="every batch comes to its end, however often it is killed",
        found=f"killed {killed} of {kill_count} times",
        is_good=not bad and killed == kill_count and pieces[-1].kill is None,
        details=tuple(bad),
    )


Results = dict[tuple[str, str], Result]


def _same(clean: Results, soaked: Results, honest: set[str]) -> Check:
    bad = []
    for key, result in clean.items():
        now = soaked.get(key)
        found = ["not graded"] if now is None else differences(_document(now), _document(result))
        bad += [f"{key[0]}, {key[1]}{each}"[:_MOST_CHARACTERS] for each in found]
    is_whole = {student for student, _ in clean} == honest
    return Check(
        what="each honest student has the result of a clean run",
        found=f"{len(clean)} results compared, {len(bad)} differences",
        is_good=is_whole and not bad,
        details=tuple(bad),
    )


def _document(result: Result) -> dict[str, object]:
    """What must be the same; how much an endless loop prints before its end is chance."""
    tests = tuple(
        msgspec.structs.replace(test, output=test.output[:_SURE_CHARACTERS])
        for test in result.tests
    )
    same = msgspec.structs.replace(result, tests=tests)
    document: dict[str, object] = msgspec.json.decode(to_json(same))
    return document


def _nothing_left(pieces: Sequence[Piece]) -> Check:
    bad = [
        f"piece {number} ({_ending(piece)}): {left}"
        for number, piece in enumerate(pieces)
        for left in piece.left
    ]
    return Check(
        what="no process, mount, cgroup, segment or temporary file is left",
        found=f"{len(bad)} left",
        is_good=not bad,
        details=tuple(bad),
    )


def _whole_pages(batch: Batch) -> Check:
    bad = batch.half_written()
    return Check(
        what="no half-written page lies among the reports",
        found=f"{len(bad)} found",
        is_good=not bad,
        details=tuple(bad),
    )


def flat(pieces: Sequence[Piece]) -> list[Check]:
    """That nothing grew of what lives as long as a batch does."""
    growths = [growth for piece in pieces for growth in piece.growths]
    # The clean run is one piece: where it is long, it must have been measured.
    is_long = pieces[0].stored >= 2 * _MEASURED
    checks = []
    for kind in KINDS:
        own = [each for each in growths if each.kind == kind and each.submissions >= _MEASURED]
        worst = max(own, key=lambda each: each.mib, default=None)
        found = "never seen for long enough" if is_long else "too few submissions to measure it"
        if worst is not None:
            found = (
                f"{worst.early_mib:.0f} → {worst.late_mib:.0f} MiB in {worst.submissions} "
                f"results, at most {max(each.most_mib for each in own):.0f} MiB"
            )
        checks.append(
            Check(
                what=f"memory of the {kind} is flat (at most {GROWTH_MIB:g} MiB more)",
                found=found,
                is_good=not is_long if worst is None else worst.mib <= GROWTH_MIB,
            )
        )
    return checks


def _ending(piece: Piece) -> str:
    return "came to its end" if piece.kill is None else piece.kill.signal.name


def show(soaked: Soaked, console: Console) -> None:
    """The pieces, then what must hold."""
    pieces = Table("piece", "ended by", title="What was run", box=None, title_justify="left")
    for heading in ("seconds", "results stored", "left"):
        pieces.add_column(heading, justify="right")
    for number, piece in enumerate(soaked.pieces):
        name = "clean, honest only" if number == 0 else f"mixed, start {number}"
        pieces.add_row(
            name, _ending(piece), f"{piece.seconds:.0f}", str(piece.stored), str(len(piece.left))
        )
    console.print(pieces)
    table = Table("", "what must hold", "found", title="\nWhat came of it", box=None)
    table.title_justify = "left"
    for check in soaked.checks:
        table.add_row("holds" if check.is_good else "FAILED", check.what, check.found)
    console.print(table)
    for check in soaked.checks:
        for detail in check.details[:_SHOWN]:
            console.print(f"  {check.what}: {detail}", markup=False, soft_wrap=True)
        if len(check.details) > _SHOWN:
            console.print(f"  … and {len(check.details) - _SHOWN} more")


def main() -> int:
    """Run it as a command."""
    parser = argparse.ArgumentParser(prog="make soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tier", default="auto")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    asked = parser.parse_args()
    console = Console()
    console.print(
        f"{asked.submissions} submissions, {asked.jobs} jobs, {asked.kills} kills; "
        f"again with --seed {asked.seed}"
    )
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-") as root:
        soaked = soak(
            Path(root),
            submissions=asked.submissions,
            kill_count=asked.kills,
            seed=asked.seed,
            jobs=asked.jobs,
            tier=asked.tier,
        )
    show(soaked, console)
    honest, attacks = soaked.honest, soaked.attacks
    seconds = time.monotonic() - start
    console.print(f"\n{honest} honest submissions and {attacks} attacks in {seconds:.0f} s.")
    return 0 if soaked.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
