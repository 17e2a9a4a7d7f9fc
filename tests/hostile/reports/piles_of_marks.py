"""Cover the rest of the page: hundreds of marks on one letter, a word without an end.

Wall: a letter of a name bears a few marks, and a page breaks words and cuts off what overflows.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
STUDENT = "eve\u0338\u0336\u0489\u0300\u0338\u0336\u0489\u0300\u0338\u0336\u0489\u0300"
SHOWN = ("88888888888888888888888888888888888888888888",)


def build(folder: Path) -> None:
    marks = "\u0300\u0489\u0336" * 100
    hand_in_file(
        folder,
        f"""
def double(x):
    raise ValueError("8{marks}")

def total(x):
    raise ValueError("8" * 1000)

def label(word):
    return {{"8" * 1000: 1, "e{marks}": 2}}
""",
    )
