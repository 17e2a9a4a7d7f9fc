from __future__ import annotations

import base64
from types import ModuleType

import pytest

from grader.report.picture import address, bare, data_uri, size


def test_the_size_of_a_grid_is_its_columns_and_rows() -> None:
    head, _, encoded = data_uri([[0.0, 1.0, None], [0.5]]).partition(",")
    assert head == "data:image/png;base64"
    assert size(base64.b64decode(encoded)) == (3, 2)


def test_a_picture_keeps_its_bytes_in_its_address(sample: ModuleType) -> None:
    picture = sample.png(7, 5)
    assert size(picture) == (7, 5)
    assert base64.b64decode(address(picture).partition(",")[2]) == picture


@pytest.mark.parametrize("cut", [0, 8, 23])
def test_what_ends_before_its_size_has_none(sample: ModuleType, cut: int) -> None:
    assert size(sample.png()[:cut]) is None


def test_what_does_not_begin_as_a_png_has_no_size(sample: ModuleType) -> None:
    picture = sample.png()
    assert size(b"\x89PNX" + picture[4:]) is None
    assert size(picture[:12] + b"IDAT" + picture[16:]) is None


def test_of_a_file_only_the_picture_is_kept() -> None:
    png = base64.b64decode(data_uri([[0.0]]).partition(",")[2])
    header, data = png[:33], png[33:]
    text = b"\0\0\0\x03tEXt" + b"<b>" + b"\0\0\0\0"
    assert bare(header + text + data + b"<script>") == png


@pytest.mark.parametrize(
    "file", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\xff" * 20]
)
def test_what_is_no_whole_picture_is_none(file: bytes) -> None:
    assert bare(file) == b""
