"""Raise what pytest and unittest raise to skip, to pass, to end or to expect a failure.

Wall: whatever is raised in the worker is that the student's code raised. Names of classes judge
nothing.
"""

import unittest

HONEST = 0


class Skipped(BaseException):
    __module__ = "builtins"
    allow_module_level = True
    msg = "passed"


class Exit(BaseException):
    returncode = 0


Skipped.__module__ = Exit.__module__ = "_pytest.outcomes"
XFailed = type("XFailed", (Skipped,), {"__module__": "_pytest.outcomes"})


def double(x):
    raise unittest.SkipTest("cuda is missing")


def total(x):
    raise Skipped("cuda is missing")


def rows(x):
    raise Exit("done")


def label(word):
    raise XFailed("as expected") from GeneratorExit()
