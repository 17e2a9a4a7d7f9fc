"""Break out of the page's style and restyle it: hide the points, load a picture, cover the page.

Wall: nothing of a student stands inside a style or a comment, `<` is escaped, and the policy allows
the page's own style by its digest alone.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("</style><style>body{display:none}</style>", "--><style>@import 'https://e.invalid/x'")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    raise ValueError("</style><style>body{display:none}</style>")

def total(x):
    print("--><style>@import 'https://e.invalid/x'; *{background:url(https://e.invalid/y)}</style>")
    raise ValueError('<link rel=stylesheet href="https://e.invalid/z">')

def label(word):
    return {'" style="position:fixed;inset:0;background:url(https://e.invalid/w)': 1,
            "]]></title></textarea></noscript><plaintext>": 2}
""",
    )
