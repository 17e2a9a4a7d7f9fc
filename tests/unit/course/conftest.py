from collections.abc import Callable
from pathlib import Path

import pytest

REFERENCE = '''# %% [markdown]
# # Bends
# %%
import torch


def relu(x):
    """Keep what is positive."""
    # BEGIN SOLUTION
    return torch.clamp(x, min=0)
    # END SOLUTION


def softmax(x, dim):
    """Shares of one."""
    # BEGIN SOLUTION
    shifted = x - x.amax(dim, keepdim=True)
    return shifted.exp() / shifted.exp().sum(dim, keepdim=True)
    # END SOLUTION
'''

FILES = {
    "course.toml": """
name = "small"
title = "A small course"
version = "1.0"
exercises = ["bends"]

[limits]
call_seconds = 3.0
""",
    "bends/exercise.toml": """
title = "Bends"
summary = "Functions that bend a line."

[limits]
load_seconds = 4

[functions.relu]
points = 2
[functions.softmax]
points = 3.5
forbidden = ["torch.softmax"]
""",
    "bends/bends.py": REFERENCE,
    "bends/test_public.py": "def test_relu_public(agree): ...\n",
    "bends/test_hidden.py": "def test_relu_secret(agree): ...\n",
    "bends/misconceptions/softmax_gmax.py": "code = 'GMAX'\n",
    "bends/misconceptions/relu_view.py": "code = 'VIEW'\n",
}

MakeCourse = Callable[..., Path]


@pytest.fixture
def make_course(tmp_path: Path) -> MakeCourse:
    """Write a course; keywords are not possible for paths, so changes come as a mapping."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "solutions"
        for name, content in ({**FILES, **(changes or {})}).items():
            if content is None:
                continue
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make
