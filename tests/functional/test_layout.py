"""What an installation makes importable, and what it must not."""

from __future__ import annotations

import subprocess
import sys


def test_an_installation_does_not_make_the_solutions_importable() -> None:
    names = ("grader", "solutions", "exercises", "tests")
    program = f"import importlib.util as u; print(*filter(u.find_spec, {names}))"
    found = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd="/", capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["grader"]
