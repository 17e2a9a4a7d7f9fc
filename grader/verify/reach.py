"""Which functions a misconception can make wrong: its own, and those that lean on what it defines.

A misconception is written below the reference, where it defines one function anew. No other
function of the file changes unless it mentions, itself or through a third, a name that is bound
anew there; the tests of all others would tell what they told of the reference.
"""

from __future__ import annotations

import ast
from collections.abc import Collection


def affected(reference: str, addition: str, functions: Collection[str]) -> frozenset[str]:
    """The functions that may do something else when the addition is written below the reference.

    Too many rather than too few: a local variable of the same name counts as a mention, and where
    the addition does more than bind names at its top level, all functions are given.

    Args:
        reference: The text of a Python file.
        addition: The text written below it.
        functions: Names of functions at the top level of the reference.
    """
    added = ast.parse(addition).body
    if not all(map(_only_binds, added)):
        return frozenset(functions)
    body = ast.parse(reference).body
    known = {ast.dump(node) for node in body if isinstance(node, ast.Import | ast.ImportFrom)}
    touched = {name for node in added if ast.dump(node) not in known for name in _bound(node)}
    mentions = {name: _mentioned(node) for node in body for name in _bound(node)}
    while True:
        more = {name for name, names in mentions.items() if names & touched} - touched
        if not more:
            return frozenset(functions) & touched
        touched |= more


def _only_binds(node: ast.stmt) -> bool:
    """Whether a statement at the top level does nothing but bind names."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.FunctionDef():
            return not node.decorator_list and not _calls(node.args)
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return not _calls(node) and all(isinstance(each, ast.Name) for each in targets)
        case _:
            return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _calls(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Call) for each in ast.walk(node))


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement at the top level binds."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Import() | ast.ImportFrom():
            return {(each.asname or each.name).partition(".")[0] for each in node.names}
        case _:
            stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            return {each.id for each in stored if isinstance(each.ctx, ast.Store)}


def _mentioned(node: ast.stmt) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
