import json

import pytest

from grader.extension.messages import Executed
from grader.extension.session import Session


def session(**cells: str) -> Session:
    """Cells by number: c1, c2, …"""
    return Session([Executed(int(name[1:]), text) for name, text in cells.items()])


def sources(notebook: bytes) -> dict[int, str]:
    cells = json.loads(notebook)["cells"]
    return {cell["execution_count"]: cell["source"] for cell in cells if cell["source"] != "#"}


def test_a_function_is_kept_with_all_that_it_uses() -> None:
    found = session(
        c1="import torch\nimport numpy",
        c2="slope = 0.1",
        c3="def bend(x):\n    return torch.relu(x)",
        c4="def leaky(x):\n    return bend(x) * slope",
        c5="model = train()",
    )
    kept = sources(found.notebook(["leaky"]))
    assert list(kept) == [1, 2, 3, 4]
    assert kept[1] == "import torch"


def test_numbers_of_cells_and_lines_in_them_stay() -> None:
    found = session(c3="print(1)\n\ndef f():\n    return 1\n\nprint(f())", c7="g = 2")
    document = json.loads(found.notebook(["f"]))
    assert [cell["execution_count"] for cell in document["cells"]] == [1, 2, 3]
    assert document["cells"][2]["source"] == "\n\ndef f():\n    return 1"


def test_the_newest_definition_wins() -> None:
    found = session(c1="def f():\n    return 1", c2="f()", c3="def f():\n    return 2")
    assert sources(found.notebook(["f"])) == {3: "def f():\n    return 2"}


def test_an_earlier_definition_stays_where_something_used_it_at_once() -> None:
    found = session(
        c1="def twice(f):\n    return f",
        c2="@twice\ndef g():\n    return 1",
        c3="def twice(f):\n    return f",
    )
    assert list(sources(found.notebook(["g"]))) == [1, 2, 3]


def test_an_import_that_was_run_again_stays_where_it_was_first() -> None:
    found = session(c1="import torch", c2="def f(x: torch.Tensor): ...", c3="import torch")
    assert list(sources(found.notebook(["f"]))) == [1, 2, 3]


def test_a_change_of_a_value_is_kept() -> None:
    found = session(c1="w = [1, 2]", c2="w[0] = 5", c3="def f():\n    return w")
    assert list(sources(found.notebook(["f"]))) == [1, 2, 3]


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        "!pip install torch",
        "files = !ls",
        "%%time\n",
        "%%capture out\n",
        "?print",
    ],
)
def test_magics_hide_no_function(magic: str) -> None:
    found = session(c1=f"{magic}\ndef f():\n    return 1")
    assert sources(found.notebook(["f"]))[1].splitlines()[-2:] == ["def f():", "    return 1"]


def test_what_a_shell_runs_defines_nothing() -> None:
    found = session(c1="%%bash\ndef f(): pass", c2="%%html\n<b>def g():</b>")
    assert found.defined == frozenset()
    assert sources(found.notebook(["f"])) == {}


def test_imported_functions_are_not_defined() -> None:
    found = session(c1="from torch import relu, tanh", c2="import torch as sigmoid")
    assert found.defined == frozenset()


def test_a_function_under_a_similar_name_is_kept_for_the_message() -> None:
    found = session(c1="def soft_max(x): ...", c2="def other(x): ...")
    assert list(sources(found.notebook(["softmax"]))) == [1]


def test_a_cell_that_is_not_python_is_told_where_it_would_have_counted() -> None:
    found = session(c1="def f():\n    return 1", c2="def f():\n    return (1", c3="def g(:")
    (note,) = found.notes(["f"], {})
    assert "Cell [2] is not Python (line 2:" in note
    assert "its `f` does not count" in note
    assert session(c1="def f(:", c2="def f(): ...").notes(["f"], {}) == ()


def test_an_imported_function_is_told() -> None:
    (note,) = session(c1="from mine import f").notes(["f"], {"f": "mine"})
    assert note.startswith("`f` is imported from `mine`")
    assert session(c1="def f(): ...").notes(["f"], {"f": "mine"}) == ()


def test_a_value_that_came_again_is_forgotten_with_all_that_only_it_used() -> None:
    found = session(
        c1="import torhc\nslope = torhc.x",
        c2="slope = load()",
        c3="slope = 0.1",
        c4="def f(x):\n    return slope * x",
    )
    assert list(sources(found.notebook(["f"]))) == [3, 4]


def test_a_value_that_was_used_before_it_came_again_stays() -> None:
    found = session(c1="a = 1", c2="b = a + 1", c3="a = 5", c4="def f():\n    return a + b")
    assert list(sources(found.notebook(["f"]))) == [1, 2, 3, 4]


def test_what_may_not_have_been_run_replaces_nothing() -> None:
    found = session(c1="a = 1", c2="if hot:\n    a = 2", c3="def f():\n    return a")
    assert list(sources(found.notebook(["f"]))) == [1, 2, 3]


def test_a_session_of_thousands_of_cells_loses_numbers_before_functions() -> None:
    found = Session([Executed(1, "import torch"), Executed(4000, "def f():\n    return torch")])
    document = json.loads(found.notebook(["f"]))
    assert [cell["source"] for cell in document["cells"]] == [
        "import torch",
        "def f():\n    return torch",
    ]


def test_nothing_executed_is_an_empty_notebook() -> None:
    assert json.loads(Session([]).notebook(["f"]))["cells"] == []
