"""The gradients are cleared once, before the loop, and add up from epoch to epoch.

The first step is right and the second is not. What is left over from the first?
"""

function = "fit"
code = "ZG"
fails = ("test_fit_two_exact_epochs_of_the_lessons_neuron", "test_fit_makes_the_loss_fall")


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    optimizer.zero_grad()
    for _ in range(epochs):
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
