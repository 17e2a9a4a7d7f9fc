"""A reference → the stub that students complete: a pure function of the text, to the byte.

A region inside a function becomes a line that raises `NotImplementedError` with the function's
name; a region anywhere else disappears. The result is proved before it is given away: it compiles,
every function to be written is there, keeps its docstring and has lost its solution.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Iterator

from grader.course.markers import Region, find_regions, replace_regions
from grader.errors import CourseError, MarkerError

PROMPT = "# Your code here."
UNWRITTEN = "write your answer here"
"""What a function of the stub says when it is called."""

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


def make_stub(text: str, filename: str, functions: Collection[str] = ()) -> str:
    """The stub of a reference.

    Args:
        text: The reference.
        filename: Its name, for messages.
        functions: The names of the functions that students write.

    Returns:
        The stub, with a single newline character at the end of each line.

    Raises:
        MarkerError: The regions are wrong, or what they leave behind is not Python.
        CourseError: The reference is not Python, or a function has no region.
    """
    regions = find_regions(text, filename)
    reference = _parse(text, filename)
    owners = {region: _owner(reference, region) for region in regions}

    def prompt(region: Region) -> tuple[str, ...]:
        owner = owners[region]
        if owner is None:
            return ()
        return (
            f"{region.indent}{PROMPT}",
            f'{region.indent}raise NotImplementedError("{owner}: {UNWRITTEN}")',
        )

    stub = replace_regions(text, regions, prompt)
    try:
        tree = _parse(stub, filename)
    except CourseError as error:
        lines = ", ".join(str(region.begin) for region in regions)
        raise MarkerError(
            f"{filename}: without its regions (line {lines}) the file is no longer Python: "
            f"{error.__cause__}. A region must hold whole statements, and a block needs something "
            "besides it."
        ) from error
    for name in functions:
        _check_function(name, reference, tree, filename, set(owners.values()))
    return stub


def _parse(text: str, filename: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is for the author's linter
            compile(text, filename, "exec", dont_inherit=True)
            return ast.parse(text, filename)
    except SyntaxError as error:
        raise CourseError(f"{filename}:{error.lineno or 1}: not Python: {error.msg}.") from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise CourseError(f"{filename}: not Python: {error}.") from error


def _owner(node: ast.AST, region: Region, prefix: str = "") -> str | None:
    """The outermost function that holds all of the region's code: "softmax", "Net.forward"."""
    for child in ast.iter_child_nodes(node):
        end = getattr(child, "end_lineno", None)
        if end is None or not (child.lineno < region.first and region.last <= end):  # type: ignore[attr-defined]
            continue
        if isinstance(child, _Definition):
            return prefix + child.name
        inner = f"{prefix}{child.name}." if isinstance(child, ast.ClassDef) else prefix
        return _owner(child, region, inner)
    return None


def _check_function(
    name: str,
    reference: ast.Module,
    stub: ast.Module,
    filename: str,
    owners: Collection[str | None],
) -> None:
    written = next(_definitions(reference, name), None)
    if written is None:
        raise CourseError(
            f"{filename}: there is no function `{name}` at the top level, although the exercise "
            "asks for one. Write it, or take it out of exercise.toml."
        )
    if name not in owners:
        raise MarkerError(
            f"{filename}:{written.lineno}: the function `{name}` has no solution region, so "
            "students would get the solution. Mark it with `# BEGIN SOLUTION` and "
            "`# END SOLUTION`."
        )
    released = next(_definitions(stub, name), None)
    if released is None or ast.get_docstring(released) != ast.get_docstring(written):
        raise MarkerError(
            f"{filename}:{written.lineno}: a region swallows the signature or the docstring of "
            f"`{name}`. Begin the region below the docstring."
        )


def _definitions(tree: ast.Module, name: str) -> Iterator[_Definition]:
    for node in tree.body:
        if isinstance(node, _Definition) and node.name == name:
            yield node
