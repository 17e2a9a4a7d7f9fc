"""Run a script from a traceback: names of files, functions and modules, and lines that never were.

Wall: only frames of the student's own file are told, as text; a line's number is a number.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook

HONEST = 0
SHOWN = ("<img src=x onerror=alert(1)>", "<script>alert(2)</script>")


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        """
import linecache, sys

lines = ["<img src=x onerror=alert(1)>\\\\n" + f'  File "x", line {"9" * 5000}, in y\\\\n'] * 99
linecache.cache["vault.ipynb"] = (1, None, lines, "vault.ipynb")

def named(function, name):
    function.__code__ = function.__code__.replace(co_name=name, co_qualname=name)
    return function

def double(x):
    raise ValueError
double = named(double, "<script>alert(2)</script>")

def total(x):
    exec(compile("raise ValueError", "<script>alert(3)</script>", "exec"))

def rows(x):
    def inner():
        raise ValueError
    inner.__code__ = inner.__code__.replace(
        co_filename="vault.ipynb", co_firstlineno=1 << 30, co_name='x\\\\n  File "y", line ' + "9" * 5000
    )
    inner()

def label(word):
    sys.modules["<img src=x onerror=alert(4)>"] = sys
    raise type("E", (Exception,), {"__module__": "<img src=x onerror=alert(4)>"})
""".replace("\\\\\\\\", "\\\\"),
    )
