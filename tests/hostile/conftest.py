"""The corpus of attacks, graded: see README.md for how to add one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.records import Tier
from tests import machine
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
        machine.skip(reason)
    return wanted


@pytest.fixture(scope="session")
def graded(configuration: Configuration, open_folder: Callable[[], Path]) -> Graded:
    """The whole corpus and the honest students, graded in one configuration."""
    return grade_class(open_folder(), configuration, attacks())


@pytest.fixture(scope="session")
def clean(open_folder: Callable[[], Path]) -> Graded:
    """The honest students alone, in the first configuration that this machine holds."""
    held = next((each for each in CONFIGURATIONS if why_not(each) is None), None)
    if held is None:
        machine.skip("this machine holds no tier that confines")
    return grade_class(open_folder(), held, ())
