"""The gradients are cleared after each step, and those from before the training took part.

Somebody may have left gradients in the model. When must they be gone?
"""

function = "fit"
code = "ZG"
fails = ("test_fit_second_training_has_a_record_of_its_own",)


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
