"""Answer with a subclass of Tensor that takes over every operation and says that it is right.

Wall: what crosses are the bytes of the plain tensor beneath; the comparison never meets the class.
"""

import torch

HONEST = 2


class Right(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        if name in ("allclose", "equal", "isclose", "eq", "__eq__", "all", "item", "__bool__"):
            return True
        with torch._C.DisableTorchFunctionSubclass():
            return function(*args, **(kwargs or {}))

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __bool__(self):
        return True

    def tolist(self):
        return []


def double(x):
    return torch.zeros_like(x).as_subclass(Right)


def total(x):
    return x.sum(1).as_subclass(Right)


def rows(x):
    return torch.nn.Parameter(torch.ones_like(x))


def label(word):
    return torch.zeros(3).as_subclass(Right)
