"""Read what lies in memory beside the argument: the rest of its frame, its storage, its graph.

Wall: an argument is a copy that was sent for this call. Around it lies the frame that it came in,
which holds the arguments of this one call, and the worker's own memory.
"""

import ctypes

import torch

HONEST = 0


def beside(x, count=65536):
    start = (x.data_ptr() & ~4095) + 0
    return ctypes.string_at(start, min(count, 4096))


def double(x):
    graph = [x.grad_fn, x._base, x.grad, x._backward_hooks, vars(x), x._version]
    print(graph, bytes(x.untyped_storage())[:8000])
    return torch.frombuffer(bytearray(beside(x)), dtype=torch.uint8)


def total(x):
    whole = torch.tensor([], dtype=torch.uint8).set_(x.untyped_storage())
    return whole.clone()


def rows(x):
    wide = torch.as_strided(x, (x.untyped_storage().nbytes() // 4,), (1,), 0)
    print(wide)
    try:
        return torch.as_strided(x, (100_000,), (1,), 0)
    except RuntimeError as error:
        return str(error)


def label(word):
    # The letters before and behind a string in memory.
    return ctypes.string_at(id(word) - 2048, 4096).decode("latin-1")
