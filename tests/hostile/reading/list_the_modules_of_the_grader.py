"""Find the suite, the reference or the course among the modules that are loaded.

Wall: the worker is forked from a process that was started before any suite was read and never
imports the trusted half of the grader.
"""

import sys

HONEST = 0


def double(x):
    raise ValueError(sorted(name for name in sys.modules if "suite" in name or "course" in name))


def total(x):
    return [repr(vars(module))[:2000] for name, module in sys.modules.items() if "grader" in name]


def rows(x):
    return {name: str(module) for name, module in sys.modules.items()}


def label(word):
    return str([vars(sys.modules[name]) for name in sys.modules if "hidden" in name])
