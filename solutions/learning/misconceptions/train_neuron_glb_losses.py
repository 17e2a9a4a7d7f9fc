"""The list of losses lives outside the function: a second training adds to the losses of the first.

How long is the list after two trainings of one epoch each? Where is it created, and how often?
"""

import torch

function = "train_neuron"
code = "GLB"
fails = ("test_train_neuron_second_training_starts_anew",)


losses = []


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):
    w = torch.tensor(w0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
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
