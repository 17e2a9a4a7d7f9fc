"""The companion: `python -P -m grader.extension`, started by the kernel, ended with it.

Questions come on standard input and answers go to standard output; whatever else is printed goes
to standard error, which the kernel keeps in case that this process ends unexpectedly.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.worker.torch_import import import_torch


def main() -> None:
    """Answer until the kernel closes the pipe."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    import_torch()  # the zygote is forked off this process, and needs it
    from grader.extension.service import serve  # noqa: PLC0415 - after torch

    serve(questions, answers)
    sys.stderr.flush()
    os._exit(0)  # to take torch down object by object takes a third of a second


main()
