"""Be somebody else, in the year 9999, with the digest of another file.

Wall: points never hang on the manifest; what it says wrongly is noted.
"""

import json
from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    manifest = {
        "student": "amara",
        "course": "vault",
        "created_at": "9999-12-31T23:59:59.999999+23:59",
        "grade_version": "\u202e" * 99,
        "files": [{"exercise": "vault", "path": "vault.py", "sha256": "0" * 64}] * 1000,
    }
    members = {"manifest.json": json.dumps(manifest).encode(), "vault.py": RIGHT}
    (folder / "submission.zip").write_bytes(zipped(members))
