"""Take another student's name by being read first: decomposed letters sort before composed ones.

Wall: names are compared composed, and who has the name as it is keeps it, whoever is read first.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 0
STUDENT = "ame\u0301lie"
KNOWN_AS = "am\u00e9lie-2"


def build(folder: Path) -> None:
    (folder / "vault.py").write_text("def double(x):\n    return 0 * x\n")
    another = folder.parent / "am\u00e9lie"
    another.mkdir()
    (another / "vault.py").write_bytes(RIGHT)
