from __future__ import annotations

import json
from types import ModuleType

import msgspec

from grader.export import result_json, results_json
from grader.records import Result, from_json


def test_a_result_reads_back_as_the_same_result(sample: ModuleType) -> None:
    for result in sample.student_results("Zoë \u202e \x9b \U0001f600"):
        assert from_json(result_json(result)) == result


def test_a_list_keeps_its_order(sample: ModuleType) -> None:
    results = sample.sample_class()
    decoded = msgspec.json.decode(results_json(results), type=tuple[Result, ...])
    assert decoded == results


def test_the_promised_fields_are_there(sample: ModuleType) -> None:
    document = json.loads(result_json(sample.student_results()[0]))
    assert {
        "schema_version",
        "student",
        "exercise",
        "points",
        "max_points",
        "status",
        "sandbox_tier",
        "device",
        "seed",
    } <= document.keys()
    assert {
        "name",
        "function",
        "verdict",
        "points",
        "max_points",
        "visibility",
        "wall_seconds",
        "diagnosis",
    } <= document["tests"][0].keys()


def test_no_control_or_bidi_character_is_written_raw(sample: ModuleType) -> None:
    text = result_json(sample.result_of("\x1b[2J\x9b31m\u202e\u2028\x7f", "tensors", {}))
    assert not set(text) & set("\x1b\x9b\u202e\u2028\x7f")
    assert json.loads(text)["student"] == "\x1b[2J\x9b31m\u202e\u2028\x7f"


def test_a_notebook_reads_back_with_its_pictures(sample: ModuleType) -> None:
    result = sample.notebook_result()
    again = from_json(result_json(result))
    assert again == result
    assert again.cells[4].shown[0].picture == sample.png()


def test_a_result_of_before_there_were_cells_is_read(sample: ModuleType) -> None:
    (result, *_) = sample.student_results()
    document = json.loads(result_json(result))
    del document["cells"]
    assert from_json(json.dumps(document)) == result
