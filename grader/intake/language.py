"""Which language a notebook says that it is written in, where that is not Python."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_PYTHON: Final = re.compile(
    r"(?:i|micro|circuit|x)?-?python[\d.]*|py[\d.]*|pyodide|sage.*", re.IGNORECASE
)
_KERNELS: Final = {
    "almond": "Scala",
    "bash": "Bash",
    "deno": "TypeScript",
    "evcxr": "Rust",
    "gophernotes": "Go",
    "ijava": "Java",
    "ijavascript": "JavaScript",
    "ir": "R",
    "iruby": "Ruby",
    "java": "Java",
    "javascript": "JavaScript",
    "jslab": "JavaScript",
    "julia": "Julia",
    "kotlin": "Kotlin",
    "matlab": "MATLAB",
    "octave": "Octave",
    "r": "R",
    "ruby": "Ruby",
    "rust": "Rust",
    "scala": "Scala",
    "sql": "SQL",
    "tslab": "TypeScript",
    "xc": "C",
    "xcpp": "C++",
    "xr": "R",
    "xsql": "SQL",
}
"""How the names of other kernels begin. One of Python's may be called anything."""
_STEM: Final = re.compile(r"[a-z]+")


class _Said(msgspec.Struct, frozen=True):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct, frozen=True):
    kernelspec: _Said | None = None
    language_info: _Said | None = None


def other_language(metadata: msgspec.Raw) -> str | None:
    """The language that a notebook's metadata names, if it is not Python; as it is written there.

    Args:
        metadata: The notebook's, as JSON.
    """
    try:
        said = msgspec.json.decode(metadata, type=_Metadata)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    info, kernel = said.language_info or _Said(), said.kernelspec or _Said()
    for language in (info.name, kernel.language):
        if language and not _PYTHON.fullmatch(language):
            return language[:40]
    stem = _STEM.match(kernel.name.casefold())
    return None if stem is None or kernel.language else _KERNELS.get(stem[0])
