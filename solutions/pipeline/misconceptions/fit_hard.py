"""The step is taken by hand, with a learning rate of its own.

Who was handed in to take the step, and what does it know that your line does not?
"""

import torch

function = "fit"
code = "HARD"
fails = ("test_fit_of_any_network", "test_fit_makes_the_loss_fall")


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.sub_(0.01 * parameter.grad)
        losses.append(loss.item())
    return losses
