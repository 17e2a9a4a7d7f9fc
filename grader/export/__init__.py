"""Results in the words of other programs: one foreign format per file, one line each in `FORMATS`.

An exporter says all it is given. Where its text may be read by students, give it results that
`grader.report.for_student` has cut down first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.export.csv import grades_csv
from grader.export.json import result_json, results_json
from grader.export.junit import junit_xml
from grader.records import Result

Exporter = Callable[[Sequence[Result]], str]

FORMATS: dict[str, Exporter] = {
    "csv": grades_csv,
    "json": results_json,
    "junit": junit_xml,
}
"""Every format by the name that `grade export --to` takes."""

__all__ = ["FORMATS", "Exporter", "grades_csv", "junit_xml", "result_json", "results_json"]
