"""What a worker holds is a short list, and everything on it is known.

The corpus looks for secrets where they should not be. This looks the other way round: modules,
variables, descriptors and frames of a worker are compared with what it needs. Without a sandbox,
the corpus's own readers bring out the secrets: proof that their ways are real ones.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import grader.course.load
import grader.suite.session
from grader.records import Limits, Tier
from grader.worker.client import Worker
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded
from tests import machine
from tests.hostile import detectors
from tests.hostile.corpus import COURSE, HERE, canaries, canary_of, honest_students, tell
from tests.hostile.grading import leave_behind

STUDENT = '''
import gc, inspect, os, stat, sys

def frames():
    found, frame = [], sys._getframe()
    while frame is not None:
        found.append(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    return found + [str(info.frame.f_globals.get("__name__")) for info in inspect.stack()]
def modules(): return sorted(sys.modules)
def environment(): return dict(os.environ)
def command_line(): return [*sys.argv, *sys.orig_argv]
def strings(root_objects):
    """Every string reachable in two steps; more is not needed, for containers are roots too."""
    for item in root_objects:
        try:
            parts = gc.get_referents(item)
        except BaseException:
            continue
        for part in (item, *parts):
            if isinstance(part, str): yield part
            elif isinstance(part, bytes): yield part.decode("latin-1")
def find(left, right):
    """Look for a text, told in halves so that asking does not put it there."""
    gc.unfreeze()
    roots = gc.get_objects()
    frame = sys._getframe()
    while frame is not None:
        roots += [frame.f_locals, frame.f_globals, *frame.f_locals.values()]
        frame = frame.f_back
    seen = 0
    for text in strings(roots):
        seen += 1
        if left in text and right in text: return ["found", text[:200]]
    return ["not found", seen > 10_000]
def descriptors():
    kinds = {stat.S_ISSOCK: "socket", stat.S_ISFIFO: "pipe", stat.S_ISDIR: "folder"}
    kinds |= {stat.S_ISREG: "file", stat.S_ISCHR: "device"}
    found = {}
    for number in range(4096):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        found[number] = next((name for is_kind, name in kinds.items() if is_kind(mode)), "other")
    return found
at_load = descriptors()
def descriptors_at_load(): return at_load
'''

MARKER = secrets.token_hex(16)
HALVES = (MARKER[:16], MARKER[16:])
LIMITS = Limits(call_seconds=20)
KNOWN_ENVIRONMENT = {
    *("PATH", "LANG", "LC_CTYPE", "HOME", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MPLBACKEND"),
    *("CUDA_VISIBLE_DEVICES", "TZ", "TORCHINDUCTOR_CACHE_DIR", "KMP_INIT_AT_FORK"),
    *("TMPDIR", "MPLCONFIGDIR"),  # its own scratch folder
    *("KMP_DUPLICATE_LIB_OK", "CUDA_MODULE_LOADING", "PYTORCH_NVML_BASED_CUDA_CHECK"),
}


@pytest.fixture(scope="module", params=[Tier.FULL, Tier.GUARDED], ids=str)
def tier(request: pytest.FixtureRequest) -> Tier:
    wanted: Tier = request.param
    if (reason := machine.why_not(wanted, is_nobody=False)) is not None:
        machine.skip(reason)
    return wanted


@pytest.fixture(scope="module")
def worker(tier: Tier) -> Iterator[Worker]:
    """One worker for all questions, hired while a secret lies in the grader's environment."""
    os.environ["GRADE_SECRET"] = MARKER
    try:
        with Zygote.start(tier, is_warm=False) as zygote:
            worker = hired(zygote, STUDENT)
            yield worker
            worker.close()
    finally:
        del os.environ["GRADE_SECRET"]


def hired(zygote: Zygote, text: str) -> Worker:
    worker = zygote.request(LIMITS).ready()
    loaded = worker.load("student", "student.py", text)
    assert isinstance(loaded, Loaded), loaded
    assert not loaded.problems, loaded
    return worker


def ask(worker: Worker, name: str, *args: Any) -> Any:
    answer = worker.call(name, args, {}, seed=1)
    assert isinstance(answer, Observation), answer
    return answer.value


def test_no_frame_above_the_students_belongs_to_the_suite(worker: Worker) -> None:
    names = set(ask(worker, "frames"))
    assert "grader.worker.server" in names
    assert {name.split(".")[0] for name in names} <= {"student", "grader", "__main__", "runpy"}
    assert {name for name in names if name.startswith("grader.")} <= {
        f"grader.worker.{name}" for name in ("invoke", "server", "keeper", "zygote")
    }


def test_no_module_of_the_suite_or_the_course_is_loaded(worker: Worker) -> None:
    names = ask(worker, "modules")
    assert "grader.worker.server" in names
    forbidden = ("grader.suite", "grader.course", "grader.store", "grader.intake", "grader.report")
    assert not [name for name in names if name.startswith(forbidden)]
    outside = {"pytest", "_pytest", "hypothesis", "sqlalchemy", "jinja2", "click"}
    assert not outside & {name.split(".")[0] for name in names}
    here = {grader.suite.session.__name__, grader.course.load.__name__}
    assert here <= sys.modules.keys()


def test_environment_and_command_line_hold_nothing(worker: Worker) -> None:
    environment = ask(worker, "environment")
    assert environment.keys() <= KNOWN_ENVIRONMENT
    assert MARKER not in str(environment)
    for argument in ask(worker, "command_line"):
        assert MARKER not in argument
        assert "solutions" not in argument
    assert os.environ["GRADE_SECRET"] == MARKER


def test_no_object_in_memory_holds_a_secret_and_one_that_does_would_be_found(
    worker: Worker,
) -> None:
    assert ask(worker, "find", *HALVES) == ["not found", True]
    assert isinstance(worker.put([MARKER]), object)
    assert ask(worker, "find", *HALVES)[0] == "found"


@pytest.mark.parametrize("when", ["descriptors", "descriptors_at_load"])
def test_the_only_descriptors_are_the_workers_own(worker: Worker, when: str) -> None:
    worker.refresh()
    found: dict[int, str] = ask(worker, when)
    assert (found.pop(0), found.pop(1), found.pop(2)) == ("device", "pipe", "pipe")
    assert list(found.values()) == ["socket"], found


def test_without_a_sandbox_the_readers_of_the_corpus_bring_out_secrets(tmp_path: Path) -> None:
    course, classes = tmp_path / "course", tmp_path / "class"
    folders = ("home", "out", "project", "root", "temporary")
    told = {name: str(tmp_path / name) for name in folders}
    told |= {"course": str(course), "class": str(classes)}
    for student, text in honest_students().items():
        (classes / student).mkdir(parents=True)
        (classes / student / "vault.py").write_text(text)
    found = {}
    with Zygote.start(Tier.NONE, is_warm=False) as zygote:
        for name in (
            "read_the_course_on_disk",
            "read_compiled_files",
            "read_the_work_of_another_student",
        ):
            shutil.rmtree(course, ignore_errors=True)
            shutil.copytree(COURSE, course)
            leave_behind(course, tmp_path / "temporary")
            text = (HERE / "reading" / f"{name}.py").read_text(encoding="utf-8")
            worker = hired(zygote, tell(text, told))
            found[name] = str(ask(worker, "double", 1.0))
            worker.close()
    secret = canaries().secret
    kinds = {
        word.replace("_", "-").split("-")[1]
        for word in detectors.words_in(found["read_the_course_on_disk"], secret)
    }
    assert {"reference", "suite"} <= kinds
    compiled, kept = found["read_compiled_files"].split(str(tmp_path / "temporary"))
    assert detectors.words_in(compiled, secret)
    assert detectors.words_in(kept, secret)
    others = {canary_of(student) for student in honest_students()}
    assert set(detectors.words_in(found["read_the_work_of_another_student"], others)) == others
