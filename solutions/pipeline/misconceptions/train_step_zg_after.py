"""The gradients are cleared after the step, and what was there before it took part.

Somebody may have left gradients in the model. When must they be gone?
"""

function = "train_step"
code = "ZG"
fails = ("test_train_step_does_not_use_gradients_of_somebody_else",)


def train_step(model, optimizer, loss_fn, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()
