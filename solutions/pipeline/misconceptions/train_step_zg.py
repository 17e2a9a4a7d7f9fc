"""The gradients are never cleared, so old ones take part in the step.

Gradients add up across `backward()` calls. When do you clear them?
"""

function = "train_step"
code = "ZG"
fails = ("test_train_step_does_not_use_gradients_of_somebody_else", "test_train_step_second_step")


def train_step(model, optimizer, loss_fn, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
