"""The names that courses write where a student's answer belongs: `____`, `__BLANK__`, `TODO`."""

from __future__ import annotations

import re
from typing import Final

_PLACEHOLDER: Final = re.compile(
    r"_{2,}"
    r"|_*(?:BLANK|TODO|FIXME|FILL_?(?:ME_?)?IN|FILL_?(?:ME|THIS)|(?:YOUR|ADD)_?CODE(?:_?HERE)?"
    r"|YOUR_?(?:ANSWER|SOLUTION)(?:_?HERE)?|REPLACE_?(?:ME|THIS))_*"
)


def is_placeholder(name: str) -> bool:
    """Whether nobody but an author of exercises would name something so."""
    return _PLACEHOLDER.fullmatch(name) is not None
