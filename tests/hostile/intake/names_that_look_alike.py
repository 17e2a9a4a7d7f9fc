"""Show one file to a person and another to the grader: letters that look alike, and accents.

Wall: only the name that was asked for is recognised, character by character.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    names = ("v\N{CYRILLIC SMALL LETTER A}ult.py", "\N{FULLWIDTH LATIN SMALL LETTER V}ault.py")
    others = dict.fromkeys(
        (*names, "va\N{COMBINING ACUTE ACCENT}ult.py", "vault.py\N{ZERO WIDTH SPACE}"), b"x = 1"
    )
    (folder / "work.zip").write_bytes(zipped({**others, "vault.py": RIGHT}))
