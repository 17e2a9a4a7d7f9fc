"""The gradients are never cleared, so each step is taken with all the gradients so far.

Gradients add up across `backward()` calls. When do you clear them?
"""

function = "fit"
code = "ZG"
fails = (
    "test_fit_two_exact_epochs_of_the_lessons_neuron",
    "test_fit_makes_the_loss_fall",
    "test_fit_second_training_has_a_record_of_its_own",
)


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
