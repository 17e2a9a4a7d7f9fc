"""Crash the decoder: bytes that are no text, and halves of characters.

Wall: cells that cannot be read are left out, with a note, and half a character becomes a question
mark.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8


def build(folder: Path) -> None:
    text = notebook(RIGHT.decode(), 'x = "HERE"').replace(b"HERE", b"\\ud800")
    (folder / "vault.ipynb").write_bytes(text)
