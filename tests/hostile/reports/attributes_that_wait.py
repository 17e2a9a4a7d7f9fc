"""Plant attributes that act when somebody looks: focus, hover, open, scroll, animate, print.

Wall: quotes are escaped, so that no attribute begins; and the policy allows no script of theirs.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ('" autofocus tabindex=1 onfocus="alert(1)', "' onmouseover='alert(2)")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    raise ValueError('" autofocus tabindex=1 onfocus="alert(1)')

def total(x):
    raise ValueError("' onmouseover='alert(2)")

def rows(x):
    raise ValueError("<details open ontoggle=alert(3)><summary accesskey=x onclick=alert(4)>x")

def label(word):
    raise ValueError("`` onpointerenter=alert(5) style=animation-name:x onanimationstart=alert(6)")
""",
    )
