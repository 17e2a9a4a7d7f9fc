"""Take for ever: a notebook of a million empty cells.

Wall: at most 2,000 cells are read, in a process with limited memory, and that is said.
"""

import json
from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8


def build(folder: Path) -> None:
    document = json.loads(notebook(RIGHT.decode()))
    document["cells"] += [{}] * 1_000_000
    (folder / "vault.ipynb").write_text(json.dumps(document))
