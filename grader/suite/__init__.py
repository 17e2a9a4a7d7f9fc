"""The suite's language: plain pytest with fixtures that ask a student's function and judge.

    from grader.suite import hint, points

    @points(2)
    @hint("Gradients add up across backward() calls. When do you clear them?")
    def test_train_neuron_takes_two_exact_steps(agree): ...

The marks are here. The fixtures (`agree`, `expect`, `student`, `solution`, `rng`, `twin`,
`device`, `figure`) come from `grader.suite.fixtures` and need no import.
"""

from grader.suite.marks import hint, needs, points, visibility

__all__ = ["hint", "needs", "points", "visibility"]
