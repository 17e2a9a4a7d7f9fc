"""Whoever answers a suite's questions, as its fixtures see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from grader.worker.answers import Answer
from grader.worker.endings import Ended
from grader.worker.messages import Raised
from grader.worker.values import Handle


class Respondent(Protocol):
    """Whoever is asked: a worker, or the reference in its place when a suite is recorded."""

    def begin(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        seed: int,
        device: str = "cpu",
        handle: Handle | None = None,
        gradient_seed: int | None = None,
        repeat: int = 1,
        is_kept: bool = False,
        seconds: float | None = None,
        forbidden: tuple[str, ...] = (),
    ) -> Callable[[], Answer]:
        """Call a function; what is returned waits for what came of it."""
        ...

    def put(self, value: Any, device: str = "cpu") -> Handle | Raised | Ended:
        """Leave a value with the respondent."""
        ...

    def fetch(self, handle: Handle, name: str, device: str = "cpu") -> Answer:
        """An attribute of an object behind a handle; "state_dict" is called."""
        ...

    def sample(self, handle: Handle, start: int, step: int, device: str) -> Answer:
        """What a handle stands for; of a tensor its shape and every `step`-th number."""
        ...

    def cpu_seconds(self) -> float:
        """What answering has taken of the processor so far, in steps of the kernel's clock."""
        ...

    def refresh(self) -> None:
        """Answer the next call from the state right after loading."""
        ...

    def take_output(self) -> str:
        """What was printed since the last time."""
        ...
