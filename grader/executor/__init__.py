"""Where submissions are graded: in this process, or in several on this machine.

An executor takes submissions and gives a `Result` for each as it is done, in any order. It never
fails for a single submission: what cannot be graded comes back as `not_gradable`.
"""

from grader.executor.assignment import Assignment
from grader.executor.inline import run_inline
from grader.executor.local import run_local
from grader.executor.own import own_check

__all__ = ["Assignment", "own_check", "run_inline", "run_local"]
