"""What a mutant is called: the smallest piece of code that tells a reader what was changed.

Names stand in exercise.toml beside the reason why a mutant is no fault, so they hang on the code
alone and not on the line where it stands.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Sequence
from typing import Any, Final

_LENGTH: Final = 60
"""Characters up to which a piece of code is shown whole."""
_SHOWN: Final = 12
"""Characters up to which a part is shown in a piece that is longer."""
_BARE = ast.Constant | ast.Name | ast.Attribute | ast.UnaryOp | ast.Slice
"""What says little without what surrounds it."""
_BLOCK = (
    ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.ClassDef
    | ast.If
    | ast.For
    | ast.AsyncFor
    | ast.While
    | ast.With
    | ast.AsyncWith
    | ast.Try
    | ast.Match
    | ast.arguments
)


def before_and_after(path: Sequence[ast.AST], fault: ast.AST) -> tuple[str, str]:
    """The code around a fault, without it and with it.

    Args:
        path: The nodes from a statement at the top level down to the one that is replaced.
        fault: What stands in its place.

    Returns:
        "x > 0" and "x >= 0".
    """
    before, after = path[-1], fault
    changed: tuple[ast.AST, ast.AST] | None = None
    for parent in reversed(path[:-1]):
        if isinstance(parent, _BLOCK) or _is_telling(before):
            break
        changed = before, after
        before, after = parent, _with_child(parent, before, after)
    short = _shown(before, changed and changed[0]), _shown(after, changed and changed[1])
    texts = short if short[0] != short[1] else (ast.unparse(before), ast.unparse(after))
    default = _parameter(path)
    return (f"{default}={texts[0]}", f"{default}={texts[1]}") if default else texts


def _is_telling(node: ast.AST) -> bool:
    return isinstance(node, ast.expr | ast.stmt) and not isinstance(node, _BARE)


def _with_child(parent: ast.AST, old: ast.AST, new: ast.AST) -> ast.AST:
    other = copy.copy(parent)
    for field, value in ast.iter_fields(parent):
        if value is old:
            setattr(other, field, new)
        elif isinstance(value, list):
            setattr(other, field, [new if each is old else each for each in value])
    return other


def _shown(node: ast.AST, changed: ast.AST | None) -> str:
    """A piece of code; if it is long, its parts as "…", but for what was changed."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        kind = _abbreviated(node.exc.func)
        return f"raise {ast.unparse(kind)}(…)"
    text = ast.unparse(node)
    if len(text) <= _LENGTH:
        return text
    short = copy.copy(node)
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(short, field, [v if v is changed else _abbreviated(v) for v in value])
        elif isinstance(value, ast.AST) and value is not changed:
            setattr(short, field, _abbreviated(value))
    return ast.unparse(short)


def _abbreviated(node: Any) -> Any:
    """A part of a node: what it is if it is short, and that it is there if it is long."""
    if isinstance(node, ast.keyword):
        return ast.keyword(arg=node.arg, value=_abbreviated(node.value))
    if not isinstance(node, ast.expr) or len(ast.unparse(node)) <= _SHOWN:
        return node
    if isinstance(node, ast.Attribute):
        return ast.Attribute(value=_abbreviated(node.value), attr=node.attr, ctx=ast.Load())
    return ast.Name(id="…", ctx=ast.Load())


def _parameter(path: Sequence[ast.AST]) -> str:
    """The parameter of whose default a node is part; "" if it is none's."""
    for outer, inner in itertools.pairwise(path):
        if isinstance(outer, ast.arguments):
            positional = [*outer.posonlyargs, *outer.args]
            pairs = [
                *zip(reversed(positional), reversed(outer.defaults), strict=False),
                *zip(outer.kwonlyargs, outer.kw_defaults, strict=True),
            ]
            return next((arg.arg for arg, default in pairs if default is inner), "")
    return ""
