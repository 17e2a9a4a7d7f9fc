"""There is one epoch too few.

Count the passes of your loop for one epoch. Where does a range begin, and where does it end?
"""

function = "fit"
code = "EDGE"
fails = (
    "test_fit_two_exact_epochs_of_the_lessons_neuron",
    "test_fit_of_any_network",
    "test_fit_uses_the_loss_it_is_given",
    "test_fit_second_training_has_a_record_of_its_own",
    "test_fit_makes_the_loss_fall",
)


def fit(model, optimizer, loss_fn, x, y, epochs):
    losses = []
    for _ in range(1, epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
