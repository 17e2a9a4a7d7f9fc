"""What the builders of `reports/` write: files and notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.hostile.corpus import EXERCISE_FILE


def hand_in_file(folder: Path, source: str, name: str = EXERCISE_FILE) -> None:
    """A Python file."""
    (folder / name).write_bytes(source.encode("utf-8", "surrogatepass"))


def hand_in_notebook(folder: Path, *cells: str | dict[str, Any]) -> None:
    """A notebook of code cells, and of others as they are saved."""
    saved = [cell if isinstance(cell, dict) else code_cell(cell) for cell in cells]
    text = json.dumps({"cells": saved, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "vault.ipynb").write_text(text, encoding="utf-8")


def code_cell(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    """A code cell with what it showed when it was saved."""
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def text_cell(source: str, kind: str = "markdown") -> dict[str, Any]:
    """A cell of Markdown, or of raw text."""
    return {"cell_type": kind, "metadata": {}, "source": source}
