"""What is graded: the course's files, parsed once at the border and trusted from there on.

`find_course` and `load_course` turn a folder into a frozen `Course`; `make_stub`, `plan_release`,
`write_release` and `check_release` turn a course into what students get.
"""

from grader.course.files import Kind, find_course, resolve_course
from grader.course.folder import Drift, Written, check_release, write_release
from grader.course.load import load_course, suite_sha256
from grader.course.markers import Region, find_regions
from grader.course.model import Course, Equivalent, Exercise, Function, Late
from grader.course.release import plan_release
from grader.course.stub import make_stub
from grader.course.suggest import did_you_mean

__all__ = [
    "Course",
    "Drift",
    "Equivalent",
    "Exercise",
    "Function",
    "Kind",
    "Late",
    "Region",
    "Written",
    "check_release",
    "did_you_mean",
    "find_course",
    "find_regions",
    "load_course",
    "make_stub",
    "plan_release",
    "resolve_course",
    "suite_sha256",
    "write_release",
]
