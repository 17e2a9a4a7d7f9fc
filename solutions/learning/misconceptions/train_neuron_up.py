"""The steps go uphill: the loss grows from epoch to epoch.

The gradient points to where the loss *grows*. Where do you want to go?
"""

import torch

function = "train_neuron"
code = "UP"
fails = (
    "test_train_neuron_one_exact_step",
    "test_train_neuron_two_exact_steps",
    "test_train_neuron_first_loss_is_that_of_the_start",
    "test_train_neuron_reaches_the_best_line",
    "test_train_neuron_learns_any_line",
    "test_train_neuron_second_training_starts_anew",
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
            w += lr * w.grad
            b += lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w.item(), b.item(), losses
