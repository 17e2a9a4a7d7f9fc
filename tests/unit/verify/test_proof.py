"""Claims, figures and problems put together."""

import pytest

from grader.verify import Claim, CourseProof, Figures, Problem, State
from grader.verify.proof import conclude


def problem(claim: Claim) -> Problem:
    return Problem(exercise="twice", claim=claim, where="twice/", what="It is so.", todo="Mend it.")


def prove(*claims: Claim, figures: Figures | None = None) -> CourseProof:
    figures = figures or Figures()
    proof = conclude("twice", "Twice", figures, [problem(claim) for claim in claims], [])
    return CourseProof(
        course="small",
        device="cpu",
        sandbox_tier="full",
        wall_seconds=1.0,
        figures=figures,
        diagnosis_rate=figures.diagnosis_rate,
        exercises=(proof,),
    )


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ((), State.HOLDS),
        ((Claim.EMPTY,), State.BROKEN),
        ((Claim.EMPTY, Claim.GRADABLE), State.NOT_GRADABLE),
    ],
)
def test_the_worst_that_was_found_decides(claims: tuple[Claim, ...], state: State) -> None:
    proof = prove(*claims)
    assert proof.state is proof.exercises[0].state is state


def test_problems_come_in_the_order_of_the_claims() -> None:
    (proof,) = prove(Claim.MUTANTS, Claim.NAMED, Claim.REFERENCE, Claim.NAMED).exercises
    found = [each.claim for each in proof.problems]
    assert found == [Claim.REFERENCE, Claim.NAMED, Claim.NAMED, Claim.MUTANTS]


def test_a_claim_that_was_not_checked_does_not_hold() -> None:
    proof = conclude("twice", "Twice", Figures(), [problem(Claim.STUB)], [Claim.STUB, Claim.FRESH])
    assert proof.claims[Claim.STUB] is State.BROKEN
    assert proof.claims[Claim.FRESH] is State.UNCHECKED
    assert proof.claims[Claim.EMPTY] is State.HOLDS


def test_figures_add_up_and_say_nothing_of_what_was_not_counted() -> None:
    one = Figures(functions=2, tests=9, misconceptions=3, seeds=20, failures=8, diagnosed=6)
    two = Figures(functions=1, seeds=20, mutants=5, killed=4, explained=1)
    both = one + two
    assert (both.functions, both.tests, both.misconceptions, both.seeds) == (3, 9, 3, 20)
    assert (both.mutants, both.killed, both.explained) == (5, 4, 1)
    assert both.diagnosis_rate == 0.75
    assert (one + one).mutants is None
    assert two.diagnosis_rate is None


def test_every_claim_is_a_sentence_of_its_own() -> None:
    assert len({claim.sentence for claim in Claim}) == len(Claim)
