"""The same two parameters are used for every call, and their gradients are never cleared.

`backward()` adds to `.grad`. What is in it when your function is called for the second time?
"""

import torch

function = "autograd_grads"
code = "ZG"
fails = ("test_autograd_grads_same_question_same_answer",)


weight = torch.zeros((), requires_grad=True)
bias = torch.zeros((), requires_grad=True)


def autograd_grads(x, y, w, b):
    weight.data.copy_(w)
    bias.data.copy_(b)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad, bias.grad
