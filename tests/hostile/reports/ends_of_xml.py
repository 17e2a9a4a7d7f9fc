"""Break the machines' formats: the end of CDATA, characters that XML cannot say, halves of pairs.

Wall: XML and JSON are written by libraries, and what XML 1.0 has no way to say is replaced.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("]]></failure></testcase><testcase name='forged'/>",)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        r'''
def double(x):
    raise ValueError("]]></failure></testcase><testcase name='forged'/>")

def total(x):
    raise ValueError("\x00\x01\x0b\x1f\ufffe\uffff\ud800\udfff &amp; &#0; &xxe; <!DOCTYPE x [")

def rows(x):
    print('<?xml version="1.0"?><!ENTITY xxe SYSTEM "file:///etc/passwd">\x85\u2028')
    raise ValueError('", "points": 8, "x": "\\u0000')

def label(word):
    return {"\ud83d": 1, "\\": 2, '"': 3}
''',
    )
