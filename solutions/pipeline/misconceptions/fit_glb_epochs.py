"""The number of epochs is one of the notebook's, not the one that is handed in.

Restart the notebook and run only this cell. Which names does your function know?
"""

function = "fit"
code = "GLB"
fails = (
    "test_fit_without_epochs_changes_nothing",
    "test_fit_of_any_network",
    "test_fit_makes_the_loss_fall",
)


EPOCHS = 100


def fit(model, optimizer, loss_fn, x, y, epochs):  # noqa: ARG001
    losses = []
    for _ in range(EPOCHS):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
