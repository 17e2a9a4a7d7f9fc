"""Show one set of cells to Jupyter and another to the grader, under the same key.

Wall: there is none to get through: the last one counts, as for Jupyter, and the report shows what
was graded.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8


def build(folder: Path) -> None:
    right = notebook(RIGHT.decode())
    (folder / "vault.ipynb").write_bytes(
        b'{"cells": [{"source": "def double(x): return 0"}], ' + right[1:]
    )
