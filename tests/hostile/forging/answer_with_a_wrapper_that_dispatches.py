"""Answer with a tensor that has no memory of its own and computes what it is asked for.

Wall: a tensor crosses by being read as bytes in the worker; one that cannot be read stays there,
and is not a tensor for the other side.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

HONEST = 0


class Wrapper(torch.Tensor):
    @staticmethod
    def __new__(cls, shape):
        return torch.Tensor._make_wrapper_subclass(cls, shape, dtype=torch.float32)

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return args[0] if args else None


class Mode(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        return torch.ones(3)


def double(x):
    return Wrapper(x.shape)


def total(x):
    Mode().__enter__()
    return x


def rows(x):
    from torch._subclasses.fake_tensor import FakeTensorMode

    with FakeTensorMode():
        return torch.ones(4, 3)
