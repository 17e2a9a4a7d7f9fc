from __future__ import annotations

import base64
import struct
from collections.abc import Sequence
from types import ModuleType

import msgspec
import pytest

from grader.records import Result
from grader.records.notebook import CellOutcome, CellRun, Shown
from grader.report import notebook
from grader.report.notebook import NotebookView, notebook_view, tallies
from grader.report.source import lines_of

MUCH = 1 << 20


def _view(result: Result, marked: Sequence[int] = (), picture_bytes: int = MUCH) -> NotebookView:
    return notebook_view(result, lines_of(result.source), marked, picture_bytes)


def _showing(sample: ModuleType, *shown: Shown, cells: int = 1) -> Result:
    """A notebook of as many cells, each of one line, that all show the same."""
    runs = tuple(
        CellRun(number=each, line=3 * each - 1, count=1, outcome=CellOutcome.RAN, shown=shown)
        for each in range(1, cells + 1)
    )
    source = "\n".join(f"# %% [{run.number}]\nx = {run.number}\n" for run in runs)
    result: Result = sample.result_of("ada", "tensors", {}, source=source, cells=runs)
    return result


def test_each_cell_has_its_own_lines_and_the_text_above_it(sample: ModuleType) -> None:
    result = sample.notebook_result()
    view = _view(result, marked=[result.cells[3].line + 1])
    assert (view.count, view.cut) == (7, ())
    assert [cell.number for cell in view.cells] == [1, 2, 3, 4, 5, 6, 7]
    assert [line.number for line in view.cells[3].code] == [1, 2, 3]
    assert [line.number for line in view.cells[3].code if line.is_marked] == [2]
    assert view.cells[0].prose == ("# Lab 2\n\nI worked in *Colab*.",)
    assert view.cells[3].prose == ("Now the others:",)
    assert all(cell.prose == () for cell in view.cells if cell.number not in {1, 4})


def test_text_below_the_last_cell_is_shown_too(sample: ModuleType) -> None:
    result = _showing(sample)
    result = msgspec.structs.replace(result, source=f"{result.source}\n# %% [markdown]\n# The end")
    assert _view(result).prose == ("The end",)


def test_a_cell_says_how_it_ended_what_failed_and_what_was_left_out(sample: ModuleType) -> None:
    cells = _view(sample.notebook_result()).cells
    assert [cell.words.word for cell in cells] == [
        "Failed", "Lacked something", "Ran", "Ran", "Ran", "Stopped", "Only definitions run",
    ]  # fmt: skip
    assert cells[1].errors == (
        "Line 2: ModuleNotFoundError: No module named 'google'",
        "Line 3: NameError: name 'drive' is not defined",
    )
    assert cells[1].left_out == ("!pip install torchinfo",)
    assert cells[6].words.sentence.startswith("Of this cell")


def test_a_picture_stands_in_the_page_with_its_size_and_words_for_it(sample: ModuleType) -> None:
    (output,) = _view(sample.notebook_result()).cells[4].outputs
    encoded = base64.b64encode(sample.png()).decode()
    assert output.source == f"data:image/png;base64,{encoded}"
    assert (output.width, output.height, output.cut) == (64, 40, "")
    assert output.text == "Picture shown by cell [5]: <Figure size 640x400 with 1 Axes>"


def test_pictures_beyond_the_room_are_named_and_counted(sample: ModuleType) -> None:
    picture = sample.png()
    result = _showing(sample, Shown(text="<Figure>", picture=picture), cells=3)
    view = _view(result, picture_bytes=2 * len(picture))
    assert [bool(cell.outputs[0].source) for cell in view.cells] == [True, True, False]
    assert view.cells[2].outputs[0].cut == "A picture (64 × 40 pixels, 0.2 kB) is not shown here"
    assert view.cut == ("1 picture (0.2 kB)",)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (0, 40), (1 << 31, 1)])
def test_a_picture_of_gigabytes_of_pixels_is_not_shown(
    sample: ModuleType, width: int, height: int
) -> None:
    real = sample.png()
    bomb = real[:16] + struct.pack(">II", width, height) + real[24:]
    (cell,) = _view(_showing(sample, Shown(text="", picture=bomb))).cells
    assert cell.outputs[0].source == ""


@pytest.mark.parametrize("picture", [b"GIF89a", b"<svg onload='x'/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_never_a_picture(sample: ModuleType, picture: bytes) -> None:
    view = _view(_showing(sample, Shown(text="<Figure>", picture=picture)))
    assert not view.has_pictures
    assert view.cells[0].outputs[0].cut == "A picture that is none is not shown"


def test_long_texts_are_cut_and_the_cut_is_counted(
    sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "_CELL_CHARACTERS", 1_000)
    monkeypatch.setattr(notebook, "_CHARACTERS", 2_500)
    view = _view(_showing(sample, Shown(text="x" * 900), Shown(text="y" * 900), cells=3))
    shown = [[len(output.text) for output in cell.outputs] for cell in view.cells]
    assert shown == [[900, 100], [900, 100], [500, 0]]
    assert view.cells[0].outputs[1].cut == "800 more characters not shown here"
    assert view.cut == ("2,900 characters of what was printed",)


def test_text_cells_are_cut_together_and_the_cut_is_counted(
    sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "_PROSE_CHARACTERS", 15)
    result = _showing(sample)
    text = f"# %% [markdown]\n# {'a' * 10}\n\n"
    result = msgspec.structs.replace(
        result,
        source=f"{text}{result.source}\n{text}{text}",
        cells=(msgspec.structs.replace(result.cells[0], line=result.cells[0].line + 3),),
    )
    view = _view(result)
    assert (view.cells[0].prose, view.prose) == (("a" * 10,), ("a" * 5,))
    assert view.cut == ("15 characters of its text cells",)


def test_a_notebook_without_end_is_cut_at_its_end(
    sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "_CELLS", 4)
    view = _view(_showing(sample, cells=6))
    assert ([cell.number for cell in view.cells], view.count) == ([1, 2, 3, 4], 6)
    assert view.cut == ("2 cells at the end",)


def test_cells_are_tallied_and_those_to_look_at_are_named(sample: ModuleType) -> None:
    runs = _showing(sample, cells=30).cells
    failed = tuple(msgspec.structs.replace(run, outcome=CellOutcome.FAILED) for run in runs[:14])
    (ran, bad) = tallies((*failed, *runs[14:]))
    assert (ran.count, ran.which) == (16, "")
    assert bad.which == "[1], [2], [3], [4], [5], [6], [7], [8], [9], [10], [11], [12] and 2 more"
    assert tallies(()) == ()
