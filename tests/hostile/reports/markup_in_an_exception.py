"""Run a script from an exception: its type, its text, and the text of its cause.

Wall: what a worker says of an exception is text, escaped where it is shown.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("<script>alert(1)</script>", "<img src=x onerror=alert(2)>")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
Kind = type("<script>alert(1)</script>", (Exception,), {"__module__": "<b onclick=alert(3)>"})

def double(x):
    raise Kind("<img src=x onerror=alert(2)>")

def total(x):
    try:
        double(x)
    except Exception as error:
        raise ValueError('"><iframe srcdoc="<script>alert(4)</script>">') from error

def label(word):
    class Loud(Exception):
        def __str__(self):
            return "<svg><animate onbegin=alert(5) attributeName=x dur=1s>"
        __repr__ = __str__
    raise Loud

raise Kind("<body onload=alert(6)>")
""",
    )
