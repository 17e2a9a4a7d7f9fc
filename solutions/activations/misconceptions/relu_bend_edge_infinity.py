"""A flat line gets an answer, although it has no bend.

Does relu of a flat line bend anywhere, however far you go? What does the docstring ask for
then?
"""

function = "relu_bend"
code = "EDGE"
fails = ("test_relu_bend_of_a_flat_line_is_a_value_error",)


def relu_bend(w, b):
    if w == 0:
        return float("inf")
    return -b / w
