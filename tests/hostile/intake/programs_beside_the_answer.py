"""Have Python, pip or pytest pick up what lies beside the answer: conftest.py, torch.py, evil.pth.

Wall: of a folder only the exercise's own file is read, as text; no folder of a student's is ever a
working folder, on a path or a place for configuration.
"""

from pathlib import Path

from tests.hostile.intake._making import ASKING, beside

HONEST = 4


def build(folder: Path) -> None:
    for name, content in beside(ASKING, folder.parents[1] / "conquered").items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
