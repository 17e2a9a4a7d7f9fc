"""Take for ever: numbers of a hundred thousand digits, where a notebook has small ones.

Wall: a number that is none of JSON's own is refused by the reader; of a cell only words are
taken.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8


def build(folder: Path) -> None:
    text = notebook(RIGHT.decode(), "x = 1").replace(
        b'"metadata": {}', b'"execution_count": 1' + b"0" * 300, 1
    )
    (folder / "vault.ipynb").write_bytes(text)
