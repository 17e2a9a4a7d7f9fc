"""A planned release and the folder it goes to: writing it, and telling how far they drifted apart.

Each file is replaced as a whole (a temporary file beside it, then a rename), and the listing of
what was generated comes last, so a release that was interrupted is mended by the next one. A
folder that holds anyone else's files is left alone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.model import RECORDING
from grader.course.release import LISTING
from grader.errors import UsageError

_SHOWN = 10


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the folder that is not as the course would release it now."""

    kind: Literal["missing", "changed", "extra"]
    path: str
    detail: str = ""
    """Where it differs, "line 12"; empty if there is nothing to say."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a release did to the folder; paths are relative, with forward slashes."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


class _Listing(msgspec.Struct, frozen=True):
    generated: tuple[str, ...]


def write_release(files: Mapping[str, bytes], target: Path) -> Written:
    """Make the folder hold exactly the planned files.

    Args:
        files: What `plan_release` planned.
        target: The folder; it is made if it is not there.

    Raises:
        UsageError: The folder cannot be written, or holds files that no release made.
    """
    present = _present(target)
    foreign = sorted(present - files.keys() - _generated_earlier(target))
    if foreign:
        raise UsageError(
            f"{target}: holds files that no release made: {_some(foreign)}. They would be out of "
            "place among what students get. Move them away and release again."
        )
    changed = tuple(path for path, planned in files.items() if _read(target / path) != planned)
    removed = tuple(sorted(present - files.keys()))
    try:
        for path in changed:
            if path != LISTING:
                _replace(target / path, files[path])
        _remove(target, removed)
        if LISTING in changed:
            _replace(target / LISTING, files[LISTING])
    except OSError as error:
        raise UsageError(
            f"{target}: the release could not be written ({error}). Mend that and release again; "
            "nothing else is needed."
        ) from error
    return Written(changed=changed, removed=removed)


def check_release(
    files: Mapping[str, bytes],
    target: Path,
    same_recording: Callable[[bytes, bytes], bool],
) -> tuple[Drift, ...]:
    """How the folder differs from what the course would release now.

    Args:
        files: What `plan_release` planned.
        target: The folder.
        same_recording: Whether two recordings, found and planned, say the same although their
            bytes differ: two kinds of processor round differently.

    Returns:
        One `Drift` per file, sorted by path; empty if nothing differs.
    """
    present = _present(target)
    drifts = [Drift(kind="extra", path=path) for path in present - files.keys()]
    for path, planned in files.items():
        found = _read(target / path)
        if found is None:
            drifts.append(Drift(kind="missing", path=path))
            continue
        is_recording = path.endswith("/" + RECORDING)
        if found != planned and not (is_recording and same_recording(found, planned)):
            detail = "" if is_recording else _first_difference(planned, found)
            drifts.append(Drift(kind="changed", path=path, detail=detail))
    return tuple(sorted(drifts, key=lambda drift: drift.path))


def _present(target: Path) -> set[str]:
    """The files in the folder, but for what Python, editors and git leave there."""
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: not a folder, so no release can be written to it.")
    present = set()
    for path in target.rglob("*"):
        relative = path.relative_to(target)
        name = relative.as_posix()
        is_leftover = any(part.startswith(".") or part == "__pycache__" for part in relative.parts)
        if (name == LISTING or not is_leftover) and not path.is_dir():
            present.add(name)
    return present


def _generated_earlier(target: Path) -> set[str]:
    try:
        listing = msgspec.json.decode((target / LISTING).read_bytes(), type=_Listing)
    except (OSError, msgspec.DecodeError):
        return set()
    return set(listing.generated)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)  # mkstemp's 0600 would keep the file from everyone else
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove(target: Path, paths: tuple[str, ...]) -> None:
    for path in paths:
        (target / path).unlink(missing_ok=True)
        folder = (target / path).parent
        while folder != target and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _first_difference(planned: bytes, found: bytes) -> str:
    pairs = zip(planned.split(b"\n"), found.split(b"\n"), strict=False)
    line = next((number for number, (a, b) in enumerate(pairs, start=1) if a != b), None)
    return "it is longer or shorter" if line is None else f"line {line}"


def _some(paths: list[str]) -> str:
    shown = ", ".join(paths[:_SHOWN])
    return shown if len(paths) <= _SHOWN else f"{shown} and {len(paths) - _SHOWN} more"
