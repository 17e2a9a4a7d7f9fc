"""What a session executed, laid out as a notebook of what the functions asked for need.

A session is no file: a cell was run five times and edited in between, another trained for an hour,
a third drew pictures. Of all that, the statements are kept that give the wanted functions, and the
names which these use, their value; everything else becomes an empty line, so that lines and cell
numbers stay those that the student sees. Where something is defined several times, the order of
execution decides, as it did in the session.
"""

from __future__ import annotations

import ast
import difflib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from IPython.core.inputtransformer2 import TransformerManager

from grader.extension.messages import Executed
from grader.intake.notebook import MAX_CELLS
from grader.worker.shell import without_its_magic

_EMPTY: Final = "#"
"""A cell of which nothing is kept: it holds the place of its number."""
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
_STAR: Final = "*"


class _Statement(msgspec.Struct, frozen=True):
    """A statement at the top level of a cell.

    Attributes:
        cell: The number of the cell.
        node: The statement.
        names: The names that it gives a value, or changes the value of.
        uses: The names that it reads, now or when it is called.
    """

    cell: int
    node: ast.stmt
    names: frozenset[str]
    uses: frozenset[str]

    @property
    def lines(self) -> range:
        """Its lines in the cell, decorators included, counted from 1."""
        decorators = getattr(self.node, "decorator_list", [])
        first = min(node.lineno for node in (self.node, *decorators))
        return range(first, (self.node.end_lineno or first) + 1)

    @property
    def is_definition(self) -> bool:
        """Whether it defines what it names, as opposed to importing it."""
        return not isinstance(self.node, ast.Import | ast.ImportFrom)


class _Broken(msgspec.Struct, frozen=True):
    """A cell that is not Python; Jupyter has said so, and its session knows nothing of it."""

    cell: int
    source: str
    line: int
    error: str


class Session:
    """The cells that a session executed, read statement by statement.

    Args:
        cells: In the order of execution.
    """

    def __init__(self, cells: Sequence[Executed]) -> None:
        self._texts: dict[int, list[str]] = {}
        self._statements: list[_Statement] = []
        self._broken: list[_Broken] = []
        for cell in cells:
            self._read(cell)

    @property
    def defined(self) -> frozenset[str]:
        """The names that cells define; imported ones do not count."""
        return frozenset(
            name for each in self._statements if each.is_definition for name in each.names
        )

    def notebook(self, wanted: Collection[str]) -> bytes:
        """A notebook, as JSON, of all that these functions need."""
        kept: dict[int, set[int]] = {}
        for statement in self._kept(wanted):
            kept.setdefault(statement.cell, set()).update(statement.lines)
        last = max(kept, default=0)
        # Cells beyond this would not be read: numbers give way to functions.
        numbers = range(1, last + 1) if last <= MAX_CELLS else sorted(kept)
        cells = [
            {
                "cell_type": "code",
                "execution_count": number,
                "metadata": {},
                "outputs": [],
                "source": self._source(number, kept.get(number, ())),
            }
            for number in numbers
        ]
        document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")

    def notes(self, wanted: Collection[str], imported: Mapping[str, str]) -> tuple[str, ...]:
        """Why a function that is there for the student may not be there for the tests.

        Args:
            wanted: The functions asked for.
            imported: Functions of the session that no cell defines: name → module.
        """
        return (*self._broken_notes(wanted), *self._import_notes(wanted, imported))

    def _read(self, cell: Executed) -> None:
        source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
        try:
            body = without_its_magic(source)
            translated: str = TransformerManager().transform_cell(body)
            tree = ast.parse(translated)
        except _UNREADABLE as error:
            line = getattr(error, "lineno", None) or 1
            said = getattr(error, "msg", None) or type(error).__name__
            self._broken.append(_Broken(cell.number, source, line, str(said)))
            return
        own, python = body.rstrip("\n").split("\n"), translated.rstrip("\n").split("\n")
        self._texts[cell.number] = own if len(own) == len(python) else python
        self._statements += [
            _Statement(cell.number, node, frozenset(_names(node)), frozenset(_uses(node)))
            for node in tree.body
        ]

    def _kept(self, wanted: Collection[str]) -> list[_Statement]:
        needed = set(wanted)
        for name in needed - self.defined:
            # A function under another name: whoever judges will ask whether it is meant.
            needed.update(difflib.get_close_matches(name, self.defined, 1, 0.75))
        statements = self._statements
        while True:
            kept = _needed(statements, needed)
            current = [each for index, each in enumerate(kept) if not _is_past(index, kept)]
            if len(current) == len(kept):
                return kept
            statements = current

    def _source(self, number: int, lines: Collection[int]) -> str:
        if not lines:
            return _EMPTY
        text = self._texts[number]
        return "\n".join(
            line if count in lines else "" for count, line in enumerate(text[: max(lines)], 1)
        )

    def _broken_notes(self, wanted: Collection[str]) -> Iterator[str]:
        for name in wanted:
            newest = max((s.cell for s in self._statements if name in s.names), default=0)
            pattern = re.compile(rf"^\s*def\s+{re.escape(name)}\b", re.MULTILINE)
            for broken in self._broken[::-1]:
                if broken.cell > newest and pattern.search(broken.source):
                    yield (
                        f"Cell [{broken.cell}] is not Python (line {broken.line}: {broken.error}), "
                        f"so its `{name}` does not count. Mend the cell, run it, and check again."
                    )
                    break

    def _import_notes(self, wanted: Collection[str], imported: Mapping[str, str]) -> Iterator[str]:
        for name in wanted:
            if name in imported and name not in self.defined:
                yield (
                    f"`{name}` is imported from `{imported[name]}`, and only what cells define is "
                    "checked here. `grade check` in a terminal checks files."
                )


def _names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement gives a value, or changes the value of."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Import():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case ast.ImportFrom():
            yield from (alias.asname or alias.name for alias in node.names)
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                # `w[0] = 1` changes w.
                yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
        case _:
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield part.id


def _uses(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            yield part.id


def _needed(statements: Sequence[_Statement], wanted: Collection[str]) -> list[_Statement]:
    """Those that give the wanted names a value, or names that these use, and so on."""
    needed, kept = set(wanted), list[_Statement]()
    while True:
        found = [each for each in statements if each.names & needed or _STAR in each.names]
        if len(found) == len(kept):
            return kept
        kept = found
        needed.update(*(each.uses for each in kept))


def _is_past(index: int, kept: Sequence[_Statement]) -> bool:
    """Whether all that a statement gives was given anew before anything could have used it."""
    left = set(kept[index].names)
    for later in kept[index + 1 :]:
        if left & set(_uses_at_once(later.node)):
            return False
        left -= set(_gives(later.node))
        if not left:
            return True
    return False


def _gives(node: ast.stmt) -> Iterator[str]:
    """The names that have a new value after a statement, whatever they were before."""
    match node:
        case ast.AnnAssign(value=None):
            return  # `w: Tensor` promises a value and gives none
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        yield part.id
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Import() | ast.ImportFrom():
            yield from _names(node)


def _uses_at_once(node: ast.stmt) -> Iterator[str]:
    """The names that a statement reads as it is run, not only when what it defines is called."""
    if isinstance(node, _FUNCTIONS):
        for part in (*node.decorator_list, node.args, *([node.returns] if node.returns else [])):
            yield from _uses(part)
    else:
        yield from _uses(node)
