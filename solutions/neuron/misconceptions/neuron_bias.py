"""The bias is left out: the line goes through zero, whatever `b` says.

How long does an order take that is no miles away? Which of the arguments says so?
"""

function = "neuron"
code = "BIAS"
fails = (
    "test_neuron_is_a_straight_line",
    "test_neuron_at_zero_miles_says_the_bias",
    "test_neuron_two_ways_take_as_long_as_both_together",
    "test_neuron_takes_plain_numbers_too",
    "test_neuron_keeps_float64",
    "test_neuron_leaves_its_input_as_it_was",
    "test_neuron_lets_the_gradient_through",
    "test_neuron_draws_the_lectures_line",
)


def neuron(x, w, b):  # noqa: ARG001
    return w * x
