import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import USAGE, grade
from grader.cli.authors import EXTRA

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def _name(requirement: str) -> str:
    return requirement.partition(">=")[0]


@pytest.mark.parametrize("command", ["release", "verify"])
def test_what_only_authors_need_and_is_missing_is_named_with_the_way_to_get_it(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jupytext", None)
    monkeypatch.setitem(sys.modules, "nbclient", None)
    done = CliRunner().invoke(grade, [command])
    assert done.exit_code == USAGE
    said = " ".join(done.stderr.split())
    assert f"`grade {command}` makes notebooks and runs them, and " in said
    assert "has no jupytext, no nbclient: the extra `authors` is not installed" in said
    assert "-m pip install jupytext nbclient`" in said


def test_what_is_looked_for_is_what_the_extra_installs_and_nobody_else_has_to() -> None:
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    assert tuple(map(_name, project["optional-dependencies"]["authors"])) == EXTRA
    assert not {*EXTRA} & {*map(_name, project["dependencies"])}
