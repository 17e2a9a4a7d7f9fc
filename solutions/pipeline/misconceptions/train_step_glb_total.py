"""The loss is added to a total that lives outside the function.

Call your function twice. Whose loss is in the second answer?
"""

function = "train_step"
code = "GLB"
fails = ("test_train_step_second_step",)


total = 0.0


def train_step(model, optimizer, loss_fn, x, y):
    global total  # noqa: PLW0603
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    total += loss.item()
    return total
