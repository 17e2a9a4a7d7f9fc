"""How the tests are dealt out to processes when there are several: `make test`.

The tests of a file stay together, for they share what is dear: a zygote, a graded class. Those of
the course share one proof, whatever their file.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TOGETHER = {"course"}
"""Folders whose tests share what they are about."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        place = item.path.relative_to(TESTS)
        group = place.parts[0] if place.parts[0] in TOGETHER else place.as_posix()
        item.add_marker(pytest.mark.xdist_group(group))
