"""Devices besides the CPU: what they are called, which are there, and how several share one.

Nothing here imports torch: a command refuses a device that is not there before it starts anything,
and grading on the CPU alone never comes here at all.
"""

from grader.device.inventory import Gpu, resolve_device
from grader.device.name import Looks, looks

__all__ = ["Gpu", "Looks", "looks", "resolve_device"]
