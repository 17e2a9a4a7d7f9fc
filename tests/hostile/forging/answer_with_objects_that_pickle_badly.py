"""Answer with objects that run code when they are pickled, copied, unpickled or collected.

Wall: nothing is pickled, on either side. An object stays in the worker behind a number.
"""

import os

import torch

HONEST = 0
TRACE = "TOLD:root/unpickled"


class Bomb:
    def __reduce__(self):
        return os.system, (f"touch {TRACE}",)

    def __del__(self):
        print("collected")

    def __buffer__(self, flags):
        return memoryview(b"passed")

    @property
    def __array_interface__(self):
        return {"data": (0, False), "shape": (10**9,), "typestr": "<f4", "version": 3}

    @property
    def __dict__(self):
        return 1 / 0


class Module(torch.nn.Module):
    def state_dict(self, *args, **kwargs):
        return {"weight": Bomb()}

    def __getattr__(self, name):
        return Bomb()


def double(x):
    return Bomb()


def total(x):
    return Module()


def rows(x):
    return [Bomb(), torch.nn.Linear(3, 3), torch.optim.SGD([torch.zeros(1)], lr=1.0)]


def label(word):
    return bytearray(b"cos\nsystem\n(S'true'\ntR.")
