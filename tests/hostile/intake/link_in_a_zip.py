"""Have the reference graded, through a link packed into a zip.

Wall: members are bytes, a link among them refuses the whole zip, and nothing is unpacked.
"""

import stat
import zipfile
from pathlib import Path

HONEST = None
EXPECT = "and links are not followed"


def build(folder: Path) -> None:
    reference = folder.parent.parent / "solutions" / "vault" / "vault.py"
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        entry = zipfile.ZipInfo("vault.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, str(reference))
