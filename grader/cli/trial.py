"""Whether a worker can use a GPU from within the sandbox: found by hiring one."""

from __future__ import annotations

from typing import Final

import torch

from grader.errors import GraderError
from grader.records import Limits, Tier
from grader.worker.ignition import ignite
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded, Raised
from grader.worker.zygote_protocol import Post

_TEXT: Final = "def place(x):\n    return str((x @ x).device)\n"


def trouble_on(post: Post, tier: Tier) -> str:
    """What keeps a worker of a tier from a device, in words; empty if nothing does.

    Args:
        post: The device.
        tier: How the worker is confined.
    """
    try:
        with Zygote(ignite(tier, is_warm=False, has_gpus=True)) as zygote:
            worker = zygote.request(Limits(), post).ready()
            try:
                loaded = worker.load("trial", "trial.py", _TEXT)
                if not isinstance(loaded, Loaded):
                    return f"it ended while it started ({loaded.reason})"
                answer = worker.call("place", (torch.eye(8),), {}, seed=1, device=post.device)
            finally:
                worker.close()
    except GraderError as error:
        return str(error)
    if isinstance(answer, Raised):
        return f"a product of two matrices raised {answer.kinds[0]}: {answer.message}"
    if not isinstance(answer, Observation):
        return "a product of two matrices gave no answer"
    return "" if answer.value == post.device else f"it worked on {answer.value}"
