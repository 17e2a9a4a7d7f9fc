"""The inputs get biases too, as if they were neurons.

Which of the sizes are neurons? Does an input have anything to learn?
"""

function = "count_params"
code = "BIAS"
fails = (
    "test_count_params_of_the_lessons_network",
    "test_count_params_of_a_single_layer",
    "test_count_params_of_any_network",
    "test_count_params_of_a_chain_of_single_neurons",
    "test_count_params_of_a_network_that_looks_at_a_picture",
    "test_count_params_leaves_the_list_as_it_was",
)


def count_params(sizes):
    weights = sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))
    return weights + sum(sizes)
