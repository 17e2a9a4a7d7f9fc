"""Answer with, raise and print halves of characters, zeros, control characters and very long texts.

Wall: what is no text cannot be written on the wire, and that is the answer; lengths are bounded;
views show control characters as pictures.
"""

import os

HONEST = 0


def double(x):
    return "\ud800\udfff\x00"


def total(x):
    raise ValueError("\ud800" * 1000 + "\x1b]0;owned\x07\u202egnp.exe")


def rows(x):
    print("\ud800", "\x00", "\x1b[2J", "\u202e", "x" * 20_000, sep="\r")
    os.write(1, bytes(range(256)) * 4)
    return "x" * 1_000_000


def label(word):
    return {"\ud800": 1, "\x00": 2, "a" * 20_000: 3}
