"""After the step the model is what it was before.

When `step()` is called, are the gradients of `backward()` there? And is it called at all?
"""

function = "train_step"
code = "ZA"
fails = (
    "test_train_step_first_step_of_the_lessons_neuron",
    "test_train_step_of_any_network",
    "test_train_step_does_not_use_gradients_of_somebody_else",
    "test_train_step_second_step",
    "test_train_step_uses_the_loss_it_is_given",
    "test_train_step_leaves_the_step_to_the_optimizer",
)


def train_step(model, optimizer, loss_fn, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()
