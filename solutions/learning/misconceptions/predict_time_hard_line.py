"""The lecture's weight and bias are written into the answer; those handed in are never used.

A neuron trained on other deliveries has other parameters. Where would they come in?
"""

function = "predict_time"
code = "HARD"
fails = (
    "test_predict_time_the_order_at_seven_miles",
    "test_predict_time_of_any_neuron_and_order",
    "test_predict_time_leaves_no_graph",
)


def predict_time(w, b, miles):  # noqa: ARG001
    return 3.43 * miles + 5.04
