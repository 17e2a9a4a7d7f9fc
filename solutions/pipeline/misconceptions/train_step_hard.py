"""The step is taken by hand, with a learning rate of its own.

Who was handed in to take the step, and what does it know that your line does not?
"""

import torch

function = "train_step"
code = "HARD"
fails = ("test_train_step_of_any_network", "test_train_step_leaves_the_step_to_the_optimizer")


def train_step(model, optimizer, loss_fn, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.sub_(0.01 * parameter.grad)
    return loss.item()
