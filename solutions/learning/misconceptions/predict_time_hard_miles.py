"""Every order is taken to be 7 miles away.

Which of the three arguments is never looked at?
"""

function = "predict_time"
code = "HARD"
fails = (
    "test_predict_time_of_any_neuron_and_order",
    "test_predict_time_leaves_no_graph",
)


def predict_time(w, b, miles):  # noqa: ARG001
    return float(w) * 7 + float(b)
