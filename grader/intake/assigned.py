"""What nbgrader and Otter write into a notebook: which cells are answers, and which were locked.

nbgrader keeps a checksum with each cell that it gives out, so whoever changed a locked one is
found out. Otter locks its cells and keeps nothing; of them only the calls that check a question are
known by heart.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NOTHING: Final = msgspec.Raw(b"{}")
_OTTER_ANSWERS: Final = frozenset({"otter_answer_cell", "otter_assign_solution_cell"})
_MARKER: Final = re.compile(r"[ \t]*#+[ \t]*(BEGIN|END)[ \t]+SOLUTION\b", re.IGNORECASE)
_INSIDE: Final = re.compile(r"#[ \t]*(?:BEGIN[ \t]+SOLUTION|SOLUTION|YOUR CODE HERE)\b")
_OTTER_CALL: Final = re.compile(
    r"^[ \t]*(?:import otter|from otter|%pip install .*otter"
    r"|\w+\.(?:check|check_all|export|grade|grade_all|submit|to_pdf|auth)\()",
    re.MULTILINE,
)
_SIGNS: Final = re.compile(r"<[^<>]*+>|[#*`>]")
_LOOKED_AT: Final = 400
_BEGINNING: Final = 40
_CHECKED: Final = re.compile(r"\.(?:check|grade)\([ \t]*['\"]([^'\"\n]{1,200})['\"]")


class _Grading(msgspec.Struct, frozen=True):
    """What nbgrader writes into a cell's metadata, in all versions of its schema."""

    locked: bool = False
    solution: bool = False
    grade: bool = False
    grade_id: str = ""
    points: float | None = None
    checksum: str | None = None

    @property
    def is_locked(self) -> bool:
        """Whether students were not to change the cell; one with tests is locked by itself."""
        return not self.solution and (self.grade or self.locked)


class _Metadata(msgspec.Struct, frozen=True):
    nbgrader: _Grading | None = None
    tags: tuple[str, ...] = ()
    editable: bool = True


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell was when it was given out.

    Attributes:
        is_answer: Whether it is where students write.
        is_changed: Whether it was locked, and is not as it was given out.
        is_untouched: Whether it is an answer, and still as it was given out.
    """

    is_answer: bool = False
    is_changed: bool = False
    is_untouched: bool = False


class Assignment:
    """What a notebook says of the tool that gave it out; cells are shown to it in order.

    Args:
        metadata: The notebook's, as JSON.
        sources: Of all its cells, to see which checks are still there.
    """

    def __init__(self, metadata: msgspec.Raw, sources: Iterable[str]) -> None:
        checked = {name for source in sources for name in _CHECKED.findall(source)}
        said = _parts(metadata).get("otter", _NOTHING)
        tests = _parts(_parts(said).get("tests", _NOTHING))
        self._misses_checks = not checked.issuperset(tests)
        self._is_inside = False

    def given(self, metadata: msgspec.Raw, kind: str, source: str, text: str) -> Given:
        """Tell what one cell was.

        Args:
            metadata: The cell's, as JSON.
            kind: Its type: "code", "markdown" or "raw".
            source: As it was saved.
            text: The same as it is graded.
        """
        if kind == "raw":  # an author's notebook has its markers in cells of their own
            if found := _MARKER.match(text):
                self._is_inside = found[1].upper() == "BEGIN"
            return Given()
        said = _decoded(metadata)
        grading = said.nbgrader
        is_answer = (
            self._is_inside
            or not _OTTER_ANSWERS.isdisjoint(said.tags)
            or (grading is not None and grading.solution)
            or (kind == "code" and _INSIDE.search(text) is not None)
        )
        if grading is not None and grading.checksum is not None:
            is_same = grading.checksum in {
                _checksum(kind, grading, each) for each in {source, text, text + "\n"}
            }
            return Given(
                is_answer=is_answer,
                is_changed=grading.is_locked and not is_same,
                is_untouched=grading.solution and is_same,
            )
        is_foreign = kind == "code" and not said.editable and not _OTTER_CALL.search(text)
        return Given(is_answer=is_answer, is_changed=is_foreign and self._misses_checks)


def notes(cells: Sequence[tuple[str, Given]]) -> Iterator[str]:
    """What to tell of an assignment's cells.

    Args:
        cells: Each with the words for it: "[3]", or of a text cell how it begins.
    """
    if changed := ", ".join(words for words, given in cells if given.is_changed):
        yield f"Cells that were given out locked are changed: {changed}."
    if untouched := ", ".join(words for words, given in cells if given.is_untouched):
        yield f"Cells for your answers that are still as they were given out: {untouched}."


def words_for(number: int, text: str) -> str:
    """What a cell is called.

    Args:
        number: Its number; 0 if it is not run.
        text: Its text, from which a reader knows it if it has no number.
    """
    if number:
        return f"[{number}]"
    # Without the signs of Markdown, as it looks in Jupyter; a tag alone is no beginning.
    plain = " ".join(_SIGNS.sub("", text[:_LOOKED_AT]).split())
    cut = plain if len(plain) <= _BEGINNING else f"{plain[:_BEGINNING].rstrip()} …"
    return f"the text “{cut}”"


def _decoded(metadata: msgspec.Raw) -> _Metadata:
    """A cell's metadata, each part by itself: one that is odd does not hide the others."""
    said = _Metadata()
    for name, value in _parts(metadata).items():
        if name in _Metadata.__struct_fields__:
            with contextlib.suppress(*_UNREADABLE):
                alone = msgspec.json.decode(b'{"%s": %s}' % (name.encode(), value), type=_Metadata)
                said = msgspec.structs.replace(said, **{name: getattr(alone, name)})
    return said


def _parts(document: msgspec.Raw) -> dict[str, msgspec.Raw]:
    try:
        return msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    except _UNREADABLE:
        return {}


def _checksum(kind: str, said: _Grading, source: str) -> str:
    """As nbgrader's `compute_checksum` has it."""
    parts = [source, kind, str(said.grade), str(said.solution), str(said.is_locked)]
    parts.append(said.grade_id)
    if said.grade:
        parts.append(str(said.points or 0.0))
    joined = "".join(parts).encode("utf-8", "replace")
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()
