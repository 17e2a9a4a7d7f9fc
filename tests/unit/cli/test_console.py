import re
from pathlib import Path

import pytest

from grader.cli import console


def test_results_go_to_standard_output_and_messages_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.output().print("result")
    console.say("Note:", "message", "warn")
    assert capsys.readouterr() == ("result\n", "Note: message\n")


def test_markup_in_text_is_printed_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    console.output().print("[red]a[/red] :smile: [1, 2]")
    console.say("Note:", "[bold]b[/bold]", "warn")
    assert capsys.readouterr() == ("[red]a[/red] :smile: [1, 2]\n", "Note: [bold]b[/bold]\n")


def test_long_messages_are_not_cut_into_lines(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_error(ValueError("/a/long/path" * 30))
    assert capsys.readouterr().err.count("\n") == 1


def test_a_json_document_is_printed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    console.print_json('{"a": "é"}'.encode())
    assert capsys.readouterr() == ('{"a": "é"}\n', "")


def test_a_fault_is_kept_in_a_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    console.show_fault(_raised(), is_debugging=False)
    (log,) = tmp_path.glob("grade-fault-*.log")
    shown = capsys.readouterr().err
    assert str(log) in shown
    assert "This is a fault of grade, not yours: ZeroDivisionError: division[2J by zero." in shown
    assert re.search(r"Traceback(.|\n)*ZeroDivisionError", log.read_text())


def test_a_fault_is_told_even_if_no_log_can_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    console.show_fault(_raised(), is_debugging=False)
    shown = capsys.readouterr().err
    assert "ZeroDivisionError" in shown
    assert "Please report it." in shown


def test_a_fault_shows_its_traceback_when_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_fault(_raised(), is_debugging=True)
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def _raised() -> Exception:
    def divide() -> None:
        raise ZeroDivisionError("division\x1b[2J by\nzero")

    try:
        divide()
    except ZeroDivisionError as error:
        return error
    raise AssertionError
