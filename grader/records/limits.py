"""What one submission may use of the machine."""

from __future__ import annotations

from typing import Final

import msgspec

PATIENCE: Final = 5.0
"""How much longer than its processor time a call or a cell may take on the clock.

The machine may be busy.
"""


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The limits of one worker; `course.toml` sets them, `exercise.toml` may override each."""

    call_seconds: float = 2.0
    """One call of a student's function, gradient included, in seconds of processor time.

    On the clock it may take `PATIENCE` times as long: nobody fails because a machine is busy.
    """
    load_seconds: float = 10.0
    """Running the top level of a file, on the clock."""
    cell_seconds: float = 5.0
    """One cell of a notebook, counted as a call is."""
    notebook_seconds: float = 20.0
    """All cells of a notebook, counted likewise; then only what a cell defines is run."""
    submission_seconds: float = 60.0
    """All tests of one submission together, on the clock; loading comes before them."""
    memory_bytes: int = 1 << 30
    """What a worker may allocate beyond what torch already holds."""
    processes: int = 16
    """Processes and threads of one worker together."""
    scratch_bytes: int = 32 << 20
    """What a worker may write to its scratch folder."""
    output_bytes: int = 8 << 20
    """What a worker may print before it is stopped; the first 16 KiB are kept."""
    reply_bytes: int = 256 << 20
    """The largest answer taken from a worker."""
    gpu_memory_bytes: int = 4 << 30
    """What student code may hold of a GPU's memory; what the driver needs itself comes on top."""
