"""The loss is told to require grad although nothing leads from it to w and b.

torch complained that the loss has no graph. Did you mend the path, or only silence the complaint?
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
    loss = ((w.detach() * x + b.detach() - y) ** 2).mean()
    loss.requires_grad_()
    loss.backward()
    return w.grad, b.grad
