"""How hard Hypothesis looks: a little in every run, for as long as one likes in `make fuzz`."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

_USUAL: Final = 100
"""Examples of a test that says nothing, in every run."""


def declare() -> None:
    """Make the profiles known, and the modest one that which holds unless another is asked for.

    In CI it looks always at the same examples, for there a failure must mean a change. No test is a
    question of time.
    """
    settings.register_profile(
        "modest",
        deadline=None,
        print_blob=True,
        derandomize="CI" in os.environ,
        max_examples=_USUAL,
    )
    settings.register_profile(
        "fuzz",
        deadline=None,
        print_blob=True,
        derandomize=False,
        max_examples=int(os.environ.get("FUZZ_EXAMPLES", "10000")),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    settings.load_profile("modest")


def examples(count: int) -> settings:
    """So many in every run; more in the measure in which the profile asks for more than usual."""
    return settings(max_examples=max(1, count * settings().max_examples // _USUAL))
