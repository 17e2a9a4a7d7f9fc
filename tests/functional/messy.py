"""Notebooks as students really hand them in: two right functions, and a mess around them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

DOUBLE = "def double(x):\n    return 2 * x"
SHIFT = "def shift(x):\n    return x + 1"
Cells = Sequence[str | dict[str, Any]]


def code(source: str | list[str], *outputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A cell of version 4."""
    cell: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}}
    return cell | {"outputs": outputs, "source": source} | more


def notebook(*cells: str | dict[str, Any], minor: int = 4, **metadata: Any) -> bytes:
    """A notebook of version 4."""
    whole = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    if minor >= 5:
        whole = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(whole)]
    document = {"cells": whole, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def around(*cells: str | dict[str, Any], **metadata: Any) -> bytes:
    """A notebook with a mess before its right functions."""
    return notebook("import torch", *cells, DOUBLE, SHIFT, **metadata)


def old(*sources: str) -> bytes:
    """A notebook of version 3: cells lie in a worksheet, and their text is `input`."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Homework"]},
        *(
            {
                "cell_type": "code",
                "collapsed": False,
                "input": source.splitlines(keepends=True),
                "language": "python",
                "metadata": {},
                "outputs": [],
                "prompt_number": 7,
            }
            for source in sources
        ),
    ]
    document = {
        "metadata": {"name": "homework", "signature": "sha256:0"},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    return json.dumps(document).encode()


def locked(source: str, checksum: str) -> dict[str, Any]:
    """A cell that nbgrader gave out locked."""
    said = {"grade": False, "grade_id": "imports", "locked": True, "solution": False}
    said |= {"schema_version": 3, "checksum": checksum}
    return code(source) | {"metadata": {"nbgrader": said}}


TRACEBACK = {
    "output_type": "error",
    "ename": "ZeroDivisionError",
    "evalue": "division by zero",
    "traceback": ["\x1b[0;31mZeroDivisionError\x1b[0m: division by zero"],
}
HTML = {
    "output_type": "display_data",
    "metadata": {},
    "data": {
        "text/html": "<script>alert('mine')</script>",
        "application/javascript": "alert('mine')",
        "application/vnd.jupyter.widget-view+json": {"model_id": "0", "version_major": 2},
    },
}
STREAM = {"output_type": "stream", "name": "stdout", "text": "epoch 1, loss 0.5\n" * 3_000_000}
DEAF = (
    "import os, signal\n"
    "for each in range(1, 65):\n"
    "    try: signal.signal(each, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\n"
    "while True: pass"
)
TRAINING = (
    "w = torch.zeros(1, requires_grad=True)\n"
    "for epoch in range(30_000):\n"
    "    for _ in range(10):\n"
    "        loss = ((w - 3) ** 2).sum()\n"
    "        loss.backward()\n"
    "    with torch.no_grad():\n"
    "        w -= 0.001 * w.grad\n"
    "        w.grad.zero_()"
)
TRUNCATED = (
    "The notebook ends in the middle: it was not saved or not uploaded whole. "
    "Save it and hand it in again."
)
WEB_PAGE = (
    "The file is a web page, not a notebook. Download the notebook itself "
    "(in Colab: File, Download, Download .ipynb)."
)
