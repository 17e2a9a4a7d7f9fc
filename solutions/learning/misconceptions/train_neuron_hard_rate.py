"""The learning rate is written into the loop; the one that is handed in is never used.

Which of the arguments does your loop never look at?
"""

import torch

function = "train_neuron"
code = "HARD"
fails = (
    "test_train_neuron_first_loss_is_that_of_the_start",
    "test_train_neuron_reaches_the_best_line",
    "test_train_neuron_learns_any_line",
    "test_train_neuron_second_training_starts_anew",
)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):  # noqa: ARG001
    w = torch.tensor(w0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= 0.01 * w.grad
            b -= 0.01 * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w.item(), b.item(), losses
