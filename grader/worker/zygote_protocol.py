"""What is said between the trusted side and its zygote: four small messages."""

from __future__ import annotations

from typing import Final

import msgspec

from grader.records.limits import Limits
from grader.records.result import Tier

MAX_REQUEST: Final = 1 << 16


class Configuration(msgspec.Struct, frozen=True):
    """The first message: how to confine, and what to pay for ahead.

    Attributes:
        tier: How workers are confined.
        readable: The files and folders that Python and torch read.
        is_warm: Take a training step ahead, and import what plots for notebooks.
        is_for_many: Become cheap to fork.
        has_notebooks: Import what runs a notebook's cells.
        has_gpus: Let workers reach the GPUs of this machine, those that are made for one.
    """

    tier: Tier
    readable: tuple[str, ...]
    is_warm: bool
    is_for_many: bool
    has_notebooks: bool = False
    has_gpus: bool = False


class Post(msgspec.Struct, frozen=True):
    """The device that a worker is made for.

    Attributes:
        device: As the worker sees it: "cuda:0".
        visible: What `CUDA_VISIBLE_DEVICES` says to it.
        memory_fraction: What torch may take of a GPU's memory, from 0 to 1.
    """

    device: str
    visible: str = ""
    memory_fraction: float | None = None


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork a keeper with these limits.

    Attributes:
        limits: What the submission may use.
        scratch: Its folder where it cannot have its own.
        user: Whom it runs as, where each keeper can be a user of its own.
        post: The device it works on, where that is not the CPU.
    """

    limits: Limits
    scratch: str | None
    user: int | None = None
    post: Post | None = None


class Sweep(msgspec.Struct, frozen=True, tag=True):
    """End what a keeper that is dead already left behind; answered on the status channel."""


Request = Spawn | Sweep


class Status(msgspec.Struct, frozen=True):
    """On the status channel: the keeper was forked, is confined, or could not be; or "swept"."""

    stage: str
    error: str | None = None
