from __future__ import annotations

import subprocess
import sys

LOOK = """
import gc, sys
from grader.worker.torch_import import import_torch

assert "torch" not in sys.modules
import_torch()
print("torch" in sys.modules, gc.isenabled(), gc.get_freeze_count() > 100_000)
"""


def test_torch_is_imported_and_what_it_brings_is_never_looked_through_again() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["True", "True", "True"]
