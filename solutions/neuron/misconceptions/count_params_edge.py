"""The last layer is left out.

Follow your loop to its end. Which sizes does its last round look at?
"""

function = "count_params"
code = "EDGE"
fails = (
    "test_count_params_of_the_lessons_network",
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):
    return sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 2))
