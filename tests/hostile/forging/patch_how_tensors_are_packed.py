"""Replace the methods with which the worker turns tensors into bytes.

Wall: whatever they give is bytes of an answer, checked against their description and then compared
like any other. No method of the worker can know what is expected.
"""

import numpy
import torch

HONEST = 0
torch.Tensor.detach = lambda self: torch.ones(3)
torch.Tensor.numpy = lambda self, **_: numpy.ones(3, dtype=numpy.uint8)
torch.Tensor.contiguous = lambda self, **_: torch.ones(7)
torch.Tensor.cpu = lambda self, **_: self
torch.Tensor.view = lambda self, *_: torch.ones(100, dtype=torch.uint8)
torch.Tensor.as_strided = lambda self, *_: torch.ones(100, dtype=torch.uint8)
torch.Tensor.shape = property(lambda self: (5,))
torch.Tensor.dtype = property(lambda self: torch.float32)


def double(x):
    return x


def total(x):
    return x


def rows(x):
    return x
