"""It always starts at zero, whatever start is handed in.

Somebody wants to train on from where they stopped yesterday. Which arguments say where that was?
"""

import torch

function = "train_neuron"
code = "HARD"
fails = (
    "test_train_neuron_without_epochs_gives_back_the_start",
    "test_train_neuron_first_loss_is_that_of_the_start",
    "test_train_neuron_reaches_the_best_line",
)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):  # noqa: ARG001
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w.item(), b.item(), losses
