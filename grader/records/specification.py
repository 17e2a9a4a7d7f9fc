"""What a suite asks, known before any submission: its tests and the mistakes it can name."""

from __future__ import annotations

import msgspec

from grader.records.verdict import Visibility


class TestSpecification(msgspec.Struct, frozen=True, kw_only=True):
    """One collected test.

    Attributes:
        name: Its name with parameters, unique in the suite.
        title: The same as a sentence for people.
        function: The function of the exercise it judges.
        weight: Its share of that function's points, relative to the function's other tests.
        hint: What the author would ask a student who fails it, or None.
        visibility: How much of it a student sees.
    """

    __test__ = False  # not a test class, whatever pytest thinks of the name

    name: str
    title: str
    function: str
    weight: float
    hint: str | None
    visibility: Visibility


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """A misconception as it is told to people; how it is recognised is the suite's business.

    Attributes:
        name: Unique in its exercise; several wordings of one mistake share a code.
        function: The function it is a wrong version of.
        code: The mistake's code in the course's catalogue.
        title: What it does, as a sentence for the student.
        hint: The question that leads without telling.
    """

    name: str
    function: str
    code: str
    title: str
    hint: str
