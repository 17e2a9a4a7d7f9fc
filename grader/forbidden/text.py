"""Which ruled-out built-ins a student's functions use, by the syntax tree of their text.

A pure function of text: nothing is imported, compiled or run. It finds what stands there in plain
Python, under any alias; a name that is put together while the program runs is left to the watch
in the server (`grader.forbidden.watch`). What nobody calls from the function is not counted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from grader.forbidden.names import Family, families
from grader.forbidden.scope import Scope, literal, local_scope, module_scope

_MAX_UNITS: Final = 2000
"""Definitions that one function may lead to; a real one leads to a handful."""
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
_CALLERS: Final = frozenset({"operator.methodcaller", "operator.attrgetter"})


class Use(msgspec.Struct, frozen=True):
    """Where a function uses what is ruled out for it.

    Attributes:
        name: What is ruled out, as the author wrote it.
        line: The line of the student's text.
        spelling: How the student wrote it, "F.softmax".
    """

    name: str
    line: int
    spelling: str


def uses(
    pieces: Sequence[tuple[str, int]], forbidden: Mapping[str, Sequence[str]]
) -> dict[str, Use]:
    """The first use of something ruled out, by function.

    Args:
        pieces: The student's text as Python: a file, or the cells of a notebook, each with the
            line at which it begins. A piece that is not Python is passed over.
        forbidden: For each function the dotted names that are ruled out for it.
    """
    if not any(forbidden.values()):
        return {}
    scope = module_scope([tree for text, line in pieces if (tree := _parsed(text, line))])
    found = {}
    for function, names in forbidden.items():
        if names and (use := _first_use(function, families(names), scope)) is not None:
            found[function] = use
    return found


def _parsed(text: str, first: int) -> ast.Module | None:
    try:
        tree = ast.parse(text)
    except _UNREADABLE:
        return None
    return ast.increment_lineno(tree, first - 1) if first > 1 else tree


def _first_use(function: str, ruled_out: Sequence[Family], scope: Scope) -> Use | None:
    """The use nearest to the function: its own first, then those of what it leads to."""
    waiting, seen = [function], {function}
    while waiting and len(seen) < _MAX_UNITS:
        name = waiting.pop(0)
        found: list[Use] = []
        for path, line in scope.imported(name):
            found.extend(_named(path, line, path, ruled_out))
        for unit in scope.units(name):
            local = local_scope(unit, scope)
            for node in nodes(unit):
                found.extend(_uses_at(node, local, ruled_out))
                if isinstance(node, ast.Name) and local.leads_out(node.id):
                    following = node.id
                    if following not in seen:
                        seen.add(following)
                        waiting.append(following)
        if found:
            return min(found, key=lambda use: use.line)
    return None


def _uses_at(node: ast.AST, scope: Scope, ruled_out: Sequence[Family]) -> Iterator[Use]:
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        for path in scope.paths(node):
            yield from _named(path, node.lineno, _spelled(node), ruled_out)
    if not isinstance(node, ast.Call):
        return
    word = _method(node, scope)
    if word is not None:
        for family in ruled_out:
            if family.has_word(word) and not scope.defines_method(word):
                yield Use(family.name, node.lineno, _spelled(node.func))
    text = literal(node.args[0]) if node.args else None
    if text is not None and scope.paths(node.func) & {"builtins.eval", "builtins.exec"}:
        tree = _parsed(text.strip(), 1)
        for part in nodes(tree) if tree is not None else ():
            for use in _uses_at(part, scope, ruled_out):
                yield Use(use.name, node.lineno, use.spelling)


def _named(path: str, line: int, spelling: str, ruled_out: Sequence[Family]) -> Iterator[Use]:
    for family in ruled_out:
        if family.has(path):
            yield Use(family.name, line, spelling)


def _method(call: ast.Call, scope: Scope) -> str | None:
    """The name of a method that is called on a value: `x.softmax(1)` and its like."""
    match call.func:
        case ast.Attribute(value, attr) if not scope.paths(value):
            return attr
        case ast.Call(ast.Name("getattr"), [value, name, *_]) if not scope.paths(value):
            return literal(name)
    if scope.paths(call.func) & _CALLERS and call.args:
        return literal(call.args[0])
    return None


def nodes(root: ast.AST) -> Iterator[ast.AST]:
    """All nodes below one, annotations left out; without recursion, for a text may nest deeply."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns"):
                continue
            parts = value if isinstance(value, list) else [value]
            waiting.extend(part for part in parts if isinstance(part, ast.AST))


def _spelled(node: ast.AST) -> str:
    """The dotted name as it stands there; of anything else its last word."""
    words: list[str] = []
    at: ast.AST = node.func if isinstance(node, ast.Call) else node
    while isinstance(at, ast.Attribute):
        words.append(at.attr)
        at = at.value
    if isinstance(at, ast.Name):
        words.append(at.id)
    return ".".join(reversed(words))[:100]
