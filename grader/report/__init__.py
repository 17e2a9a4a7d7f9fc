"""Results as pages: what a student may see, what a teacher needs, and the class as a whole.

A result is first cut down for its reader (`redact`), then arranged (`view`, `class_view`), then
put into HTML (`page`). Nothing here reads anything but results.
"""

from grader.report.folder import StudentPages, write_class, write_reports
from grader.report.outline import outline
from grader.report.page import render_class, render_student, render_ta
from grader.report.redact import for_student
from grader.report.text import page_names

__all__ = [
    "StudentPages",
    "for_student",
    "outline",
    "page_names",
    "render_class",
    "render_student",
    "render_ta",
    "write_class",
    "write_reports",
]
