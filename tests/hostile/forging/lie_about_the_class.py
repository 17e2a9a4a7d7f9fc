"""Answer with objects that say they are a Tensor, a dict or a number.

Wall: what crosses is chosen by what Python knows an object to be where it matters; an object that
only claims to be a tensor fails to be read as one, in the worker, and that is the answer.
"""

import torch

HONEST = 0


class Tensor:
    __class__ = torch.Tensor
    dtype, shape, device, layout = torch.float32, (5,), torch.device("cpu"), torch.strided
    requires_grad = is_nested = False

    def dim(self):
        return 1

    def detach(self):
        return self

    cpu = resolve_conj = resolve_neg = contiguous = detach

    def numel(self):
        return 5

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return args[0]


class Dict(dict):
    def items(self):
        return [("a", 1)] * 100_000

    def __len__(self):
        return 0


class Kind(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(int)


class Number(metaclass=Kind):
    __qualname__ = "int"


Number.__module__ = "builtins"


def double(x):
    return Tensor()


def total(x):
    return Number()


def rows(x):
    return Dict()


def label(word):
    return type("dict", (dict,), {"__class__": dict})({letter: 0 for letter in word})
