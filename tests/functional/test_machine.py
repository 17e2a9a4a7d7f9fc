"""A test that this machine cannot run is skipped by people and failed by CI."""

import pytest

from tests import machine


@pytest.mark.parametrize(
    ("is_ci", "ending"), [(False, pytest.skip.Exception), (True, pytest.fail.Exception)]
)
def test_what_this_machine_cannot_run_is_skipped_but_in_ci(
    monkeypatch: pytest.MonkeyPatch, is_ci: bool, ending: type[BaseException]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if is_ci:
        monkeypatch.setenv("CI", "true")
    with pytest.raises(ending, match="no tier full"):
        machine.skip("no tier full")
