"""What this machine holds, and what becomes of a test that needs more.

The corpus of attacks proves nothing where it is not run: locally such a test is skipped with the
reason, and in CI (`CI` in the environment) it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from typing import NoReturn

import msgspec
import pytest

from grader.records import Tier
from grader.sandbox.probe import Report
from tests import unprivileged


def skip(reason: str) -> NoReturn:
    """Do without this test, unless it is CI that asks."""
    if "CI" in os.environ:
        pytest.fail(f"CI needs a machine that can run this test: {reason}", pytrace=False)
    pytest.skip(reason)


def why_not(tier: Tier, *, is_nobody: bool) -> str | None:
    """Why this machine does not hold a tier for the user of these tests or for nobody, or None."""
    if is_nobody and (reason := unprivileged.why_not()) is not None:
        return reason
    report = _probe(is_nobody=is_nobody)
    if tier in report.tiers:
        return None
    who = "an ordinary user" if is_nobody else "the user of these tests"
    missing = [layer.name for layer in report.layers if not layer.holds]
    return f"this machine does not hold tier {tier} for {who}; it lacks {missing}"


@cache
def _probe(*, is_nobody: bool) -> Report:
    command = [sys.executable, "-I", "-m", "grader.sandbox.attempts"]
    if is_nobody:
        command = unprivileged.as_nobody(command)
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return msgspec.json.decode(done.stdout, type=Report)
