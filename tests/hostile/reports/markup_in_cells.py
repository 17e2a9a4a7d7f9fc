"""Run a script from a notebook's cells: Markdown, raw text, and code that is HTML by its magic.

Wall: the sources of all cells are shown as text; nothing of a notebook is rendered.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook, text_cell

HONEST = 2
SHOWN = ("<script>alert(1)</script>", "[click](javascript:alert(2))", "<body onload=alert(4)>")


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        text_cell("# <script>alert(1)</script>\n[click](javascript:alert(2))\n![x](x onerror=a)"),
        text_cell("<img src=x onerror=alert(3)>", "raw"),
        "%%html\n<body onload=alert(4)>",
        "%%javascript\nalert(5)",
        "!echo '<script>alert(6)</script>'",
        "%<script>alert(7)</script>",
        "def double(x):\n    return 2 * x",
    )
