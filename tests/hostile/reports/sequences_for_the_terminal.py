"""Steer the teacher's terminal: colours, title, clipboard, links, device control, overwritten lines.

Wall: control characters never reach a terminal; pages show them as pictures of themselves.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("\u241b[2J", "\u241b]52;c;", "\u2408")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        r'''
def double(x):
    raise ValueError("\x1b[2J\x1b[H\x1b]0;owned\x07\x1b]52;c;cm0gLXJmIH4=\x07")

def total(x):
    raise ValueError("\x1b]8;;https://e.invalid\x1b\\full marks\x1b]8;;\x1b\\ \x1bP$q\x1b\\ \x9b2J")

def rows(x):
    print("0 / 2\r2 / 2\b\b\b\x7f\x85\x0b\x0c")
    raise ValueError("wrong\r\x1b[2K\x08passed\x00")

def label(word):
    return {"\x1b[31m": 1, "\x9d0;x\x9c": 2, "\u2028": 3}

raise ValueError("\x1b[?1049h\x1b[3J\x1bc")
''',
    )
