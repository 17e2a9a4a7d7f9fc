"""The answer is the lecture's line, whatever there was to learn from.

Somebody hands you other deliveries. Who does the learning?
"""

function = "train_neuron"
code = "HARD"
fails = (
    "test_train_neuron_without_epochs_gives_back_the_start",
    "test_train_neuron_one_exact_step",
    "test_train_neuron_two_exact_steps",
    "test_train_neuron_first_loss_is_that_of_the_start",
    "test_train_neuron_reaches_the_best_line",
    "test_train_neuron_learns_any_line",
    "test_train_neuron_second_training_starts_anew",
)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):  # noqa: ARG001
    return 3.43, 5.04, [0.0] * epochs
