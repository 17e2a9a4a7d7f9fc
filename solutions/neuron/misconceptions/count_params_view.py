"""The list is taken apart while it is counted.

Whose list is it? What is left of it after your answer?
"""

function = "count_params"
code = "VIEW"
fails = (
    "test_count_params_of_the_lessons_network",
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):
    total = 0
    while len(sizes) > 1:
        total += (sizes.pop(0) + 1) * sizes[0]
    return total
