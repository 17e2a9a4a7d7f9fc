"""Getting a confined zygote for a command: the best tier that holds, found by trying it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from grader.cli import console
from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox.probe import explain
from grader.worker.ignition import Ignition, ignite, ignite_by_fork

if TYPE_CHECKING:
    from grader.worker.launch import Zygote

tier_option = click.option(
    "--tier",
    "asked_tier",
    type=click.Choice(["auto", *(tier.value for tier in (Tier.FULL, Tier.GUARDED))]),
    default="auto",
    show_default=True,
    help="How student code is confined; auto is the best that holds on this machine.",
)

unsandboxed_option = click.option(
    "--allow-unsandboxed",
    "is_unsandboxed_allowed",
    is_flag=True,
    help="Grade even where nothing confines student code. Never on a machine that holds secrets.",
)


def tiers_to_try(asked: str, *, is_unsandboxed_allowed: bool) -> tuple[Tier, ...]:
    """The tiers that will do, the best first."""
    if asked != "auto":
        return (Tier(asked),)
    tiers = (Tier.FULL, Tier.GUARDED)
    return (*tiers, Tier.NONE) if is_unsandboxed_allowed else tiers


class Confinement:
    """A zygote that starts while the command imports the rest.

    Args:
        tiers: Those that will do, the best first.
        is_warm: Whether it takes a training step ahead.
        is_for_many: Whether a whole class will come of it.
        has_notebooks: Whether some of what will be loaded is a notebook.
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
        is_forked: bool = False,
    ) -> None:
        self._tiers = tiers
        self._is_warm = is_warm
        self._is_for_many = is_for_many
        self._has_notebooks = has_notebooks
        self._is_forked = is_forked
        self._ignition = self._ignite(tiers[0])

    @contextlib.contextmanager
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
                self._tell(tier)
                yield zygote
                return
        raise SandboxError(
            "student code cannot be confined on this machine, so nothing is graded. "
            + " ".join(reasons)
            + " `grade doctor` says what is missing; --allow-unsandboxed grades without a sandbox."
        )

    def _ignite(self, tier: Tier) -> Ignition:
        if self._is_forked:
            return ignite_by_fork(tier, has_notebooks=self._has_notebooks)
        return ignite(
            tier,
            is_warm=self._is_warm,
            is_for_many=self._is_for_many,
            has_notebooks=self._has_notebooks,
        )

    def _tell(self, tier: Tier) -> None:
        """Say what a weaker tier does not stop."""
        if tier is Tier.NONE:
            console.say("Not isolated:", " ".join(explain(tier)), "warn")
