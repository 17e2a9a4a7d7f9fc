"""Turn the reading order, so that a teacher reads other code than was run, or other points.

Wall: marks that turn the order, and characters that are not seen, are shown as their code point.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("[U+202E]", "[U+2066]", "[U+200B]", "[U+E0041]", "[U+3164]", "[U+00AD]")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    # \u202e } \u2066if is_admin\u2069 \u2066 begin\u2069
    raise ValueError("\u202e8 / 8\u202c \u2067stniop lluf\u2069")

def total(x):
    raise ValueError("a\u200bb\u2060c\U000e0041\u3164\xad\u115f\uffa0\u2800\ufeff\u034f")

def label(word):
    return {"\u202eevil": 1, "\u05d0\u05d1 8": 2, "\u200f7": 3}
""",
    )
