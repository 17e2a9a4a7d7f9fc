"""The gradients are never cleared, so each step is taken with all the gradients so far.

Gradients add up across `backward()` calls. When do you clear them?
"""

import torch

function = "train_neuron"
code = "ZG"
fails = (
    "test_train_neuron_two_exact_steps",
    "test_train_neuron_reaches_the_best_line",
    "test_train_neuron_learns_any_line",
)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):
    w = torch.tensor(w0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return w.item(), b.item(), losses
