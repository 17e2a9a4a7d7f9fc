"""A confined zygote: the best tier that holds, found by trying it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.errors import SandboxError
from grader.records.limits import Limits
from grader.records.result import Tier
from grader.worker.ignition import Ignition, ignite, ignite_by_fork

if TYPE_CHECKING:
    from grader.worker.launch import Zygote


class Confinement:
    """A zygote that starts while the command imports the rest.

    Args:
        tiers: Those that will do, the best first.
        is_warm: Whether it takes a training step ahead, and imports what plots for notebooks.
        is_for_many: Whether a whole class will come of it.
        has_notebooks: Whether some of what will be loaded is a notebook.
        has_gpus: Whether some of its workers may reach the GPUs.
        is_forked: Whether to fork it off this process, which has torch imported: see
            `ignite_by_fork` for when that may be done.
    """

    def __init__(
        self,
        tiers: tuple[Tier, ...],
        *,
        is_warm: bool,
        is_for_many: bool = False,
        has_notebooks: bool = False,
        has_gpus: bool = False,
        is_forked: bool = False,
    ) -> None:
        self._tiers = tiers
        self._is_warm = is_warm
        self._is_for_many = is_for_many
        self._has_notebooks = has_notebooks
        self._has_gpus = has_gpus
        self._is_forked = is_forked
        self._ignition = self._ignite(tiers[0])

    @contextmanager
    def zygote(self) -> Iterator[Zygote]:
        """The zygote of the best tier that holds, proven by confining a worker.

        Raises:
            SandboxError: None of the tiers holds here.
        """
        from grader.worker.launch import Zygote  # noqa: PLC0415  (imports torch)

        reasons = []
        for tier in self._tiers:
            if tier is not self._tiers[0]:
                self._ignition = self._ignite(tier)
            with Zygote(self._ignition) as zygote:
                try:
                    zygote.prove(Limits())
                except SandboxError as error:
                    reasons.append(f"{tier}: {error}")
                    continue
                self.tell(tier)
                yield zygote
                return
        raise SandboxError(
            "student code cannot be confined on this machine, so nothing is graded. "
            + " ".join(reasons)
            + " `grade doctor` says what is missing; --allow-unsandboxed grades without a sandbox."
        )

    def _ignite(self, tier: Tier) -> Ignition:
        if self._is_forked:
            return ignite_by_fork(
                tier,
                is_warm=self._is_warm,
                has_notebooks=self._has_notebooks,
                has_gpus=self._has_gpus,
            )
        return ignite(
            tier,
            is_warm=self._is_warm,
            is_for_many=self._is_for_many,
            has_notebooks=self._has_notebooks,
            has_gpus=self._has_gpus,
        )

    def tell(self, tier: Tier) -> None:
        """Told which tier holds; whoever talks to people may pass it on."""
