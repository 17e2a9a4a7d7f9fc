"""The model is never changed: the loss is the same in every epoch.

When `step()` is called, are the gradients of `backward()` there? And is it called at all?
"""

function = "fit"
code = "ZA"
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
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses
