from pathlib import Path

import pytest

from grader.errors import IntakeError
from grader.intake import SubmissionRef


def test_nothing_handed_in_is_read_as_no_source() -> None:
    ref = SubmissionRef(student="ada", exercise="x", filename="x.py", notes=("why",))
    submission = ref.read()
    assert submission.source is None
    assert submission.sha256 == ""
    assert submission.notes == ("why",)


def test_a_problem_is_raised_when_its_turn_comes() -> None:
    ref = SubmissionRef(student="ada", exercise="x", filename="x.py", problem="why not")
    with pytest.raises(IntakeError, match="why not"):
        ref.read()


def test_a_file_that_went_away_is_an_intake_error(tmp_path: Path) -> None:
    ref = SubmissionRef(student="ada", exercise="x", filename="x.py", path=tmp_path / "x.py")
    with pytest.raises(IntakeError, match="cannot be read"):
        ref.read()
