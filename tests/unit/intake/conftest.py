import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import Course, Exercise, Function
from grader.records import Limits


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = tmp_path / "solutions"
    exercises = tuple(
        Exercise(
            name=name,
            title=name.title(),
            summary="",
            folder=root / name,
            file=file,
            functions=(Function(name="relu", points=1.0), Function(name="tanh", points=1.0)),
            limits=Limits(),
        )
        for name, file in [("activations", "activations.py"), ("learning", "train_it.py")]
    )
    return Course(
        name="intro", title="", version="1", root=root, exercises=exercises, limits=Limits()
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, bytes]], Path]:
    """Write files into a class's folder."""

    def write_files(files: Mapping[str, bytes]) -> Path:
        root = tmp_path / "class"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return root

    return write_files


@pytest.fixture
def zipped() -> Callable[[Mapping[str, bytes]], bytes]:
    """An ordinary zip, as a desktop makes it."""

    def make(members: Mapping[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return make
