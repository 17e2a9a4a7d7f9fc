"""A result without what weighs: all that a class's page, its table and its grade book are made of.

A notebook's pictures take megabytes, and so a class of some hundreds would fill the memory of the
process that counts its points.
"""

from __future__ import annotations

import msgspec

from grader.records import Result, TestResult


def outline(result: Result) -> Result:
    """The result without its source, its cells, and what its tests found and printed."""
    return msgspec.structs.replace(
        result, source="", cells=(), notes=(), tests=tuple(map(_test, result.tests))
    )


def _test(test: TestResult) -> TestResult:
    return msgspec.structs.replace(test, finding=None, output="", figures=())
