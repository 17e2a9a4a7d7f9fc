"""Import the grader's trusted half and let it open the course, the suite and the store.

Wall: a worker sees neither that half's files nor the course; the modules of the worker's half that
are in memory cannot do it for it.
"""

import importlib
import sys

HONEST = 0
MODULES = ["grader.course.load", "grader.suite.session", "grader.store", "grader.report"]


def attempt(do, *args):
    try:
        return repr(do(*args))[:2000]
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:300]


def double(x):
    sys.path[:0] = ["TOLD:project", "TOLD:course", "TOLD:course/vault"]
    importlib.invalidate_caches()
    found = [attempt(importlib.import_module, name) for name in MODULES]
    names = ("test_hidden", "solutions", "conftest", "misconceptions.double_sqr")
    return found + [attempt(importlib.import_module, name) for name in names]


def total(x):
    def load():
        from pathlib import Path

        from grader.course.load import load_course

        return [path.read_text() for path in load_course(Path("TOLD:course")).root.rglob("*.py")]

    raise RuntimeError(attempt(load))


def rows(x):
    import grader

    found = [repr(vars(grader)), repr(grader.__path__), repr(grader.__spec__)]
    loader = grader.__spec__.loader
    found.append(attempt(loader.get_data, "TOLD:course/vault/test_hidden.py"))
    found.append(attempt(loader.get_source, "grader"))
    return found
