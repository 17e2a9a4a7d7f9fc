"""The suite's language: plain pytest with fixtures that ask a student's function and judge.

    from grader.suite import hint, points

    @points(2)
    @hint("Gradients add up across backward() calls. When do you clear them?")
    def test_train_neuron_takes_two_exact_steps(agree): ...

The marks are here. The fixtures (`agree`, `expect`, `student`, `solution`, `rng`, `twin`,
`device`, `figure`) come from `grader.suite.fixtures` and need no import. A `Witness` among the
layers of a `twin` tells what a call did to a model beside changing its weights.
"""

from grader.suite.marks import hint, needs, points, visibility
from grader.worker.twins import Witness

__all__ = ["Witness", "hint", "needs", "points", "visibility"]
