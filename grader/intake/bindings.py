"""Which names a notebook's cells give to something: the words for what ran in the wrong order.

Syntax trees are made here, so that whoever tells an author about them need not make any.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from grader.intake.magics import UNREADABLE, cell_tree
from grader.intake.notebook import Cell

_DEFINES: Final = re.compile(
    r"^(?:async\s+)?(def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE
)
_SCOPES: Final = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A name that a statement at the top level gives to something.

    Attributes:
        name: The name; "*" for all that a star import brings.
        line: The statement's first line in the notebook's text.
        end: Its last one.
    """

    name: str
    line: int
    end: int


class Bindings(msgspec.Struct, frozen=True, kw_only=True):
    """What the code cells of a notebook bind.

    Attributes:
        functions: Per cell, by its number, the functions that it defines at its top level; a name
            as often as it is defined.
        defined: Per cell, by its number, the names that it gives to something there.
        broken: The functions that stand in cells which are not Python, per cell.
        bound: Every name that some statement binds.
        has_star: Whether a star import may bind more.
    """

    functions: dict[int, tuple[str, ...]] = {}
    defined: dict[int, tuple[Definition, ...]] = {}
    broken: dict[int, tuple[str, ...]] = {}
    bound: frozenset[str] = frozenset()
    has_star: bool = False


def bindings_of(cells: Sequence[Cell]) -> Bindings:
    """What the code cells of a notebook bind.

    Args:
        cells: The code cells.
    """
    functions: dict[int, tuple[str, ...]] = {}
    defined: dict[int, list[Definition]] = {}
    broken: dict[int, tuple[str, ...]] = {}
    bound: set[str] = set()
    for cell in cells:
        try:
            tree = cell_tree(cell.source)
        except UNREADABLE:
            found = [(kind, name or other) for kind, name, other in _DEFINES.findall(cell.source)]
            last = cell.line + cell.line_count - 1
            functions[cell.number] = ()
            defined[cell.number] = [Definition(name, cell.line, last) for _, name in found]
            broken[cell.number] = tuple(name for kind, name in found if kind == "def")
            bound.update(name for _, name in found)
            continue
        functions[cell.number] = tuple(
            node.name for node in tree.body if isinstance(node, ast.FunctionDef)
        )
        own = defined[cell.number] = []
        for statement in tree.body:
            line = cell.line + statement.lineno - 1
            end = cell.line + (statement.end_lineno or statement.lineno) - 1
            names = list(_bound(statement))
            bound.update(name for name, _ in names)
            outer = dict.fromkeys(name for name, is_outer in names if is_outer)
            own += [Definition(name, line, end) for name in outer]
    return Bindings(
        functions=functions,
        defined={number: tuple(own) for number, own in defined.items()},
        broken=broken,
        bound=frozenset(bound - {"*"}),
        has_star="*" in bound,
    )


def _bound(statement: ast.stmt) -> Iterator[tuple[str, bool]]:
    """Each name that a statement binds, and whether outside of the functions that it defines."""
    waiting: list[tuple[ast.AST, bool]] = [(statement, True)]
    while waiting:
        node, is_outer = waiting.pop()
        for name in _bound_by(node):
            yield name, is_outer
        is_outer = is_outer and not isinstance(node, _SCOPES)
        waiting.extend((child, is_outer) for child in ast.iter_child_nodes(node))


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that one node binds; "*" stands for any."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.alias(name=name, asname=asname):
            yield (asname or name).partition(".")[0]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
