"""Run a script from the source that the teacher's page shows.

Wall: each piece of the source is escaped before it is coloured.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
SHOWN = ("<script>alert(1)</script>", "</span></code></pre><img src=x onerror=alert(2)>")


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        '''"""<script>alert(1)</script>"""

# </span></code></pre><img src=x onerror=alert(2)>
def double(x):  # <svg onload=alert(3)>
    """</span><script>alert(4)</script><span class="s">
    <details open ontoggle=alert(5)>"""
    text = f"<a href='javascript:alert(6)'>{1}</a>"
    raise ValueError(text)  # "><img src=x onerror=alert(7)>

@property  # <img src=x onerror=alert(8)>
def label(word):
    return 0x0<1
''',
    )
