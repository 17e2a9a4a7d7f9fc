"""A `.py` in "# %%" cells → the same text as a notebook, for those who would rather work in one.

The notebook is a pure function of the text, to the byte. Left to themselves, notebooks are not:
cells get random names, and the tools that make one leave notes of their own in it. Here a cell is
named after its content, and only what the author wrote is kept.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from grader.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK_SUFFIX: Final = ".ipynb"
_ID_CHARACTERS: Final = 12
_FORMAT: Final = {
    "extension": ".py",
    "format_name": "percent",
    # A comment that begins with `%` or `!` stays a comment.
    "comment_magics": False,
}
_KEPT_METADATA: Final = ("jupyter", "slideshow", "tags")
_METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def make_notebook(text: str, filename: str, closing: str = "") -> bytes:
    """The notebook of a `.py`: nbformat 4.5, without outputs.

    Args:
        text: Python in the percent format: cells begin with `# %%`, prose with `# %% [markdown]`.
        filename: Its name, for messages.
        closing: Markdown for one more cell at the end; none if empty.

    Returns:
        JSON in UTF-8, the same bytes for the same text. Cells are named after their content, so a
        cell keeps its name when others come and go.

    Raises:
        CourseError: Some of the code would not be code in the notebook, or what the file says of a
            cell or of the notebook has no meaning there.
    """
    # Both take a third of a second to import, and no other command needs them.
    import jupytext  # noqa: PLC0415
    import nbformat  # noqa: PLC0415
    import yaml  # noqa: PLC0415

    try:
        read = jupytext.reads(text, _FORMAT)
    except (nbformat.ValidationError, yaml.YAMLError) as error:
        raise CourseError(
            f"{filename}: no notebook can be made of it: {str(error).splitlines()[0]}. Look at "
            "what stands behind `# %%` and between lines `# ---`; neither is needed."
        ) from error
    cells = [_cell(cell) for cell in read.cells]
    _check_code(text, filename, cells)
    if closing:
        cells.append(nbformat.v4.new_markdown_cell(closing))
    for cell, name in zip(cells, _names(cells), strict=True):
        cell["id"] = name
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA, nbformat_minor=5)
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n".encode()


def _cell(read: NotebookNode) -> NotebookNode:
    """The cell without outputs, and without what jupytext notes for its way back."""
    kept = {key: read.metadata[key] for key in _KEPT_METADATA if key in read.metadata}
    return type(read)({**read, "metadata": kept})


def _names(cells: list[NotebookNode]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for cell in cells:
        content = f"{cell.cell_type}\0{cell.source}".encode()
        name = hashlib.sha256(content).hexdigest()[:_ID_CHARACTERS]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _check_code(text: str, filename: str, cells: list[NotebookNode]) -> None:
    """Refuse a notebook whose code is not the file's: code below `[markdown]` becomes prose."""
    found: list[ast.stmt] = []
    for cell in cells:
        if cell.cell_type == "code":
            try:
                found += _statements(cell.source)
            except SyntaxError:
                break
    for written, kept in zip_longest(_statements(text), found):
        if written is None or kept is None or ast.dump(written) != ast.dump(kept):
            line = 1 if written is None else written.lineno
            raise CourseError(
                f"{filename}:{line}: the notebook of this file would not hold the same code from "
                "here on. Code belongs below a line `# %%`, and below `# %% [markdown]` only "
                "comments do; a statement lies in one cell."
            )


def _statements(text: str) -> list[ast.stmt]:
    """The statements, but for the texts that stand alone: prose may be written so."""
    return [
        node
        for node in ast.parse(text).body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
