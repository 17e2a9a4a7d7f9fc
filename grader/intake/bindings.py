"""Which names a notebook's cells give to something: the words for what ran in the wrong order.

Syntax trees are made here, so that whoever tells an author about them need not make any.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from grader.intake.magics import without_magics
from grader.intake.notebook import Cell

_DEFINES: Final = re.compile(r"^(?:def|class)\s+(\w+)|^(\w+)\s*=(?!=)", re.MULTILINE)
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


class Bindings(msgspec.Struct, frozen=True, kw_only=True):
    """What the code cells of a notebook bind.

    Attributes:
        functions: Per cell, by its number, the functions that it defines at its top level.
        defined: Per cell, by its number, the names that it gives to something there.
        bound: Every name that some statement binds.
        has_star: Whether a star import may bind more.
    """

    functions: dict[int, tuple[str, ...]] = {}
    defined: dict[int, tuple[str, ...]] = {}
    bound: frozenset[str] = frozenset()
    has_star: bool = False


def bindings_of(cells: Sequence[Cell]) -> Bindings:
    """What the code cells of a notebook bind.

    Args:
        cells: The code cells.
    """
    bound: set[str] = set()
    has_star = False
    defined = {cell.number: _defined(cell.source) for cell in cells}
    for cell in cells:
        bound.update(defined[cell.number])
        try:
            tree = ast.parse(without_magics(cell.source))
        except _UNREADABLE:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
            elif isinstance(node, ast.alias):
                bound.add((node.asname or node.name).partition(".")[0])
                has_star = has_star or node.name == "*"
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                bound.add(node.name)
    return Bindings(
        functions={cell.number: _functions(cell.source) for cell in cells},
        defined=defined,
        bound=frozenset(bound),
        has_star=has_star,
    )


def _defined(source: str) -> tuple[str, ...]:
    """The names that a cell gives to something at its top level, read from its text alone."""
    return tuple(dict.fromkeys(name for pair in _DEFINES.findall(source) for name in pair if name))


def _functions(source: str) -> tuple[str, ...]:
    try:
        tree = ast.parse(source)
    except _UNREADABLE:
        return tuple(re.findall(r"^def\s+(\w+)", source, re.MULTILINE))
    return tuple(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
