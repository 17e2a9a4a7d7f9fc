"""The zygote's heap in huge pages: merged where the kernel can, and unharmed either way."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from grader.worker.heap import collapse
block = bytearray(b"x" * (16 << 20))
merged = collapse()
assert block.count(b"x") == 16 << 20
rollup = open("/proc/self/smaps_rollup").read()
huge = int(rollup.split("AnonHugePages:")[1].split()[0]) << 10
print(merged, huge)
"""


def test_merged_memory_keeps_its_contents_and_lies_in_huge_pages() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    merged, huge = map(int, done.stdout.split())
    # A kernel before 6.1 merges nothing; what it says it merged must lie in huge pages.
    assert (merged > 0) == (huge > 0)
