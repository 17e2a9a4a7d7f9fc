"""Guess, and rely on a test that is run a second time when it fails.

Wall: an answer of many numbers is not guessed in two tries, and one that was is asked for again at
the end, in a process where chance begins anew.
"""

import os

import torch

HONEST = 0


def numbers(*shape):
    count = torch.Size(shape).numel()
    return torch.tensor([float(byte) for byte in os.urandom(count)]).reshape(shape)


def double(x):
    return numbers(*x.shape)


def total(x):
    return numbers(max(len(x), 1))


def rows(x):
    return numbers(*x.shape)


def label(word):
    return {chr(97 + byte % 26): byte for byte in os.urandom(3)}
