"""The loss is told the target first, and the prediction second.

Some losses do not mind, others do. Which comes first?
"""

function = "fit"
code = "FLIP"
fails = ("test_fit_uses_the_loss_it_is_given",)


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(y, model(x))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
