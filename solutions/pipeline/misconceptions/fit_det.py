"""The list holds tensors, each with the graph of its epoch.

A record is read by people and drawn as a curve. What makes a tensor of one number a number?
"""

function = "fit"
code = "DET"
fails = (
    "test_fit_two_exact_epochs_of_the_lessons_neuron",
    "test_fit_of_any_network",
    "test_fit_uses_the_loss_it_is_given",
    "test_fit_second_training_has_a_record_of_its_own",
    "test_fit_makes_the_loss_fall",
)


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses
