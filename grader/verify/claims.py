"""What `grade verify` claims of an exercise, and how it says that a claim does not hold."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Claim(StrEnum):
    """The closed set of what is claimed of every exercise."""

    GRADABLE = "gradable"
    POINTS = "points"
    REFERENCE = "reference"
    STEADY = "steady"
    DEVICE = "device"
    STUB = "stub"
    EMPTY = "empty"
    CAUGHT = "caught"
    ALONE = "alone"
    NAMED = "named"
    FRESH = "fresh"
    NOTEBOOK = "notebook"
    MUTANTS = "mutants"

    @property
    def sentence(self) -> str:
        """The claim in words."""
        return _SENTENCES[self]


_SENTENCES = {
    Claim.GRADABLE: "the suite can judge every answer",
    Claim.POINTS: "the points of the tests add up to exercise.toml's",
    Claim.REFERENCE: "the reference scores full marks",
    Claim.STEADY: "the reference scores full marks with every seed",
    Claim.DEVICE: "the reference is right on every device that was asked for",
    Claim.STUB: "the stub scores nothing",
    Claim.EMPTY: "no test passes on an empty answer",
    Claim.CAUGHT: "a misconception fails the tests it names",
    Claim.ALONE: "a misconception passes the tests of all other functions",
    Claim.NAMED: "a misconception is diagnosed by its own code and no other",
    Claim.FRESH: "hidden tests ask for other things than public ones",
    Claim.NOTEBOOK: "the notebooks run from top to bottom",
    Claim.MUTANTS: "every mutant of the reference is caught or explained",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One place where a claim does not hold.

    Attributes:
        exercise: The exercise's name.
        claim: What was claimed.
        where: The file, from the course's folder on, and the test if there is one:
            "activations/test_hidden.py::test_relu_of_a_row".
        what: What was found there instead, as a sentence.
        todo: What its author can do about it, as a sentence.
    """

    exercise: str
    claim: Claim
    where: str
    what: str
    todo: str
