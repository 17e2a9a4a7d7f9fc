"""Mutants of a reference: each is the whole file with one small fault in it.

A fault that no hidden test notices is one that a student may make for free. Faults are made only
where students write: inside the solution regions, and in the defaults of a signature. Each is
spliced into the text, so that everything else, line numbers included, stays as it was.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from grader.course import Region, find_regions
from grader.course.markers import split_lines
from grader.errors import CourseError
from grader.verify.mutations import Setting, mutations
from grader.verify.naming import before_and_after

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


class _Place(NamedTuple):
    """A node, and the way to it from a statement at the top level of the file, itself included."""

    node: ast.expr | ast.stmt
    path: tuple[ast.AST, ...]


class Mutant(msgspec.Struct, frozen=True, kw_only=True):
    """A reference with one small fault.

    Attributes:
        function: The function at the top level of the file that holds the fault: one that students
            write, or a helper inside a solution region (then any test may notice).
        line: Where the fault is, from 1.
        before: The smallest telling expression or statement, as `ast.unparse` writes it.
        after: The same with the fault.
        name: "x > 0 → x >= 0", with " (2)" behind the second of this name in the function.
        source: The whole file with this one fault.
    """

    function: str
    line: int
    before: str
    after: str
    name: str
    source: str


def mutants(source: str, filename: str, functions: Collection[str]) -> tuple[Mutant, ...]:
    """Every mutant of a reference, in the order of its lines.

    Args:
        source: The reference.
        filename: Its name, for messages.
        functions: The functions that students write; the defaults in their signatures are mutated
            although they lie outside of the regions.

    Returns:
        Mutants that compile and differ from the reference and from each other.

    Raises:
        MarkerError: The regions are wrong.
        CourseError: The reference is not Python.
    """
    regions = find_regions(source, filename)
    text = "\n".join(split_lines(source))
    try:
        tree = ast.parse(text, filename)
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{filename}: not Python: {error}.") from error
    seen = {ast.dump(tree)}
    named: Counter[tuple[str, str]] = Counter()
    found = []
    for place in _places(tree, regions, functions):
        for fault in mutations(place.node, _setting(place, tree)):
            mutated = _spliced(text, place.node, fault)
            meaning = _meaning(mutated)
            if meaning is None or meaning in seen:
                continue
            seen.add(meaning)
            before, after = before_and_after(place.path, fault)
            owner, name = _name(place.path[0]), f"{before} → {after}"
            named[owner, name] += 1
            count = named[owner, name]
            found.append(
                Mutant(
                    function=owner,
                    line=place.node.lineno,
                    before=before,
                    after=after,
                    name=name if count == 1 else f"{name} ({count})",
                    source=mutated,
                )
            )
    return tuple(found)


def _places(
    tree: ast.Module, regions: Sequence[Region], functions: Collection[str]
) -> list[_Place]:
    """Where faults are made, in the order of the text."""
    places = [
        place
        for statement in tree.body
        for place in _walk(statement, ())
        if _is_inside(place.node, regions) or _is_default(place.path, functions)
    ]
    return sorted(places, key=lambda place: (place.node.lineno, place.node.col_offset))


def _walk(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[_Place]:
    path = (*above, node)
    if isinstance(node, ast.expr | ast.stmt):
        yield _Place(node, path)
    if isinstance(node, ast.Raise | ast.JoinedStr):
        return  # nobody tests the words of a message
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"}:
            continue  # they change no answer
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, path)


def _is_inside(node: ast.expr | ast.stmt, regions: Sequence[Region]) -> bool:
    last = node.end_lineno or node.lineno
    return any(region.begin < node.lineno and last < region.end for region in regions)


def _is_default(path: tuple[ast.AST, ...], functions: Collection[str]) -> bool:
    """Whether a node is part of a default in the signature of a function that students write."""
    function, *inner = path
    is_written = isinstance(function, _Definition) and function.name in functions
    return is_written and bool(inner) and isinstance(inner[0], ast.arguments)


def _setting(place: _Place, tree: ast.Module) -> Setting:
    around = list(ast.walk(place.path[0]))
    parameters = {each.arg for each in around if isinstance(each, ast.arg)}
    stored = {
        each.id
        for each in around
        if isinstance(each, ast.Name)
        and isinstance(each.ctx, ast.Store)
        and each.lineno < place.node.lineno
    }
    imports = [each for each in ast.walk(tree) if isinstance(each, ast.Import | ast.ImportFrom)]
    imported = {(a.asname or a.name).partition(".")[0] for each in imports for a in each.names}
    return Setting(
        parent=place.path[-2] if len(place.path) > 1 else tree,
        imported=frozenset(imported),
        bound=frozenset(parameters | stored),
    )


def _name(node: ast.AST) -> str:
    """The name of what a statement at the top level defines."""
    if isinstance(node, _Definition | ast.ClassDef):
        return node.name
    return ast.unparse(node).partition("=")[0].strip()


def _spliced(text: str, node: ast.expr | ast.stmt, fault: ast.AST) -> str:
    """The text with a fault in a node's place."""
    written = ast.unparse(fault)
    if not isinstance(fault, ast.stmt | ast.Slice):
        written = f"({written})"  # whatever stands around it
    content = text.encode()  # syntax trees count bytes
    starts = [0, *(match.end() for match in re.finditer(b"\n", content))]
    first = starts[node.lineno - 1] + node.col_offset
    last = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return (content[:first] + written.encode() + content[last:]).decode()


def _meaning(source: str) -> str | None:
    """What tells two files apart that differ only in brackets; None if it does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a mutant may look suspicious
            tree = ast.parse(source)
            compile(tree, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return ast.dump(tree)
