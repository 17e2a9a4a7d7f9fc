"""Only the first layer is counted.

What happens to the rest of the list?
"""

function = "count_params"
code = "HARD"
fails = (
    "test_count_params_of_the_lessons_network",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):
    return (sizes[0] + 1) * sizes[1]
