"""Stop the batch: reading a pipe that nobody writes to waits for ever.

Wall: what is not a regular file is told before it is opened, and opening does not block.
"""

import os
from pathlib import Path

HONEST = None
EXPECT = "not a regular file"


def build(folder: Path) -> None:
    os.mkfifo(folder / "vault.py")
