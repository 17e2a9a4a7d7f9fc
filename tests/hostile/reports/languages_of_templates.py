"""Be evaluated by whoever builds the page: templates, formats, the markup of the terminal's library.

Wall: a student's text is a value in a template and never part of one; the terminal's markup is off.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
STUDENT = "{{ 7 * 7 }}{% raise %}[bold]x[bold] {0.__class__} %s :smile:"
KNOWN_AS = "{{ 7 - 7 }}{% raise %}[bold]x[bold] {0.__class__} %s -smile-"
SHOWN = ("{{ config }}{% include 'style.css' %}[link=https://e.invalid]x[/link]",)


def build(folder: Path) -> None:
    hand_in_file(
        folder,
        """
def double(x):
    raise ValueError("{{ config }}{% include 'style.css' %}[link=https://e.invalid]x[/link]")

def total(x):
    print("[bold red]8 / 8[/] :boom: %(points)s {self}")
    raise ValueError("[/]")

def label(word):
    return {"{{ 7*7 }}": 1, "`{{ x }}`": 2, "${7*7}": 3, "#{7*7}": 4}
""",
    )
