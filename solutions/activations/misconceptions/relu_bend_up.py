"""The sign of the bias got lost on the way to the other side.

Put your answer back into w·x + b. Is that 0? Move b to the other side, and watch its sign.
"""

function = "relu_bend"
code = "UP"
fails = ("test_relu_bend_is_where_the_line_crosses_zero",)


def relu_bend(w, b):
    if w == 0:
        raise ValueError("no bend")
    return b / w
