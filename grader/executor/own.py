"""A student's own check: public tests, recorded answers, and a worker that has not trained yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from grader.course.model import Course, Exercise
from grader.device.pool import GpuPool
from grader.executor.assignment import Assignment
from grader.grading import Terms
from grader.records import Tier

_COLD_SECONDS: Final = 2.0
"""What torch's first training step costs; warming up ahead would keep everybody waiting."""


def own_check(
    course: Course,
    exercises: Sequence[Exercise],
    tier: Tier,
    device: str,
    gpus: GpuPool | None = None,
) -> Assignment:
    """The assignment of a student who checks their own work, alone and without a secret.

    Args:
        course: The course.
        exercises: Which of its exercises.
        tier: How workers are confined.
        device: Where to look at the work besides the CPU.
        gpus: The GPUs that may be worked on.
    """
    # Public tests ask the same of everybody: the recorded answers belong to seed 0.
    terms = Terms(tier, device, seed=0)
    return Assignment(course, tuple(map(_patient, exercises)), terms, is_public=True, gpus=gpus)


def _patient(exercise: Exercise) -> Exercise:
    """The exercise with time for a worker that has not taken its first training step yet."""
    seconds = exercise.limits.call_seconds + _COLD_SECONDS
    limits = msgspec.structs.replace(exercise.limits, call_seconds=seconds)
    return msgspec.structs.replace(exercise, limits=limits)
