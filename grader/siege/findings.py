"""What came of attacking the walls; free of torch, for whoever only shows it."""

from __future__ import annotations

import msgspec

from grader.records import Tier


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the attack on one wall.

    Attributes:
        wall: What the wall keeps.
        holds: Whether it stopped everything that was tried.
        detail: What came through, or why it could not be tried; empty if it holds.
    """

    wall: str
    holds: bool
    detail: str = ""


class Siege(msgspec.Struct, frozen=True, kw_only=True):
    """All attacks in one tier; its walls in the order of `WALLS`."""

    tier: Tier
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether every wall does."""
        return all(finding.holds for finding in self.findings)
