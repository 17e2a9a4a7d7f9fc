"""The prediction is made of plain numbers, so `backward()` finds no way back to w and b.

Follow the path from the loss to the weight. At which step does a tensor become a number?
"""

function = "autograd_grads"
code = "DET"
fails = (
    "test_autograd_grads_of_the_lessons_tables_from_zero",
    "test_autograd_grads_at_any_weight_and_bias",
    "test_autograd_grads_same_question_same_answer",
)


def autograd_grads(x, y, w, b):
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    loss = ((w.item() * x + b.item() - y) ** 2).mean()
    loss.backward()
    return w.grad, b.grad
