"""Run a script from what the code prints, while it is loaded and in each call.

Wall: printed text is text, escaped where it is shown, and not shown to students of hidden tests.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
SHOWN = ("</pre></details><script>alert(2)</script>",)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
import sys

print("<script>alert(1)</script>")

def double(x):
    print("</pre></details><script>alert(2)</script>")
    print("<img src=x onerror=alert(3)>", file=sys.stderr)
    return 2 * x
""",
    )
