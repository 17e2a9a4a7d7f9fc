"""`grade run`: the hidden suite on one submission, for a TA or for CI."""

from __future__ import annotations

import os
import secrets
import shlex
from pathlib import Path

import click
from rich_click import RichCommand

from grader.cli import console
from grader.cli.confinement import (
    Confinement,
    tier_option,
    tiers_to_try,
    unsandboxed_option,
)
from grader.cli.devices import gpu_pool
from grader.cli.options import (
    course_option,
    device_option,
    format_option,
    open_course,
    student_option,
)
from grader.course import Course, Kind
from grader.device import Gpu, resolve_device
from grader.device.name import AUTO, reconciled
from grader.errors import UsageError
from grader.intake import ConfinedReader, Reader, is_notebook, read_one
from grader.records import Result, Status, Submission, Tier
from grader.report.terminal import show_result
from grader.screen import plain_line
from grader.worker.torch_import import import_torch

POINTS_LOST = 1
NOT_GRADABLE = 3


@click.command("run", cls=RichCommand)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--exercise", metavar="NAME", help="Which exercise; by default as the file is named.")
@student_option
@device_option
@format_option("terminal", "json", "junit", "html")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there instead of to standard output.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, (1 << 63) - 1),
    metavar="N",
    help="Draw hidden data from this seed, as a report's own command line says.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 only below this share of the points.",
)
@tier_option
@unsandboxed_option
@course_option
def command(
    path: Path,
    exercise: str | None,
    student: str | None,
    device: str,
    output_format: str,
    output: Path | None,
    seed: int | None,
    min_score: float | None,
    asked_tier: str,
    is_unsandboxed_allowed: bool,
    course_path: Path | None,
) -> int:
    """Grade one submission with the hidden suite: a file, a folder or a submission.zip.

    \b
    Examples:
      grade run activations.py
      grade run activations.ipynb
      grade run submission.zip --exercise learning --format json
      grade run work.py --exercise tensors --min-score 80 --format junit --output report.xml
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.SOLUTIONS)
    if course.is_released:
        raise UsageError(
            f"{course.root} holds no hidden suites: it is what students get. "
            "Name the authors' folder with --course, or run the public tests with `grade check`."
        )
    gpus = () if device == AUTO else resolve_device(device)  # refused before anything is read
    tiers = tiers_to_try(asked_tier, is_unsandboxed_allowed=is_unsandboxed_allowed)
    with ConfinedReader(tiers) as reader:
        submission = read_one(path, course, exercise, student, reader)
        result = _grade(submission, course, tiers, device, gpus, seed, reader)
    _render(result, course, path, device, output_format, output)
    return _exit_code(result, min_score)


def _grade(
    submission: Submission,
    course: Course,
    tiers: tuple[Tier, ...],
    device: str,
    gpus: tuple[Gpu, ...],
    seed: int | None,
    reader: Reader,
) -> Result:
    # A cold worker would pay for its first training step out of the student's time.
    has_notebooks = is_notebook(submission.filename)
    exercise = course.exercise(submission.exercise)
    if device == AUTO:
        gpus = resolve_device(device, (exercise.device,))
    else:
        reconciled(device, (exercise.device,))
    confinement = Confinement(tiers, is_warm=True, has_notebooks=has_notebooks, has_gpus=bool(gpus))
    import_torch()
    from grader.executor import Assignment, run_inline  # noqa: PLC0415
    from grader.grading import Terms  # noqa: PLC0415

    with confinement.zygote() as zygote, gpu_pool(gpus) as pool:
        terms = Terms(zygote.tier, device, _secret(course), seed)
        assignment = Assignment(course, (exercise,), terms, reader=reader, gpus=pool)
        (result,) = run_inline(assignment, [submission], zygote)
    return result


def _secret(course: Course) -> bytes:
    """The course's secret if it names one and it is set; else one for this run alone."""
    given = os.environ.get(course.seed_env or "", "")
    return given.encode() if given else secrets.token_bytes(32)


def _render(
    result: Result,
    course: Course,
    path: Path,
    device: str,
    output_format: str,
    output: Path | None,
) -> None:
    if output_format == "terminal":
        with console.output_to(output) as screen:
            show_result(screen, result, is_student=False)
            words = ["grade", "run", str(path), "--exercise", result.exercise]
            words += ["--seed", str(result.seed)]
            words += [] if device == AUTO else ["--device", device]
            again = shlex.join(words)
            screen.print(f"Again: {plain_line(again)}", style="muted", soft_wrap=True)
        return
    if output_format == "html":
        from grader.report import render_ta  # noqa: PLC0415  (imports jinja2)

        document = render_ta([result], course_title=course.title)
    else:
        from grader.export import junit_xml, result_json  # noqa: PLC0415

        document = result_json(result) if output_format == "json" else junit_xml([result])
    console.write(document, output)


def _exit_code(result: Result, min_score: float | None) -> int:
    if result.status is Status.NOT_GRADABLE or result.points is None:
        console.say("Not gradable:", f"{result.reason} Nobody loses points by it.", "ours")
        return NOT_GRADABLE
    if min_score is None:
        return 0 if result.is_full_marks else POINTS_LOST
    percent = 100 * result.points / result.max_points if result.max_points else 100.0
    return 0 if percent >= min_score - 1e-9 else POINTS_LOST
