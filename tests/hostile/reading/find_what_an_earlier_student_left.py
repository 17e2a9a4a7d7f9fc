"""Find what an earlier submission left: in scratch, in shared folders, in modules, in memory.

Wall: each submission is a process forked from the same untouched zygote, with a scratch folder of
its own that is removed with it; in `guarded`, other scratch folders are not opened by Landlock.
"""

import builtins
import glob
import os
import sys
import tempfile

import torch

HONEST = 2
LEFT = sorted(vars(builtins)), sorted(sys.modules)


def double(x):
    places = [".", "..", tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp", "TOLD:temporary"]
    found = [path for place in places for path in glob.glob(f"{place}/**", recursive=True)][:200]
    for path in found:
        if os.path.isfile(path):
            try:
                print(path, open(path, "rb").read(300))
            except OSError as error:
                print(path, error.errno)
    return [repr(path) for path in found]


def total(x):
    state = [torch.initial_seed(), torch.get_rng_state()[:16].tolist(), torch.get_default_dtype()]
    print(state, torch.get_num_threads(), torch.is_grad_enabled(), LEFT)
    return x.sum(1)


def rows(x):
    student = [name for name in sys.modules if "vault" in name or "student" in name]
    return [str(vars(sys.modules[name]))[:3000] for name in student]
