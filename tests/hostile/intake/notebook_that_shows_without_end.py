"""Fill the grader's memory with what cells show: each as much as may cross, hundreds of them.

Wall: a cell's texts and pictures cross in one bounded header; of a whole notebook five mebibytes
are kept on the trusted side, and of further cells how they ended.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8
FLOOD = """
class Flood:
    def _repr_png_(self):
        return b"\\x89PNG\\r\\n\\x1a\\n" + bytes(299_992)

    def __repr__(self):
        return "\\u6df1" * 10_000
"""


def build(folder: Path) -> None:
    cells = ["for _ in range(1_000): display(Flood())"] * 400
    (folder / "vault.ipynb").write_bytes(notebook(RIGHT.decode(), FLOOD, *cells))
