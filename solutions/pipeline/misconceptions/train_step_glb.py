"""The error is measured by a loss of the notebook, not by the one that is handed in.

Restart the notebook and run only this cell. Which names does your function know?
"""

from torch import nn

function = "train_step"
code = "GLB"
fails = ("test_train_step_uses_the_loss_it_is_given",)


criterion = nn.MSELoss()


def train_step(model, optimizer, loss_fn, x, y):  # noqa: ARG001
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
