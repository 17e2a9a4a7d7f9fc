"""The error is measured by a loss of the notebook, not by the one that is handed in.

Restart the notebook and run only this cell. Which names does your function know?
"""

from torch import nn

function = "fit"
code = "GLB"
fails = ("test_fit_uses_the_loss_it_is_given",)


criterion = nn.MSELoss()


def fit(model, optimizer, loss_fn, x, y, epochs):  # noqa: ARG001
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
