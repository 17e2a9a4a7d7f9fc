"""What is asked of devices in a process of its own: which are there, and whether one is well.

    python -I -m grader.device.probe inventory
    python -I -m grader.device.probe check

Each prints one JSON document as its last line. `check` looks at the one CUDA device that
`CUDA_VISIBLE_DEVICES` leaves in sight.
"""

from __future__ import annotations

import os
import sys
from typing import Final

import msgspec
import torch

from grader.device.health import Health
from grader.device.inventory import Gpu, Inventory

_SIZE: Final = 256
_PATTERN_BYTES: Final = 64 << 20
"""How much memory is written and read back."""


def inventory() -> Inventory:
    """What torch finds here."""
    has_mps = torch.backends.mps.is_available()
    version = str(torch.__version__)
    if not torch.cuda.is_available():
        return Inventory(version, has_mps=has_mps)
    given = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    gpus = []
    for number in range(torch.cuda.device_count()):
        properties = torch.cuda.get_device_properties(number)
        # The driver counts in another order than torch may; a name of its own means one device.
        visible = given[number].strip() if number < len(given) else ""
        if not visible.startswith("MIG-"):
            uuid = getattr(properties, "uuid", None)
            visible = f"GPU-{uuid}" if uuid else visible or str(number)
        gpus.append(Gpu(number, properties.name, properties.total_memory, visible))
    return Inventory(version, tuple(gpus), has_mps)


def check(device: str = "cuda") -> Health:
    """Whether a device still computes and remembers; anything that goes wrong is an answer."""
    try:
        generator = torch.Generator().manual_seed(1)
        left, right = (torch.randn(_SIZE, _SIZE, generator=generator) for _ in range(2))
        # Doubles: no shortcut of the device's makes a difference that could be taken for a fault.
        expected = left.double() @ right.double()
        got = (left.double().to(device) @ right.double().to(device)).cpu()
        if not torch.allclose(expected, got, rtol=1e-9, atol=1e-9):
            return Health(error="a product of two matrices came out wrong")
        pattern = torch.arange(_PATTERN_BYTES // 8)
        if not torch.equal(pattern.to(device).cpu(), pattern):
            return Health(error="memory did not keep what was written to it")
    except Exception as error:  # noqa: BLE001 - that is what is asked
        return Health(error=f"{type(error).__name__}: {error}"[:500])
    return Health()


def main(what: str) -> None:
    """Answer one question on standard output."""
    answer = inventory() if what == "inventory" else check()
    sys.stdout.write(f"{msgspec.json.encode(answer).decode()}\n")


if __name__ == "__main__":
    main(sys.argv[1])
