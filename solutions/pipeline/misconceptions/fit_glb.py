"""The list of losses lives outside the function: a second training adds to the first.

How long is the list after two trainings of one epoch each? Where is it created, and how often?
"""

function = "fit"
code = "GLB"
fails = ("test_fit_second_training_has_a_record_of_its_own",)


losses = []


def fit(model, optimizer, loss_fn, x, y, epochs):
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
