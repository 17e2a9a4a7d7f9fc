"""A look at a student's file before it is handed in: does it parse, and what is still unwritten?

Only the syntax tree is looked at; nothing runs. For the student's own machine and own file.
"""

from __future__ import annotations

import ast
import warnings

import msgspec

from grader.course import Exercise


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a file showed.

    Attributes:
        problem: Why Python cannot read it, with the line; None if it can.
        unwritten: Functions that still raise NotImplementedError.
        missing: Functions that are not there at all.
    """

    problem: str | None = None
    unwritten: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def inspect(text: str, exercise: Exercise) -> Inspection:
    """Look at a student's file.

    Args:
        text: The file's text.
        exercise: The exercise that it is for.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        return Inspection(problem=f"line {error.lineno or 1}: {error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:
        return Inspection(problem=str(error))
    defined = {
        node.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    names = [function.name for function in exercise.functions]
    assigned = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return Inspection(
        unwritten=tuple(name for name in names if name in defined and _is_stub(defined[name])),
        missing=tuple(name for name in names if name not in defined and name not in assigned),
    )


def _is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(node, ast.Raise) and _raised_name(node.exc) == "NotImplementedError"
        for node in ast.walk(function)
    )


def _raised_name(raised: ast.expr | None) -> str | None:
    called = raised.func if isinstance(raised, ast.Call) else raised
    return called.id if isinstance(called, ast.Name) else None
