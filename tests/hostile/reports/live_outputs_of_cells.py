"""Have HTML, JavaScript, SVG and Markdown shown live, by displays now and by outputs saved before.

Wall: outputs that were saved are never read; of what a cell shows, only plain text and PNG cross.
"""

from pathlib import Path

from tests.hostile.papers import code_cell, hand_in_notebook

HONEST = 2
SHOWN = ("<script>alert(20)</script>", "<img src=x onerror=alert(22)>")
SAVED = {
    "output_type": "display_data",
    "metadata": {},
    "data": {
        "text/html": "<script>alert(1)</script>",
        "application/javascript": "alert(2)",
        "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(3)'/>",
        "text/markdown": "[x](javascript:alert(4))",
        "application/vnd.jupyter.widget-view+json": {"model_id": "alert(5)"},
    },
}


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        code_cell("1", SAVED),
        """
from IPython.display import HTML, SVG, IFrame, Javascript, Markdown, display

display(HTML("<script>alert(10)</script>"), Javascript("alert(11)"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(12)'/>"))
display(Markdown("[x](javascript:alert(13))"), IFrame("javascript:alert(14)", 100, 100))
display({"text/html": "<script>alert(15)</script>", "text/plain": "plain"}, raw=True)
""",
        """
class Live:
    def __repr__(self):
        return "<script>alert(20)</script>"
    def _repr_html_(self):
        return "<script>alert(21)</script>"
    def _repr_svg_(self):
        return "<svg onload=alert(23)/>"
    def _repr_mimebundle_(self, **_):
        return {"text/html": "<script>alert(24)</script>", "image/svg+xml": "<svg/>",
                "text/plain": "<img src=x onerror=alert(22)>"}
display(Live())
print(repr(Live()))
""",
        "def double(x):\n    return 2 * x",
    )
