"""Getting a confined zygote for a command, and saying what its tier does not stop."""

from __future__ import annotations

import click

from grader.cli import console
from grader.records import Tier
from grader.sandbox.probe import explain
from grader.worker import confinement

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


class Confinement(confinement.Confinement):
    """A zygote that starts while the command imports the rest, and a word about a weak tier."""

    def tell(self, tier: Tier) -> None:
        """Say what a weaker tier does not stop."""
        if tier is Tier.NONE:
            console.say("Not isolated:", " ".join(explain(tier)), "warn")
