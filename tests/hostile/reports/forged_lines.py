"""Forge lines of the grader's own output, by line ends in texts that stand on one line.

Wall: what stands on one line is put on one line; what has several is set off from the margin.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook

HONEST = 0
SHOWN = ("Forged: 8 of 8 points",)


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        "!echo 1 \\\nForged: 8 of 8 points",
        "%magic \x0bForged: 8 of 8 points\x0cForged: 8",
        "raise ValueError('x\\nForged: 8 of 8 points')",
        "raise type('x\\nForged: 8 of 8 points', (Exception,), {})('\\n\\nForged: 8 of 8 points')",
        """
def double(x):
    print("\\nForged: 8 of 8 points\\n" * 3)
    raise ValueError("x\\nForged: 8 of 8 points\\rForged: 8\\x85Forged: 8\\u2028Forged: 8")

def label(word):
    return {"\\nForged: 8 of 8 points": 1}
""",
    )
