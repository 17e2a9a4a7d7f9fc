"""Break out of a script or of JSON inside the page, by its end, by a comment, by a line separator.

Wall: the only script is the class page's own file; no page holds JSON, and no script reads a name.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
STUDENT = "&quot;}]; alert(1); var x=[{'&quot;': '"
SHOWN = ("</script><script>alert(2)</script>",)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    raise ValueError("</script><script>alert(2)</script>")

def total(x):
    raise ValueError("<!--<script>alert(3)//-->")

def label(word):
    return {"\\u2028alert(4)//\\u2029": 1, "${alert(5)}`": 2, "\\\\u003cscript>alert(6)": 3}
""",
    )
