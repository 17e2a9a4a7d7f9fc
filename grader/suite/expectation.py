"""A value compared with one that the author of a suite writes down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from grader.records import Finding, Verdict
from grader.suite import describe
from grader.suite.compare import Comparison
from grader.suite.findings import Unsatisfied
from grader.suite.placement import placed


def expect(
    value: Any,
    expected: Any,
    candidates: Callable[[], tuple[str, ...]] = lambda: (),
    home: torch.device | None = None,
) -> None:
    """Compare a value with one the author writes, as `agree` does.

    Args:
        value: What came out, as the student's function gave it or computed from that.
        expected: What should have.
        candidates: Asked, if they differ, which misconceptions explain the value.
        home: Where the value has to lie; None if what was expected follows it.

    Raises:
        Unsatisfied: They differ.
    """
    if home is not None:
        expected = placed(expected, home)
    difference = Comparison(is_written=True).difference(expected, value)
    if difference is not None:
        raise Unsatisfied(
            Verdict.WRONG,
            Finding(
                rule=difference.rule,
                detail=difference.detail,
                expected=describe.answer(expected),
                got=describe.answer(value),
                candidates=candidates(),
            ),
        )
