"""The loss is told the target first, and the prediction second.

Some losses do not mind, others do. Which comes first?
"""

function = "train_step"
code = "FLIP"
fails = ("test_train_step_uses_the_loss_it_is_given",)


def train_step(model, optimizer, loss_fn, x, y):
    optimizer.zero_grad()
    loss = loss_fn(y, model(x))
    loss.backward()
    optimizer.step()
    return loss.item()
