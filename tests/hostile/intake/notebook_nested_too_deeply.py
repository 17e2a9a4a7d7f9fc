"""Crash the parser: JSON that nests a hundred thousand deep.

Wall: a notebook is decoded into exact types by a reader's child; it cannot be read, and is worth
nothing.
"""

from pathlib import Path

HONEST = 0


def build(folder: Path) -> None:
    (folder / "vault.ipynb").write_bytes(b'{"nbformat": 4, "cells": ' + b"[" * 100_000)
