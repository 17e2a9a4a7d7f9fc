import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake import text_of
from grader.records import Submission


def text(source: bytes | None) -> tuple[str, tuple[str, ...]]:
    return text_of(Submission(student="ada", exercise="x", filename="x.py", source=source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (None, ""),
        (b"", ""),
        ("x = 'é'\n".encode(), "x = 'é'\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n"),
        (b"#!python\n# coding=cp1252\n'\x80'\n", "#!python\n# coding=cp1252\n'€'\n"),
        (b"x = 1\n# coding: latin-1\n'\xc3\xa9'", "x = 1\n# coding: latin-1\n'é'"),
    ],
)
def test_what_python_reads_is_read_without_a_note(source: bytes | None, expected: str) -> None:
    assert text(source) == (expected, ())


@pytest.mark.parametrize(
    ("source", "expected", "note"),
    [
        (b"\n'\xe9'", "\n'é'", "not UTF-8 (line 2); read as Latin-1"),
        (b"\xef\xbb\xbf\xe9", "é", "not UTF-8 (line 1); read as Latin-1"),
        ("x = 'é'\r\n".encode("utf-16"), "x = 'é'\n", "UTF-16"),
        (b"\xff\xfe\x00", "ÿþ", "neither UTF-16"),
        ("x = 1".encode("utf-16-le"), "x = 1", "NUL characters"),
        (b"# coding: klingon\nx", "# coding: klingon\nx", "names `klingon`, which is not known"),
        (b"# coding: punycode\nx", "# coding: punycode\nx", "names `punycode`, which is not known"),
        (b"# coding: rot13\nx", "# coding: rot13\nx", "names `rot13`, which is not known"),
        (b"# coding: ascii\n\xe9", "# coding: ascii\né", "not ASCII (line 2); read as Latin-1"),
    ],
)
def test_what_python_would_refuse_is_read_with_a_note(
    source: bytes, expected: str, note: str
) -> None:
    found, notes = text(source)
    assert found == expected
    assert note in " ".join(notes)


@given(st.binary() | st.builds(lambda name, rest: b"# coding: " + name + b"\n" + rest,
    st.sampled_from([b"utf-16", b"utf-8-sig", b"gb18030", b"utf_7", b"zip", b"cp1252", b"\xff"]),
    st.binary(),
))  # fmt: skip
def test_any_bytes_give_text_that_python_can_be_given(source: bytes) -> None:
    found, _ = text(source)
    found.encode("utf-8")
    assert "\0" not in found
    assert "\r" not in found
