"""The losses are averaged, but the slopes are only added up: the steps are too long.

The loss is a mean. What does that make of its slope when there are twice as many deliveries?
"""

function = "train_neuron"
code = "SUM"
fails = (
    "test_train_neuron_one_exact_step",
    "test_train_neuron_two_exact_steps",
    "test_train_neuron_first_loss_is_that_of_the_start",
    "test_train_neuron_reaches_the_best_line",
    "test_train_neuron_learns_any_line",
    "test_train_neuron_second_training_starts_anew",
)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):
    w, b, losses = w0, b0, []
    for _ in range(epochs):
        error = w * x + b - y
        losses.append((error**2).mean().item())
        w = w - lr * 2 * (error * x).sum().item()
        b = b - lr * 2 * error.sum().item()
    return w, b, losses
