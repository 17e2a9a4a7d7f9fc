"""The marks of a suite, as decorators, and how they are read back."""

from __future__ import annotations

from typing import Any, Final

import pytest

from grader.errors import SuiteError
from grader.records import Visibility

DECLARATIONS: Final = (
    "points(weight): this test's share of its function's points, relative to the others",
    "hint(text): what a good teacher would ask a student who fails this test",
    "visibility(level): 'visible', 'hint' or 'hidden'",
    "needs(what): skipped, and not counted, where the machine has no such device: 'cuda'",
)


_NEEDS: Final = ("cuda",)


def points(weight: float) -> pytest.MarkDecorator:
    """Weigh a test against the other tests of its function; without it the weight is 1."""
    return pytest.mark.points(weight)


def hint(text: str) -> pytest.MarkDecorator:
    """Attach the question that leads without telling; no number of the inputs belongs in it."""
    return pytest.mark.hint(text)


def visibility(level: str) -> pytest.MarkDecorator:
    """Set how much of the test a student sees: "visible", "hint" or "hidden"."""
    return pytest.mark.visibility(level)


def needs(what: str) -> pytest.MarkDecorator:
    """Skip the test, without counting its points, where the machine lacks `what`."""
    return pytest.mark.needs(what)


def weight_of(item: pytest.Item) -> float:
    """The weight of an item.

    Raises:
        SuiteError: It is not a positive number.
    """
    weight = _argument(item, "points", 1.0)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or weight <= 0:
        raise SuiteError(f"{item.nodeid}: points({weight!r}) is not a positive number")
    return float(weight)


def hint_of(item: pytest.Item) -> str | None:
    """The hint of an item, if it has one."""
    text = _argument(item, "hint", None)
    return None if text is None else str(text)


def visibility_of(item: pytest.Item, default: Visibility) -> Visibility:
    """The visibility of an item.

    Raises:
        SuiteError: There is no such level.
    """
    level = _argument(item, "visibility", default)
    try:
        return Visibility(level)
    except ValueError:
        levels = ", ".join(repr(str(v)) for v in Visibility)
        raise SuiteError(f"{item.nodeid}: visibility({level!r}) is none of {levels}") from None


def needs_of(item: pytest.Item) -> tuple[str, ...]:
    """What the machine must have for this item.

    Raises:
        SuiteError: It is nothing that a machine is asked for.
    """
    needs = tuple(part for mark in item.iter_markers("needs") for part in mark.args)
    for what in needs:
        if what not in _NEEDS:
            raise SuiteError(f"{item.nodeid}: needs({what!r}) is none of {', '.join(_NEEDS)}")
    return needs


def _argument(item: pytest.Item, name: str, default: Any) -> Any:
    mark = item.get_closest_marker(name)
    if mark is None:
        return default
    if len(mark.args) != 1:
        raise SuiteError(f"{item.nodeid}: {name}(…) takes one argument")
    return mark.args[0]
