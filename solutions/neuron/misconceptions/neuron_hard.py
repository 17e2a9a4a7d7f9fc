"""The lecture's weight and bias are written into the answer; those handed in are never used.

Another neuron has another line. Where would it come in?
"""

function = "neuron"
code = "HARD"
fails = (
    "test_neuron_is_a_straight_line",
    "test_neuron_at_zero_miles_says_the_bias",
    "test_neuron_two_ways_take_as_long_as_both_together",
    "test_neuron_takes_plain_numbers_too",
    "test_neuron_keeps_float64",
    "test_neuron_leaves_its_input_as_it_was",
    "test_neuron_lets_the_gradient_through",
)


def neuron(x, w, b):  # noqa: ARG001
    return 3.43 * x + 5.04
