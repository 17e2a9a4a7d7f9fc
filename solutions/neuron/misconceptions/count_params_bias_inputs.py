"""Each input gets a bias, where each neuron should.

Whose property is a bias: that of a number that comes in, or that of a neuron?
"""

function = "count_params"
code = "BIAS"
fails = (
    "test_count_params_of_the_lessons_network",
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):
    return sum(sizes[i] * (sizes[i + 1] + 1) for i in range(len(sizes) - 1))
