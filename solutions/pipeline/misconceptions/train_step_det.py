"""The loss comes back as a tensor, with all of its graph.

Whoever keeps your losses keeps every graph. What makes a tensor of one number a number?
"""

function = "train_step"
code = "DET"
fails = (
    "test_train_step_first_step_of_the_lessons_neuron",
    "test_train_step_of_any_network",
    "test_train_step_does_not_use_gradients_of_somebody_else",
    "test_train_step_second_step",
    "test_train_step_uses_the_loss_it_is_given",
    "test_train_step_leaves_the_step_to_the_optimizer",
)


def train_step(model, optimizer, loss_fn, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss
