"""The whole command line as an ordinary user without any capability, when tests run as root."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import unprivileged

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(unprivileged.why_not() is not None, reason=str(unprivileged.why_not()))
@pytest.mark.parametrize("tier", ["full", "guarded"])
def test_an_ordinary_user_grades_a_submission_in_tier(tier: str) -> None:
    submission = ROOT / "tests/assets/submissions/diego-fernandez/activations.py"
    command = [
        *(sys.executable, "-m", "grader", "run", str(submission), "--tier", tier),
        *("--course", str(ROOT / "solutions"), "--format", "json"),
    ]
    done = subprocess.run(
        unprivileged.as_nobody(command), capture_output=True, text=True, cwd="/", check=False
    )
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    assert (result["status"], result["sandbox_tier"]) == ("graded", tier)
    assert 0 < result["points"] < result["max_points"]
