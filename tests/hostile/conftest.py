"""The corpus of attacks, graded: see README.md for how to add one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.records import Tier
from grader.sandbox.probe import require
from tests.hostile.corpus import attacks
from tests.hostile.grading import Configuration, Graded, grade_class, why_not

collect_ignore = ["course"]

CONFIGURATIONS = tuple(
    Configuration(tier, is_nobody)
    for is_nobody in (False, True)
    for tier in (Tier.FULL, Tier.GUARDED)
)


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Callable[[], Path]]:
    """Makes folders that any user can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as top:
        Path(top).chmod(0o777)

        def make() -> Path:
            folder = Path(tempfile.mkdtemp(dir=top))
            folder.chmod(0o777)
            return folder

        yield make
        shutil.rmtree(top, ignore_errors=True)
        Path(top).mkdir()


@pytest.fixture(scope="session", params=CONFIGURATIONS, ids=lambda it: it.id)
def configuration(request: pytest.FixtureRequest) -> Configuration:
    wanted: Configuration = request.param
    if (reason := why_not(wanted)) is not None:
        pytest.skip(reason)
    try:
        require(wanted.tier)
    except SandboxError as error:
        pytest.skip(str(error))
    return wanted


@pytest.fixture(scope="session")
def graded(configuration: Configuration, open_folder: Callable[[], Path]) -> Graded:
    """The whole corpus and the honest students, graded in one configuration."""
    return grade_class(open_folder(), configuration, attacks())


@pytest.fixture(scope="session")
def clean(open_folder: Callable[[], Path]) -> Graded:
    """The honest students alone."""
    return grade_class(open_folder(), CONFIGURATIONS[0], ())
