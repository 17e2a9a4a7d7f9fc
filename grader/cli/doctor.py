"""`grade doctor`: what this machine can do, what is missing and how to get it.

Everything is found by trying: torch is imported, devices are asked, the sandbox is entered.
"""

from __future__ import annotations

import os
import platform
import sys

import click
import msgspec
import psutil
from rich.table import Table
from rich.text import Text
from rich_click import RichCommand

from grader import __version__
from grader.cli import console
from grader.cli.options import format_option
from grader.records import Tier
from grader.sandbox.probe import Layer, probe
from grader.screen import plain

NOT_GRADABLE = 3
_MIB = 1 << 20


class Torch(msgspec.Struct, frozen=True, kw_only=True):
    """The torch that would grade."""

    version: str
    is_cpu_build: bool
    threads: int


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is missing, and how to get it."""

    missing: str
    remedy: str
    is_needed: bool
    """Whether nothing can be graded without it."""


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What `grade doctor` found; the JSON document of `--format json`."""

    grade: str
    python: str
    platform: str
    cores: int
    memory_mib: int
    torch: Torch | None
    devices: tuple[str, ...]
    sandbox_tier: Tier
    sandbox_layers: tuple[Layer, ...]
    advice: tuple[Advice, ...]
    schema_version: int = 1


@click.command("doctor", cls=RichCommand)
@format_option("terminal", "json")
def command(output_format: str) -> int:
    """Say what this machine can do, and what is missing.

    Exits with 3 if nothing can be graded here.

    \b
    Examples:
      grade doctor
      grade doctor --format json
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    diagnosis = diagnose()
    if output_format == "json":
        console.print_json(msgspec.json.encode(diagnosis))
    else:
        _print(diagnosis)
    return NOT_GRADABLE if any(each.is_needed for each in diagnosis.advice) else 0


def diagnose() -> Diagnosis:
    """Try out what this machine can do."""
    torch, devices, trouble = _torch()
    report = probe()
    return Diagnosis(
        grade=__version__,
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.release()} {platform.machine()}",
        cores=_cores(),
        memory_mib=psutil.virtual_memory().total // _MIB,
        torch=torch,
        devices=devices,
        sandbox_tier=report.best,
        sandbox_layers=report.layers,
        advice=(*trouble, *_sandbox_advice(report.best, report.layers)),
    )


def _torch() -> tuple[Torch | None, tuple[str, ...], tuple[Advice, ...]]:
    try:
        import torch  # noqa: PLC0415  (a broken torch is a finding, not a crash)
    except (ImportError, OSError) as error:
        advice = Advice(
            missing=f"torch cannot be imported ({error})",
            remedy="pip install -c constraints.txt torch",
            is_needed=True,
        )
        return None, (), (advice,)
    cuda = torch.version.cuda
    hip = getattr(torch.version, "hip", None)
    found = Torch(
        version=str(torch.__version__),
        is_cpu_build=cuda is None and hip is None,
        threads=torch.get_num_threads(),
    )
    devices = ["cpu"]
    if torch.cuda.is_available():
        count = torch.cuda.device_count()
        devices += [f"cuda:{index} ({torch.cuda.get_device_name(index)})" for index in range(count)]
    return found, tuple(devices), ()


def _cores() -> int:
    """The cores that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sandbox_advice(tier: Tier, layers: tuple[Layer, ...]) -> tuple[Advice, ...]:
    if tier is Tier.FULL:
        return ()
    if sys.platform != "linux":
        remedy = (
            "`grade check` works here, on your own code. To grade others' code use Linux, for "
            "example in a container."
        )
        return (Advice(missing="a sandbox", remedy=remedy, is_needed=False),)
    return tuple(
        Advice(missing=layer.name, remedy=layer.detail, is_needed=False)
        for layer in layers
        if not layer.holds
    )


def _print(diagnosis: Diagnosis) -> None:
    out = console.output()
    facts = Table(show_header=False, title="This machine", title_justify="left")
    for name, value in _facts(diagnosis):
        facts.add_row(name, value)
    out.print(facts)
    layers = Table("Layer", "Holds", "What it gives, or why not", title_justify="left")
    layers.title = f"Sandbox: tier {diagnosis.sandbox_tier}"
    for layer in diagnosis.sandbox_layers:
        holds = Text("yes", "good") if layer.holds else Text("no", "bad")
        layers.add_row(layer.name, holds, Text(plain(layer.detail)))
    out.print(layers)
    for each in diagnosis.advice:
        style = "bad" if each.is_needed else "warn"
        line = Text.assemble(("Missing: ", style), plain(f"{each.missing}. {each.remedy}"))
        out.print(line, soft_wrap=True)
    if not diagnosis.advice:
        out.print(Text("Nothing is missing.", "good"))


def _facts(diagnosis: Diagnosis) -> list[tuple[str, Text]]:
    torch = diagnosis.torch
    if torch is None:
        built = Text("not there", "bad")
    else:
        kind = "CPU build" if torch.is_cpu_build else "GPU build"
        built = Text(f"{torch.version} ({kind}, {torch.threads} threads)")
    return [
        ("grade", Text(diagnosis.grade)),
        ("Python", Text(diagnosis.python)),
        ("System", Text(diagnosis.platform)),
        ("Cores, memory", Text(f"{diagnosis.cores}, {diagnosis.memory_mib:,} MiB")),
        ("torch", built),
        ("Devices", Text(", ".join(diagnosis.devices) or "none")),
        ("Sandbox", Text(f"tier {diagnosis.sandbox_tier}")),
    ]
