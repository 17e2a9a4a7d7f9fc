"""The input itself is turned into float32, so the caller's tensor has changed under their hands.

After your function has run, what type has the tensor that was handed in? Who else may still be
using it?
"""

function = "to_float32"
code = "VIEW"
fails = (
    "test_to_float32_converts_every_type",
    "test_to_float32_keeps_shape_and_values",
    "test_to_float32_takes_a_single_number_and_an_empty_tensor",
    "test_to_float32_takes_its_own_answer_back",
)


def to_float32(x):
    x.data = x.data.float()
    return x
