"""Gradients are left behind in the caller's tensors, and the next call adds to them.

`backward()` adds to `.grad`. Whose `.grad` is it, and who clears it before the next question?
"""

function = "autograd_grads"
code = "ZG"
fails = ("test_autograd_grads_same_question_same_answer",)


def autograd_grads(x, y, w, b):
    w.requires_grad_()
    b.requires_grad_()
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    return w.grad, b.grad
