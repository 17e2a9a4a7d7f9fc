"""One right answer of each function is asked for again, in a server that has seen nothing.

A function whose answer hangs on how often it was called, on what was asked before or on chance may
pass a test once. So of the calls that were answered rightly one is drawn for each function, by the
submission's seed, and put once more, as that function's first call in a fresh server. An answer
that differs there, and once more with no other function called before it, costs the test that it
had passed.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec
import torch

from grader.records import Finding, Verdict
from grader.suite import findings, observed
from grader.suite.compare import Comparison
from grader.suite.findings import Unsatisfied
from grader.suite.telling import JudgedCall, Told
from grader.worker.invoke import Observation
from grader.worker.messages import Raised

_RULE: Final = (
    "The same call gave another answer when it was made once more, where your file had just been "
    "loaded. An answer may hang on its arguments alone: not on earlier calls, nor on chance."
)
_PLAIN: Final = (bool, int, float, str, torch.Tensor, type(None))
_CONTAINERS: Final = (list, tuple)
_MAX_NUMBERS: Final = 1 << 16
"""Larger calls are not drawn: a copy of theirs would take longer than the call."""


class Drawn(msgspec.Struct, frozen=True):
    """A call that was answered rightly, and drawn."""

    rank: bytes
    test: str
    call: JudgedCall
    answer: Observation
    comparison: Comparison


class Again:
    """Draws calls while a submission is examined, and puts them again at its end.

    Args:
        seed: The submission's seed.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0
        self._drawn: dict[str, Drawn] = {}

    def consider(
        self, test: str, call: JudgedCall, answer: Observation, comparison: Comparison
    ) -> None:
        """Draw a call that was answered rightly, or pass it over."""
        self._count += 1
        name = f"{self._seed}/{call.function}/{self._count}"
        rank = hashlib.blake2b(name.encode(), digest_size=8).digest()
        before = self._drawn.get(call.function)
        if call.repeat > 1 or call.watches_generator or (before and before.rank <= rank):
            return
        if not all(map(_is_plain, (*call.args, *call.kwargs.values(), answer.value))):
            return
        kept = msgspec.structs.replace(
            call, args=copy.deepcopy(call.args), kwargs=copy.deepcopy(call.kwargs)
        )
        value = copy.deepcopy(answer.value)
        told = Observation(value, answer.changed, answer.gradients, answer.states)
        self._drawn[call.function] = Drawn(rank, test, kept, told, comparison)

    def differing(
        self,
        passed: Sequence[str],
        ask: Callable[[JudgedCall], Told],
        refresh: Callable[[], None],
    ) -> Iterator[tuple[str, Unsatisfied]]:
        """Put the drawn calls again, those of tests that passed, in an order of their own.

        The functions share a server as long as their answers hold. One that does not is asked for
        once more, in a server of its own: no function pays for what another one left behind, nor
        for a moment in which the machine had no process left for it.

        Args:
            passed: The names of the tests that passed.
            ask: Puts a call to the student.
            refresh: Lets the next call begin in a fresh server.

        Yields:
            The test whose answer does not hold, and why.
        """
        held = [each for each in self._drawn.values() if each.test in passed]
        refresh()
        for drawn in sorted(held, key=lambda each: each.rank):
            found = self._difference(drawn, ask)
            if found is not None:
                refresh()
                found = self._difference(drawn, ask)
            if found is not None:
                yield drawn.test, found

    def _difference(self, drawn: Drawn, ask: Callable[[JudgedCall], Told]) -> Unsatisfied | None:
        # A machine may be busy: running out of time or memory this once is not held against it.
        try:
            told = ask(drawn.call)
        except Unsatisfied as unsatisfied:
            is_another = unsatisfied.verdict in (Verdict.CRASHED, Verdict.FORBIDDEN)
            return unsatisfied if is_another else None
        if isinstance(told, Raised) and findings.is_memory(told):
            return None
        detail = "It raised." if isinstance(told, Raised) else ""
        if not isinstance(told, Raised):
            difference = observed.difference(drawn.answer, told, drawn.comparison)
            if difference is None:
                return None
            detail = f"{difference.rule} {difference.detail}".strip()
        finding = Finding(rule=_RULE, detail=detail, call=drawn.call.text)
        return Unsatisfied(Verdict.WRONG, finding)


def _is_plain(value: Any) -> bool:
    if isinstance(value, torch.Tensor):
        return value.numel() <= _MAX_NUMBERS and (value.is_leaf or not value.requires_grad)
    if isinstance(value, _CONTAINERS):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return isinstance(value, _PLAIN)
