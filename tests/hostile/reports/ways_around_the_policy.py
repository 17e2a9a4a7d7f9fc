"""Use what a policy does not forbid: refresh, base, forms, prefetching, frames, embedded things.

Wall: no element of theirs comes to be, for `<` is escaped; the policy forbids most of them besides.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ('<meta http-equiv="refresh" content="0;url=https://e.invalid/">',)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    raise ValueError('<meta http-equiv="refresh" content="0;url=https://e.invalid/">')

def total(x):
    raise ValueError('<base href="https://e.invalid/"><form action=//e.invalid><input autofocus>')

def rows(x):
    raise ValueError(
        '<link rel=prefetch href=//e.invalid><link rel=dns-prefetch href=//e.invalid>'
        '<link rel=preconnect href=//e.invalid><link rel=prerender href=//e.invalid>'
    )

def label(word):
    return {
        '<iframe src=//e.invalid></iframe><object data=//e.invalid><embed src=//e.invalid>': 1,
        '<meta http-equiv="Content-Security-Policy" content="script-src *">': 2,
        '<video src=//e.invalid autoplay><a ping=//e.invalid href=x><portal src=//e.invalid>': 3,
    }
""",
    )
