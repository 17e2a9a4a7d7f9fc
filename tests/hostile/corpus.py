"""The attacks as data: read from their files, never imported, and written out as a class.

Two kinds. In most groups the file *is* what a student hands in. In `intake` and `reports` it is a
builder of the harness's own, whose `build(folder)` writes what a student hands in.
"""

from __future__ import annotations

import ast
import importlib.util
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from grader.intake import safe_student

HERE = Path(__file__).parent
COURSE = HERE / "course"
HONEST = HERE / "honest"
SUBMITTED = ("reading", "forging", "persistence", "kernel", "floods", "gaming")
BUILT = ("intake", "reports")
BESIDE = ("forging", "persistence", "floods")
"""Those that could harm whoever is graded at the same time, or next."""
NEIGHBOURS = ("amara", "kofi", "mei", "zofia")
"""Honest students who hang nowhere: there are many copies of their work."""
EXERCISE_FILE = "vault.py"
_TOLD = re.compile(r"TOLD:([a-z_]+)")
_CANARY = re.compile(r"cnry[-_]([a-z]+)[-_][a-z]+")


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the corpus.

    Attributes:
        group: The folder it lies in.
        name: The name of its file, which says what it tries.
        path: The file.
        aim: The first line of its docstring.
        wall: What its docstring says after "Wall: ".
        honest: The points that its honest data earns, or None if it is not to be graded.
        may_cost_itself: Whether it floods its own worker, where it may lose some of them by chance.
        expect: "graded", or words of the reason why it is not gradable.
        student: The name of the student who hands it in.
        known_as: What the grader calls that student: as safe to show as the name may not be.
        shown: Texts that the teacher's page shows as they are.
    """

    group: str
    name: str
    path: Path
    aim: str
    wall: str
    honest: float | None
    may_cost_itself: bool
    expect: str
    student: str
    known_as: str
    shown: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Group and name, as a test shows it."""
        return f"{self.group}/{self.name}"


def attacks() -> tuple[Attack, ...]:
    """The whole corpus, or the groups that `HOSTILE_ONLY` names, in the order of its folders."""
    only = os.environ.get("HOSTILE_ONLY")
    groups = only.split(",") if only else (*SUBMITTED, *BUILT)
    return tuple(
        read(path)
        for group in groups
        for path in sorted((HERE / group).glob("*.py"))
        if not path.name.startswith("_")
    )


def read(path: Path) -> Attack:
    """The attack in a file; what it says of itself is taken as literals."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstring = ast.get_docstring(tree) or ""
    aim, _, rest = docstring.partition("\n")
    literals = _literals(tree)
    expect = str(literals.get("EXPECT", "graded"))
    honest = literals.get("HONEST")
    student = str(literals.get("STUDENT", path.stem))
    return Attack(
        group=path.parent.name,
        name=path.stem,
        path=path,
        aim=aim,
        wall=rest.partition("Wall: ")[2],
        honest=float(str(honest)) if honest is not None else None,
        may_cost_itself=bool(literals.get("MAY_COST_ITSELF", False)),
        expect=expect,
        student=student,
        known_as=str(literals.get("KNOWN_AS", safe_student(student))),
        shown=tuple(_names(literals.get("SHOWN"))),
    )


def _literals(tree: ast.Module) -> dict[str, object]:
    found: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"HONEST", "MAY_COST_ITSELF", "EXPECT", "STUDENT", "KNOWN_AS", "SHOWN"}:
                found[name] = ast.literal_eval(node.value)
    return found


def _names(literal: object) -> Iterator[str]:
    if isinstance(literal, tuple):
        yield from map(str, literal)


def hand_in(attack: Attack, class_folder: Path, told: Mapping[str, str]) -> None:
    """Write what the attacker hands in; `TOLD:word` in it becomes what the word stands for."""
    folder = class_folder / attack.student
    folder.mkdir()
    if attack.group in SUBMITTED:
        text = attack.path.read_text(encoding="utf-8")
        (folder / EXERCISE_FILE).write_text(tell(text, told), encoding="utf-8")
        return
    specification = importlib.util.spec_from_file_location(f"built_{attack.name}", attack.path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.build(folder)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()  # it has written a file beside it, such as a zip


def tell(text: str, told: Mapping[str, str]) -> str:
    """An attacker has read the grader's source and knows the machine: paths, ports, names."""
    return _TOLD.sub(lambda match: told[match[1]], text)


def honest_students() -> dict[str, str]:
    """Name to file of those who only do their homework."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(HONEST.glob("*.py"))}


def neighbours(attacks: Iterable[Attack]) -> dict[str, str]:
    """Name to the honest student whose file it is, of those who come right after an attacker."""
    attackers = (attack.student for attack in attacks if attack.group in BESIDE)
    return {
        f"{attacker}-neighbour": student
        for attacker, student in zip(attackers, itertools.cycle(NEIGHBOURS), strict=False)
    }


class Canaries(msgspec.Struct, frozen=True):
    """Words that give away where a text came from.

    Attributes:
        secret: Of the suite, the reference and the misconceptions: they stay on our side.
        titles: Of titles and hints, which students are shown, and workers still never see.
        inputs: Of hidden inputs: a worker is given them, a student's page is not.
    """

    secret: frozenset[str]
    titles: frozenset[str]
    inputs: frozenset[str]


HIDDEN_NUMBERS = ("7351.25", "14702.5")
"""A number of a hidden test and its answer, as they are written in texts."""


def canaries(*folders: Path, more: Mapping[str, str] | None = None) -> Canaries:
    """All canaries in the files of a course, and in further texts."""
    kinds: dict[str, set[str]] = {}
    for kind, word in _find_canaries(folders or (COURSE,), more or {}):
        kinds.setdefault(kind, set()).add(word)
    titles, inputs = kinds.pop("title", set()), kinds.pop("input", set())
    return Canaries(
        secret=frozenset(set().union(*kinds.values())),
        titles=frozenset(titles),
        inputs=frozenset(inputs),
    )


def _find_canaries(folders: tuple[Path, ...], more: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".toml"}
    ]
    for text in (*texts, *more.values()):
        for match in _CANARY.finditer(text):
            yield match[1], match[0]


def canary_of(student: str) -> str:
    """The canary that an honest student's file, output and scratch carry."""
    return f"cnry-student-{student}"
