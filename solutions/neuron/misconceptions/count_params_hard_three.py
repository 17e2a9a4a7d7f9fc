"""The formula is written for a network of exactly three layers.

How long is the list? Your formula should not have to know.
"""

function = "count_params"
code = "HARD"
fails = (
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
)


def count_params(sizes):
    first = (sizes[0] + 1) * sizes[1]
    second = (sizes[1] + 1) * sizes[2]
    third = (sizes[2] + 1) * sizes[3]
    return first + second + third
