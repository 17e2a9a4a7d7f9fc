"""What a collected test says of itself: whose it is, what it weighs, what it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.errors import SuiteError
from grader.records import TestSpecification, Visibility
from grader.suite import marks


def specification_of(
    item: pytest.Item, function_of: Callable[[str], str], default: Visibility
) -> TestSpecification:
    """Read a test's name, docstring and marks.

    Args:
        item: The test.
        function_of: Gives the function that a test of this name belongs to.
        default: How much a student sees of it where it does not say.

    Raises:
        SuiteError: It is no test function.
        CourseError: It belongs to no function, or a mark says what it cannot mean.
    """
    if not isinstance(item, pytest.Function):
        raise SuiteError(f"{item.nodeid}: only test functions are run")
    marks.needs_of(item)  # a misspelt need is found now, not on the day of a GPU
    function = function_of(item.originalname)
    doc = (item.function.__doc__ or "").strip().splitlines()
    words = item.originalname.removeprefix("test_").removeprefix(function).strip("_")
    title = doc[0] if doc else words.replace("_", " ") or "answers like the reference"
    title = title[:1].upper() + title[1:]
    parameters = item.name.removeprefix(item.originalname)
    return TestSpecification(
        name=item.name,
        title=f"{title} {parameters}" if parameters else title,
        function=function,
        weight=marks.weight_of(item),
        hint=marks.hint_of(item),
        visibility=marks.visibility_of(item, default),
    )
