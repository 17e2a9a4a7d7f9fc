"""Is this course fit to grade anybody? It is found out by grading what nobody handed in.

An exercise is turned into candidates of which it is known what they deserve: the reference under
many seeds, the stub, empty answers, each misconception, on request each mutant of the reference.
They are graded as a class is, and from the results follows which claims about the exercise hold.
"""

from grader.verify.claims import Claim, Problem
from grader.verify.proof import CourseProof, ExerciseProof, Figures, State
from grader.verify.prove import Listener, Plan, Prover

__all__ = [
    "Claim",
    "CourseProof",
    "ExerciseProof",
    "Figures",
    "Listener",
    "Plan",
    "Problem",
    "Prover",
    "State",
]
