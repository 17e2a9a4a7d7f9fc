"""Ruled-out built-ins in the text of a student, under any alias, and what only looks like them."""

import pytest

from grader.forbidden.text import Use, uses

SOFTMAX = {"softmax": ["torch.softmax"]}

FOUND = {
    "its own name": ("import torch\ndef softmax(x, dim):\n    return torch.softmax(x, dim)", 3),
    "an alias of its module": (
        "import torch.nn.functional as F\ndef softmax(x, dim):\n    return F.softmax(x, dim=dim)",
        3,
    ),
    "an alias of its own": (
        "from torch import softmax as s\ndef softmax(x, dim):\n    return s(x, dim)",
        3,
    ),
    "a method": ("def softmax(x, dim):\n    return (x - 1).softmax(dim)", 2),
    "a method by its name": ("def softmax(x, dim):\n    return getattr(x, 'softmax')(dim)", 2),
    "an unbound method": (
        "from torch import Tensor\ndef softmax(x, dim):\n    return Tensor.softmax(x, dim)",
        3,
    ),
    "getattr with letters put together": (
        "import torch\ndef softmax(x, dim):\n    return getattr(torch, 'soft' + 'max')(x, dim)",
        3,
    ),
    "a dictionary of names": (
        "import torch\ndef softmax(x, dim):\n    return vars(torch)['softmax'](x, dim)",
        3,
    ),
    "a function that it calls": (
        (
            "import torch\ndef h(x, d):\n    return torch.special.softmax(x, d)\n"
            "def softmax(x, dim):\n    return h(x, dim)"
        ),
        3,
    ),
    "a class that it uses": (
        (
            "import torch\nclass A:\n    def run(self, x, d):\n        return torch.softmax(x, d)\n"
            "def softmax(x, dim):\n    return A().run(x, dim)"
        ),
        4,
    ),
    "a layer": (
        "from torch import nn\nsoft = nn.Softmax(dim=1)\ndef softmax(x, dim):\n    return soft(x)",
        2,
    ),
    "another name for the whole function": ("import torch\nsoftmax = torch.softmax", 2),
    "the import alone": ("from torch import softmax", 1),
    "an import of everything": (
        (
            "from torch.nn.functional import *\ndef f(x):\n    return relu(softmax(x, 1))\n"
            "def g(x):\n    return softmax(x, 1)\n"
        ),
        None,
    ),
    "an operation": (
        (
            "import torch\ndef softmax(x, dim):\n"
            "    return torch.ops.aten._softmax.default(x, dim, False)"
        ),
        3,
    ),
    "text that is evaluated": (
        "import torch\ndef softmax(x, dim):\n    return eval('torch.softmax')(x, dim)",
        3,
    ),
    "importlib": (
        (
            "import importlib\ndef softmax(x, dim):\n"
            "    return importlib.import_module('torch').softmax(x, dim)"
        ),
        3,
    ),
    "__import__": ("def softmax(x, dim):\n    return __import__('torch').softmax(x, dim)", 2),
    "sys.modules": (
        "import sys\ndef softmax(x, dim):\n    return sys.modules['torch'].softmax(x, dim)",
        3,
    ),
    "an import and names inside": (
        (
            "def softmax(x, dim):\n    import torch\n    t = torch\n    f = t.softmax\n"
            "    return f(x, dim)"
        ),
        4,
    ),
    "methodcaller": (
        (
            "import operator\ndef softmax(x, dim):\n"
            "    return operator.methodcaller('softmax', dim)(x)"
        ),
        3,
    ),
    "a function that is passed on": (
        (
            "import torch\ndef softmax(x, dim):\n"
            "    return torch.stack(list(map(lambda r: apply(torch.softmax, r), x)))\n"
            "def apply(f, r):\n    return f(r, 0)"
        ),
        3,
    ),
}

INNOCENT = {
    "outside the function": (
        "import torch\ndef softmax(x, dim):\n    e = torch.exp(x)\n"
        "    return e / e.sum(dim, keepdim=True)\nprint(torch.softmax(torch.ones(2), 0))"
    ),
    "itself": "def softmax(x, dim):\n    return x if x.dim() == 1 else softmax(x[0], dim)",
    "an earlier try": (
        "import torch\ndef softmax(x, dim):\n    return torch.softmax(x, dim)\n"
        "def softmax(x, dim):\n    return x.exp()"
    ),
    "words": "def softmax(x, dim):\n    'torch.softmax'\n    return x.exp()  # x.softmax(1)",
    "a method of the student's own": (
        "class M:\n    def softmax(self, x):\n        return x.exp()\n"
        "def softmax(x, dim):\n    return M().softmax(x)"
    ),
    "types": (
        "import torch\ndef softmax(x: torch.nn.Softmax, dim) -> torch.softmax:\n"
        "    return torch.log_softmax(x, dim).exp()"
    ),
    "a parameter of that name": "def softmax(x, torch):\n    return torch.softmax\n",
    "another function of the file": (
        "import torch\ndef check(x):\n    return torch.softmax(x, 0)\n"
        "def softmax(x, dim):\n    return x.exp()"
    ),
    "a text that is not Python": "def softmax(x dim):\n    return torch.softmax(x)",
    "a very long sum": "def softmax(x, dim):\n    return " + "+".join(["x"] * 5000),
}


@pytest.mark.parametrize("how", [how for how, (_, line) in FOUND.items() if line])
def test_a_built_in_is_found_by_its_line(how: str) -> None:
    text, line = FOUND[how]
    found = uses([(text, 1)], SOFTMAX)["softmax"]
    assert (found.name, found.line) == ("torch.softmax", line)


def test_an_import_of_everything_is_looked_through() -> None:
    text, _ = FOUND["an import of everything"]
    assert uses([(text, 1)], {"g": ["torch.softmax"], "f": ["torch.exp"]}).keys() == {"g"}
    assert uses([(text, 1)], {"f": ["torch.softmax"]}).keys() == {"f"}


@pytest.mark.parametrize("what", INNOCENT)
def test_what_only_looks_like_it_is_no_use(what: str) -> None:
    assert uses([(INNOCENT[what], 1)], SOFTMAX) == {}


def test_a_notebook_is_looked_through_cell_by_cell() -> None:
    cells = [
        ("import torch.nn.functional as F", 3),
        ("this is no Python", 10),
        ("def softmax(x, dim):\n    return F.softmax(x, dim)", 20),
    ]
    assert uses(cells, SOFTMAX) == {"softmax": Use("torch.softmax", 21, "F.softmax")}


def test_each_function_has_a_list_of_its_own() -> None:
    text = (
        "import torch\n"
        "def softmax(x, dim):\n    return torch.softmax(x, dim)\n"
        "def cross_entropy(x, y):\n    return -softmax(x, 1).log()[y]\n"
    )
    rules = {"softmax": ["torch.exp"], "cross_entropy": ["torch.nn.functional.cross_entropy"]}
    assert uses([(text, 1)], rules) == {}
    assert uses([(text, 1)], {**rules, "cross_entropy": ["torch.softmax"]}).keys() == {
        "cross_entropy"
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sum", "def f(x):\n    return sum(x)"),
        ("numpy.linalg.lstsq", "import numpy as np\ndef f(x):\n    return np.linalg.lstsq(x, x)"),
        ("torch.Tensor.backward", "def f(x):\n    x.sum().backward()"),
        (
            "torch.nn.functional.sigmoid",
            "import torch\ndef f(x):\n    return torch.special.expit(x)",
        ),
        ("torch.nn.ReLU", "def f(x):\n    return x.relu_()"),
    ],
)
def test_other_things_can_be_ruled_out_too(name: str, text: str) -> None:
    assert uses([(text, 1)], {"f": [name]})["f"].name == name


def test_a_gradient_that_is_read_is_not_one_that_is_taken() -> None:
    text = "import torch\ndef f(x):\n    with torch.no_grad():\n        return x.grad"
    assert uses([(text, 1)], {"f": ["torch.autograd.grad"]}) == {}
