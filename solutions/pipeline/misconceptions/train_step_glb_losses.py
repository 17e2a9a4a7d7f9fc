"""The losses of all calls are kept outside the function, and their mean comes back.

Call your function twice. Whose loss is in the second answer?
"""

function = "train_step"
code = "GLB"
fails = ("test_train_step_second_step",)


losses = []


def train_step(model, optimizer, loss_fn, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    return sum(losses) / len(losses)
