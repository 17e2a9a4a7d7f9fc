"""Stop the clock, fix all randomness and take the timers away, in the worker.

Wall: the clock that counts, the seeds and the limits are in another process and in the kernel.
"""

import random
import secrets
import signal
import time

import torch

HONEST = 2
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "time_ns"):
    setattr(time, name, lambda: 0)
time.sleep = lambda seconds: None
random.random = lambda: 0.5
random.seed(0)
secrets.randbits = lambda bits: 0
torch.manual_seed = lambda seed: torch.default_generator
torch.rand = torch.randn = torch.zeros
torch.default_generator.manual_seed(0)
signal.setitimer = lambda *args: (0.0, 0.0)
signal.alarm = lambda seconds: 0
signal.signal = lambda number, handler: handler


def double(x):
    return x * 2


def total(x):
    return torch.rand(x.shape[0])


def rows(x):
    while x.shape[1] == 6:
        pass
    return x
