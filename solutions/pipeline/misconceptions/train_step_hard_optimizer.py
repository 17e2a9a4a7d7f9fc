"""The step is taken by an optimizer of its own making.

Who was handed in to take the step, and what does it know that yours does not?
"""

import torch

function = "train_step"
code = "HARD"
fails = ("test_train_step_of_any_network", "test_train_step_leaves_the_step_to_the_optimizer")


def train_step(model, optimizer, loss_fn, x, y):
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
