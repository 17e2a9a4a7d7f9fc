"""A weight of 0 is not treated as the docstring asks.

Does a flat line bend anywhere, however far you go? The docstring asks for an error that says what
is wrong with the *argument*, before anything is divided.
"""

function = "relu_bend"
code = "EDGE"
fails = ("test_relu_bend_of_a_flat_line_is_a_value_error",)


def relu_bend(w, b):
    return -b / w
