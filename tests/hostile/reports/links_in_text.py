"""Have somebody click: addresses of scripts, files and other sites in text of all kinds.

Wall: no address in a text becomes a link, neither on a page nor in a terminal.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook, text_cell

HONEST = 0
SHOWN = ("javascript:alert(1)", "[marks](data:text/html,<script>alert(3)</script>)")


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        text_cell("[marks](data:text/html,<script>alert(3)</script>) <javascript:alert(4)>"),
        """
def double(x):
    print("https://e.invalid/?marks file:///etc/passwd")
    raise ValueError("javascript:alert(1)")

def total(x):
    raise ValueError("<a href=java\\tscript:alert(2)>your marks</a> [link=https://e.invalid]x[/link]")
""",
    )
