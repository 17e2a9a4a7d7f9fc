"""A look at what a student wrote, by its text: is it Python, and what is still unwritten?

Only syntax trees are looked at; nothing runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import msgspec

from grader.course.placeholders import is_placeholder
from grader.intake.magics import UNREADABLE, cell_tree, python_tree
from grader.intake.reading import Reading

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What a look showed.

    Attributes:
        problem: Why it cannot be read at all, with the line; None if it can.
        is_unreadable: Whether it is not even a text: a notebook that is none, for example.
        broken: The cells of a notebook that are not Python: "cell [3], line 2: invalid syntax".
        unwritten: Functions that are still as an author leaves them to be written.
        missing: Functions that are not there at all.
        is_blank: Whether it defines nothing: no function of the exercise, and no other.
    """

    problem: str | None = None
    is_unreadable: bool = False
    broken: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_blank: bool = False


def inspect(reading: Reading, functions: Sequence[str]) -> Inspection:
    """Look at a student's file or notebook.

    Args:
        reading: What was read of it.
        functions: The names of the functions that the exercise asks for.
    """
    if reading.problem is not None:
        return Inspection(problem=reading.problem, is_unreadable=True)
    trees: list[ast.Module] = []
    broken: list[str] = []
    if reading.cells is None:
        try:
            trees.append(python_tree(reading.text))
        except UNREADABLE as error:
            return Inspection(problem=_where(error))
    for cell in reading.cells or ():
        try:
            trees.append(cell_tree(cell.source))
        except UNREADABLE as error:
            broken.append(f"cell [{cell.number}], {_where(error)}")
    defined = dict(_definitions(trees))
    assigned = {
        node.id
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return Inspection(
        broken=tuple(broken),
        unwritten=tuple(
            name for name in functions if name in defined and _is_unwritten(defined[name])
        ),
        missing=tuple(name for name in functions if name not in defined and name not in assigned),
        is_blank=not broken and not defined and assigned.isdisjoint(functions),
    )


def _where(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno or 1}: {error.msg}"
    if isinstance(error, (RecursionError, MemoryError)):
        return "too long, or nested too deeply, to be looked at"
    return str(error)


def _definitions(trees: Sequence[ast.Module]) -> Iterator[tuple[str, _Function]]:
    """Every function by its name; later ones count, and those at the top level most."""
    for tree in trees:
        yield from ((n.name, n) for n in ast.walk(tree) if isinstance(n, _Function))
    for tree in trees:
        yield from ((n.name, n) for n in tree.body if isinstance(n, _Function))


def _is_unwritten(function: _Function) -> bool:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return all(map(_is_nothing, body)) or any(map(_is_left_open, ast.walk(function)))


def _is_nothing(statement: ast.stmt) -> bool:
    """Whether it is `pass` or `...`."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return statement.value.value is ...
    return isinstance(statement, ast.Pass)


def _is_left_open(node: ast.AST) -> bool:
    """Whether it raises NotImplementedError, or is a placeholder."""
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Name) and is_placeholder(node.id)
