"""The answer is always the count of the lesson's network, whatever is asked.

What would you answer for another network? Which of your numbers should come from the list?
"""

function = "count_params"
code = "HARD"
fails = (
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):  # noqa: ARG001
    return 2433
