"""What two functions did, compared: the first difference in a teacher's order.

A value of the wrong kind is told first, then a gradient that does not flow, then a changed input;
wrong numbers come last, because they say least.
"""

from __future__ import annotations

from grader.suite.compare import Comparison, Difference
from grader.worker.invoke import Observation


def difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    """The first difference between what the reference and the student did, or None."""
    found = comparison.difference(expected.value, got.value)
    is_about_values = found is not None and bool(found.detail)
    if found is not None and not is_about_values:
        return found
    for ours, theirs in zip(expected.gradients, got.gradients, strict=False):
        if ours is not None and theirs is None:
            return Difference(
                "No gradient flows from the result back to the input: something on the way "
                "leaves the graph.",
            )
    found = change(expected, got) or found
    if found is not None:
        return found
    return _gradient_difference(expected, got, comparison) or _state_difference(
        expected, got, comparison
    )


def change(expected: Observation, got: Observation) -> Difference | None:
    """An input that the student changed and the reference did not."""
    if not got.changed or expected.changed:
        return None
    return Difference("The input was changed. Inputs are never changed.", _ordinals(got.changed))


def _gradient_difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    if len(expected.gradients) != len(got.gradients):
        return Difference("Not every gradient came back.")
    for ours, theirs in zip(expected.gradients, got.gradients, strict=True):
        if ours is None:
            continue
        named = Comparison(comparison.tolerance, place="the gradient with respect to the input")
        found = named.difference(ours, theirs)
        if found is not None:
            return found
    return None


def _state_difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    named = Comparison(comparison.tolerance, place="the model's state afterwards")
    for key, state in expected.states.items():
        if state:
            found = named.difference(state, got.states.get(key))
            if found is not None:
                return found
    return None


def _ordinals(positions: tuple[int, ...]) -> str:
    return "argument " + ", ".join(str(position + 1) for position in positions)
