"""What a reader is asked about a document, and the answers: pure functions of its bytes.

Each question is a small record that can cross to another process, and so can its answer. Whoever
asks may be the process that answers (a student's own file on the student's own machine); where
documents are a class's, the answer is found in a confined process, see `reader`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final, Generic, TypeVar

import msgspec

from grader.forbidden.text import Use, uses
from grader.intake.inspection import Inspection, inspect
from grader.intake.magics import without_magics
from grader.intake.reading import Reading, read_text
from grader.intake.source import limit_of
from grader.intake.zipped import Listing, list_members, take_member
from grader.records import Submission

Answer = TypeVar("Answer")

_OVERHEAD_BYTES: Final = 1 << 16
_LISTING_BYTES: Final = 8 << 20
"""A zip's directory of at most 1 MiB, its names in UTF-8, and a manifest of at most 1 MiB."""
_READING_BYTES: Final = 64 << 20
"""2 Mi characters of code, once as a whole and once in cells, and a quarter of that in prose."""


class Question(msgspec.Struct, Generic[Answer], frozen=True, kw_only=True, tag=True):
    """Something to be found out about a document."""

    @abstractmethod
    def answer(self, document: bytes) -> Answer:
        """Find it out.

        Raises:
            IntakeError: The document is not what it should be; the text does not say where it is.
        """

    @property
    @abstractmethod
    def answer_type(self) -> type[Answer]:
        """What an answer is; nothing else is taken from a confined process."""

    @property
    @abstractmethod
    def max_answer_bytes(self) -> int:
        """The longest answer that is taken."""


class ListMembers(Question[Listing], frozen=True, kw_only=True):
    """Which files lie in a zip?"""

    def answer(self, document: bytes) -> Listing:
        """See `list_members`."""
        return list_members(document)

    @property
    def answer_type(self) -> type[Listing]:
        """A list."""
        return Listing

    @property
    def max_answer_bytes(self) -> int:
        """As long as a directory may be."""
        return _LISTING_BYTES


class TakeMember(Question[bytes], frozen=True, kw_only=True):
    """What are the bytes of this file in a zip?"""

    name: str

    def answer(self, document: bytes) -> bytes:
        """See `take_member`."""
        return take_member(document, self.name)

    @property
    def answer_type(self) -> type[bytes]:
        """Bytes."""
        return bytes

    @property
    def max_answer_bytes(self) -> int:
        """As large as a file of this name may be."""
        return limit_of(self.name) + _OVERHEAD_BYTES


class ReadText(Question[Reading], frozen=True, kw_only=True):
    """Which text is graded, of a file or a notebook of this name?"""

    filename: str

    def answer(self, document: bytes) -> Reading:
        """See `read_text`."""
        return read_text(_submission(self.filename, document))

    @property
    def answer_type(self) -> type[Reading]:
        """A reading."""
        return Reading

    @property
    def max_answer_bytes(self) -> int:
        """As long as a text may be."""
        return _READING_BYTES


class LookOver(Question[Inspection], frozen=True, kw_only=True):
    """Is it Python, and what is still unwritten?"""

    filename: str
    functions: tuple[str, ...]

    def answer(self, document: bytes) -> Inspection:
        """See `inspect`."""
        return inspect(read_text(_submission(self.filename, document)), self.functions)

    @property
    def answer_type(self) -> type[Inspection]:
        """What a look showed."""
        return Inspection

    @property
    def max_answer_bytes(self) -> int:
        """As long as a text may be: each cell may be broken."""
        return _READING_BYTES


class FindUses(Question[dict[str, Use]], frozen=True, kw_only=True):
    """Which functions use what is ruled out for them, by the syntax tree?

    Attributes:
        filename: The name of the file or notebook.
        forbidden: For each function the dotted names that are ruled out for it.
    """

    filename: str
    forbidden: dict[str, tuple[str, ...]]

    def answer(self, document: bytes) -> dict[str, Use]:
        """See `uses`."""
        reading = read_text(_submission(self.filename, document))
        if reading.cells is None:
            return uses([(reading.text, 1)], self.forbidden)
        cells = [(without_magics(cell.source), cell.line) for cell in reading.cells]
        return uses(cells, self.forbidden)

    @property
    def answer_type(self) -> type[dict[str, Use]]:
        """A use by function."""
        return dict[str, Use]

    @property
    def max_answer_bytes(self) -> int:
        """A few words for each function."""
        return _OVERHEAD_BYTES


AnyQuestion = ListMembers | TakeMember | ReadText | LookOver | FindUses


def _submission(filename: str, document: bytes) -> Submission:
    return Submission(student="", exercise="", filename=filename, source=document)
