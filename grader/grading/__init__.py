"""One submission, end to end: from its bytes to a result."""

from grader.grading.attempt import VERSIONS, Terms, grade, not_gradable
from grader.grading.bench import Bench
from grader.grading.loading import Hire

__all__ = ["VERSIONS", "Bench", "Hire", "Terms", "grade", "not_gradable"]
