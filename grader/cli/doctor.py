"""`grade doctor`: what this machine can do, what is missing and how to get it.

Everything is found by trying: torch is imported, devices are asked, the sandbox is entered.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Sequence

import click
import msgspec
import psutil
from rich.table import Table
from rich.text import Text
from rich_click import RichCommand

from grader import __version__
from grader.cli import console
from grader.cli.options import format_option
from grader.device.inventory import take_inventory
from grader.records import Tier
from grader.sandbox.gpu import OPENED
from grader.sandbox.probe import Layer, probe
from grader.sandbox.tiers import ORDER
from grader.screen import plain
from grader.siege.findings import Siege
from grader.worker.zygote_protocol import Post

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
    gpu_opens: tuple[str, ...]
    """What `--device cuda` opens that stays closed on the CPU."""
    sandbox_tier: Tier
    sandbox_layers: tuple[Layer, ...]
    advice: tuple[Advice, ...]
    sieges: tuple[Siege, ...] | None = None
    """What came of attacking the walls, tier by tier; None if that was not asked for."""
    schema_version: int = 1


@click.command("doctor", cls=RichCommand)
@click.option(
    "--attack",
    "is_attack",
    is_flag=True,
    help="Attack the walls as a hostile submission would, and say which hold; some twelve seconds.",
)
@format_option("terminal", "json")
def command(output_format: str, *, is_attack: bool) -> int:
    """Say what this machine can do, and what is missing.

    Exits with 3 if nothing can be graded here, or if a wall that was attacked does not hold.

    \b
    Examples:
      grade doctor
      grade doctor --attack
      grade doctor --format json
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    diagnosis = diagnose()
    if is_attack:
        diagnosis = msgspec.structs.replace(diagnosis, sieges=attack())
    if output_format == "json":
        console.print_json(msgspec.json.encode(diagnosis))
    else:
        _print(diagnosis)
    is_broken = any(each.is_needed for each in diagnosis.advice)
    return NOT_GRADABLE if is_broken or not holds(diagnosis.sieges) else 0


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
        gpu_opens=opened_by(devices),
        sandbox_tier=report.best,
        sandbox_layers=report.layers,
        advice=(
            *trouble,
            *_sandbox_advice(report.best, report.layers),
            *(worker_advice(report.best) if opened_by(devices) else ()),
        ),
    )


def worker_advice(tier: Tier) -> tuple[Advice, ...]:
    """Which GPUs workers cannot use from within the sandbox, and why: each is tried."""
    from grader.cli.trial import trouble_on  # noqa: PLC0415  (imports torch, which may be broken)

    tried = {gpu: trouble_on(Post("cuda:0", gpu.visible), tier) for gpu in take_inventory().gpus}
    remedy = (
        "docs/gpu.md says what a driver is known to need and how to find out what is refused. "
        "--device cpu works all the same"
    )
    return tuple(
        Advice(
            missing=f"workers of tier {tier} on cuda:{gpu.number} ({trouble})",
            remedy=remedy,
            is_needed=False,
        )
        for gpu, trouble in tried.items()
        if trouble
    )


def attack() -> tuple[Siege, ...]:
    """Try the walls of every tier that this machine offers, the strongest first."""
    from grader.siege.lay import lay_siege  # noqa: PLC0415  (imports torch, which may be broken)

    tiers = [tier for tier in reversed(ORDER) if tier in probe().tiers and tier is not Tier.NONE]
    return lay_siege(tiers)


def holds(sieges: tuple[Siege, ...] | None) -> bool:
    """Whether nothing came through; where there is no wall at all, everything would."""
    return sieges is None or (bool(sieges) and all(siege.holds for siege in sieges))


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
    if torch.backends.mps.is_available():
        devices.append("mps")
    return found, tuple(devices), gpu_advice(devices)


def gpu_advice(devices: Sequence[str]) -> tuple[Advice, ...]:
    """What is missing to hold students' code on these devices to its limits."""
    has_gpu = any(device.startswith("cuda") for device in devices)
    if not has_gpu or importlib.util.find_spec("pynvml") is not None:
        return ()
    missing = "a limit on the GPU's memory that student code cannot lift (nvidia-ml-py)"
    return (Advice(missing=missing, remedy="pip install 'torchgrade[gpu]'", is_needed=False),)


def opened_by(devices: Sequence[str]) -> tuple[str, ...]:
    """What workers can reach that are made for one of these devices, a sentence part each."""
    return OPENED if any(device.startswith("cuda") for device in devices) else ()


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
    for what in diagnosis.gpu_opens:
        line = Text.assemble(("With --device cuda, workers reach ", "warn"), plain(f"{what}."))
        out.print(line, soft_wrap=True)
    for each in diagnosis.advice:
        style = "bad" if each.is_needed else "warn"
        line = Text.assemble(("Missing: ", style), plain(f"{each.missing}. {each.remedy}"))
        out.print(line, soft_wrap=True)
    if not diagnosis.advice:
        out.print(Text("Nothing is missing.", "good"))
    if diagnosis.sieges is not None:
        _print_sieges(diagnosis.sieges)


def _print_sieges(sieges: tuple[Siege, ...]) -> None:
    out = console.output()
    out.print()
    if not sieges:
        out.print(Text("No wall to attack: this machine offers no tier that confines.", "bad"))
        return
    table = Table("Wall", *(str(siege.tier) for siege in sieges), title_justify="left")
    table.title = "Attacks"
    for row in zip(*(siege.findings for siege in sieges), strict=True):
        cells = (Text("holds", "good") if it.holds else Text("DOES NOT HOLD", "bad") for it in row)
        table.add_row(row[0].wall, *cells)
    out.print(table)
    for siege in sieges:
        for finding in siege.findings:
            if not finding.holds:
                where = f"{finding.wall}, tier {siege.tier}: "
                told = Text.assemble((where, "bad"), plain(finding.detail))
                out.print(told, soft_wrap=True)
    count = sum(len(siege.findings) for siege in sieges)
    if holds(sieges):
        out.print(Text(f"Nothing came through: {count} attacks, all stopped.", "good"))
    else:
        out.print(Text("Grade nothing here in a tier in which a wall does not hold.", "bad"))


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
