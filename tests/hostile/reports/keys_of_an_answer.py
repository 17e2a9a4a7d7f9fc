"""Run a script from an answer: keys and values of a dict, names of types, words in a list.

Wall: answers are described as text, and the text is escaped.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("<script>alert(1)</script>",)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    return type("<script>alert(1)</script>", (), {"__repr__": lambda s: "<svg onload=alert(2)>"})()

def total(x):
    return ["<script>alert(1)</script>", "</pre><img src=x onerror=alert(3)>"]

def rows(x):
    return "`<script>alert(1)</script>`"

def label(word):
    return {"<script>alert(1)</script>": 1, "' onclick='alert(4)'": 2, "</dd></dl>": 3}
""",
    )
