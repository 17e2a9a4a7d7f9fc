"""Carry markup into the page in the labels of a plot, and have the plot made as SVG.

Wall: a plot crosses as PNG or not at all, and its labels are pixels.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook

HONEST = 2
SHOWN = ('label="<img src=x onerror=alert(3)>"',)


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        """
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats
try:
    set_matplotlib_formats("svg", "png")
except Exception:
    pass
fig, ax = plt.subplots(num="<script>alert(1)</script>", figsize=(2, 1))
ax.set_title("<script>alert(2)<" + "/script>")
ax.plot([0, 1], label="<img src=x onerror=alert(3)>", url="javascript:alert(4)")
ax.set_gid("' onclick='alert(5)")
ax.legend()
plt.show()
""",
        "def double(x):\n    return 2 * x",
    )
