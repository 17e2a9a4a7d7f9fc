"""The class that is soaked: the sample class over and over, attackers between its students.

Both hand in for one course, made of the sample class's homework and of the vault that the attacks
are written for. Attackers are a fixed share of all, so that honest work is judged beside theirs.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import tomlkit

from tests.hostile.corpus import COURSE as VAULT
from tests.hostile.corpus import EXERCISE_FILE, Attack, attacks, hand_in, honest_students

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "tests/assets/submissions"
HOMEWORK = ("tensors", "learning", "activations")
HOSTILE_SHARE = 0.25
"""Of all submissions: in a thousand each attack occurs, and most work is honest, as in a class."""


class Work(msgspec.Struct, frozen=True):
    """What one student hands in: files by name, or an attack."""

    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    attack: Attack | None = None

    @property
    def count(self) -> int:
        """How many submissions it is: an attack is one."""
        return len(self.files) or 1


def write_course(folder: Path) -> Path:
    """The course of authors in which both kinds of homework are set."""
    for name in HOMEWORK:
        shutil.copytree(PROJECT / "solutions" / name, folder / name)
    shutil.copytree(VAULT / "vault", folder / "vault")
    limits = tomllib.loads((VAULT / "course.toml").read_text("utf-8"))["limits"]
    with (folder / "vault" / "exercise.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + tomlkit.dumps({"limits": limits}))
    course = {
        "name": "soak",
        "title": "Everything at once",
        "version": "1",
        "exercises": [*HOMEWORK, "vault"],
        "seed": {"env": "GRADE_SECRET"},
    }
    (folder / "course.toml").write_text(tomlkit.dumps(course), "utf-8")
    return folder


def mixed(submissions: int, seed: int) -> list[Work]:
    """So many submissions in a random order, each student with a name of their own.

    Args:
        submissions: How many files are handed in, attacks included.
        seed: Of the order, and of which attacks are tried where there is no room for all.
    """
    chance = random.Random(seed)
    hostile = round(submissions * HOSTILE_SHARE) if attacks() else 0
    chosen = [
        *_until(submissions - hostile, itertools.cycle(_honest())),
        *_until(hostile, itertools.cycle(_attackers(chance))),
    ]
    chance.shuffle(chosen)
    return [
        msgspec.structs.replace(work, name=f"{number:04}-{work.name}")
        for number, work in enumerate(chosen)
    ]


def hand_in_all(works: Iterable[Work], folder: Path) -> Path:
    """Write what everybody hands in, a folder each."""
    folder.mkdir()
    for work in works:
        if work.attack is not None:
            renamed = msgspec.structs.replace(work.attack, student=work.name)
            # One that hands in under other names too can do so once.
            with contextlib.suppress(FileExistsError):
                hand_in(renamed, folder, _Told())
            continue
        own = folder / work.name
        own.mkdir()
        for name, source in work.files:
            (own / name).write_bytes(source)
    return folder


def _until(count: int, works: Iterator[Work]) -> Iterator[Work]:
    while count > 0:
        work = next(works)
        count -= work.count
        yield work


def _honest() -> Sequence[Work]:
    sample = [
        Work(
            student.name,
            tuple((file.name, file.read_bytes()) for file in sorted(student.iterdir())),
        )
        for student in sorted(SAMPLE.iterdir())
    ]
    vault = [
        Work(name, ((EXERCISE_FILE, text.encode()),)) for name, text in honest_students().items()
    ]
    return [*sample, *vault]


def _attackers(chance: random.Random) -> Sequence[Work]:
    """In a random order in which each group has its turn: a few are of as many groups."""
    groups: dict[str, list[Attack]] = {}
    for attack in chance.sample(attacks(), k=len(attacks())):
        groups.setdefault(attack.group, []).append(attack)
    rounds = itertools.zip_longest(*groups.values())
    return [Work(each.student, attack=each) for each in itertools.chain(*rounds) if each]


class _Told(dict[str, str]):
    """What an attacker knows of the machine: here, nothing that exists."""

    def __missing__(self, word: str) -> str:
        return "1" if word in {"grader", "tcp", "udp"} else f"/nonexistent/{word}"
