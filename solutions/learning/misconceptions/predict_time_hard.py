"""The answer is always that of the lecture's order, whatever is asked.

Another neuron, another distance: what would your function say?
"""

function = "predict_time"
code = "HARD"
fails = (
    "test_predict_time_the_order_at_seven_miles",
    "test_predict_time_of_any_neuron_and_order",
    "test_predict_time_leaves_no_graph",
)


def predict_time(w, b, miles):  # noqa: ARG001
    return 29.05
