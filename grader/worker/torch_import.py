"""torch, imported as fast as it can be."""

from __future__ import annotations

import gc


def import_torch() -> None:
    """Import torch without collecting in between.

    All that torch brings stays: nothing is gained by looking through it again and again, now or
    later.
    """
    gc.disable()
    import torch  # noqa: F401, PLC0415 - the second that it takes is why this is a function

    gc.freeze()
    gc.enable()
