"""Hostile bytes → `Submission`: found, read within bounds, and never run or unpacked to disk.

`discover` finds the submissions of a class, `read_one` reads a single one, `read_own` a student's
own work, `pack` makes what `grade submit` hands in, and `read_text` turns a submission's bytes into
the text that is graded.
"""

from grader.intake.archive import Archive, open_archive, read_member
from grader.intake.folder import discover
from grader.intake.inspection import Inspection, inspect
from grader.intake.manifest import Manifest, PackedFile, pack
from grader.intake.names import printable, recognise, safe_student
from grader.intake.notebook import MAX_NOTEBOOK_BYTES, is_notebook
from grader.intake.opening import read_bounded
from grader.intake.own import OwnWork, paths_of, read_own
from grader.intake.reader import OWN, ConfinedReader, Reader, read_by
from grader.intake.reading import Reading, read_text
from grader.intake.reference import SubmissionRef
from grader.intake.single import read_one
from grader.intake.source import MAX_SOURCE_BYTES, text_of

__all__ = [
    "MAX_NOTEBOOK_BYTES",
    "MAX_SOURCE_BYTES",
    "OWN",
    "Archive",
    "ConfinedReader",
    "Inspection",
    "Manifest",
    "OwnWork",
    "PackedFile",
    "Reader",
    "Reading",
    "SubmissionRef",
    "discover",
    "inspect",
    "is_notebook",
    "open_archive",
    "pack",
    "paths_of",
    "printable",
    "read_bounded",
    "read_by",
    "read_member",
    "read_one",
    "read_own",
    "read_text",
    "recognise",
    "safe_student",
    "text_of",
]
