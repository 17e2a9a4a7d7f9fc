"""Hand in for somebody else: a manifest in a zip that nobody has named says so.

Wall: what only a manifest names is kept apart from what a folder or a platform names.
"""

from pathlib import Path

from grader.intake import pack
from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    packed = pack(
        {"vault": ("vault.py", b"x = 1")},
        student="amara",
        course="vault",
        created_at="9999-12-31T23:59:59Z",
        grade_version="1",
    )
    (folder.parent / "submission.zip").write_bytes(packed)
    (folder / "vault.py").write_bytes(RIGHT)
