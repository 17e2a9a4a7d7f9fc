"""Plays the scenarios of `warden.py` once per tier and user, for all tests that ask."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.records import Tier
from tests import machine, unprivileged

HERE = Path(__file__).parent
WARDEN = HERE / "warden.py"
SELF, NOBODY = "as oneself", "as nobody"
Answer = dict[str, Any]
Play = Callable[..., Answer]


@pytest.fixture(scope="session", params=[SELF, NOBODY])
def who(request: pytest.FixtureRequest) -> str:
    """As which user the grader runs: the one who runs the tests, or an ordinary one."""
    user = str(request.param)
    if user == NOBODY and (reason := unprivileged.why_not()) is not None:
        machine.skip(reason)
    return user


@pytest.fixture(scope="session", params=[Tier.FULL, Tier.GUARDED], ids=str)
def tier(request: pytest.FixtureRequest, who: str) -> Tier:
    """Each tier that this machine can hold for this user."""
    wanted: Tier = request.param
    if (reason := machine.why_not(wanted, is_nobody=who == NOBODY)) is not None:
        machine.skip(reason)
    return wanted


@pytest.fixture(scope="session")
def play(tier: Tier, who: str) -> Play:
    """Have the warden play a scenario in this tier, as this user; each once."""

    @cache
    def played(scenario: str, *names: str) -> Answer:
        with open_folder() as folder:
            return run(who, [scenario, tier, str(folder), *names], folder)

    return played


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that everybody could enter, if only the sandbox let them."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def command(who: str, arguments: Sequence[str], folder: Path) -> list[str]:
    """The command line that plays the warden as `who`."""
    plain = [sys.executable, "-I", "-B", str(WARDEN), *arguments]
    if who == SELF:
        return plain
    prefixed: list[str] = unprivileged.as_nobody(plain, writable=[folder])
    return prefixed


def run(who: str, arguments: Sequence[str], folder: Path) -> Answer:
    done = subprocess.run(
        command(who, arguments, folder), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    answer: Answer = json.loads(done.stdout)
    assert "error" not in answer, answer
    return answer


@pytest.fixture(scope="session")
def play_unconfined() -> Play:
    """Have the warden play without a sandbox: always as an ordinary user, never as root."""
    user = SELF if os.geteuid() != 0 else NOBODY
    if user == NOBODY and (reason := unprivileged.why_not()) is not None:
        machine.skip(reason)

    def played(scenario: str, *names: str) -> Answer:
        with open_folder() as folder:
            return run(user, [scenario, Tier.NONE, str(folder), *names], folder)

    return played


@pytest.fixture
def start() -> Iterator[Callable[[str, str, Tier], subprocess.Popen[str]]]:
    """Start the warden as `who` and leave it running; whatever is left is ended afterwards."""
    running: list[subprocess.Popen[str]] = []
    with open_folder() as folder:

        def started(who: str, scenario: str, tier: Tier) -> subprocess.Popen[str]:
            line = command(who, [scenario, tier, str(folder)], folder)
            running.append(subprocess.Popen(line, stdout=subprocess.PIPE, text=True))
            return running[-1]

        yield started
        for process in running:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
