"""Claim that gradients flow where none do, through a graph that the student writes.

Wall: gradients are numbers like the answer's, and are compared: one that is right is an answer that
is right. A function that raises or lies on the way back loses its test.
"""

import torch

HONEST = 1


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return 2 * x

    @staticmethod
    def backward(context, gradient):
        return gradient * float("inf")


def double(x):
    return Twice.apply(x)


def rows(x):
    x.requires_grad_()
    answer = torch.zeros_like(x)
    answer.requires_grad_().register_hook(lambda gradient: 1 / 0)
    return answer
