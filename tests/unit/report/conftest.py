"""One realistic class of results for every test of a report."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

_SAMPLE = Path(__file__).parents[2] / "browser" / "sample_class.py"


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """`tests/browser/sample_class.py`: in importlib mode, test files cannot import each other."""
    found = importlib.util.spec_from_file_location("sample_class", _SAMPLE)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
