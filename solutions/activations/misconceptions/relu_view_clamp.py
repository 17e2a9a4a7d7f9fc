"""The numbers are right, but they were written into the input tensor itself.

The caller's own numbers are gone. Which line writes into `x`? Two names for one tensor are still
one tensor, and a method whose name ends in an underscore changes the tensor it is called on.
"""

function = "relu"
code = "VIEW"
fails = ("test_relu_leaves_its_input_as_it_was",)


def relu(x):
    return x.clamp_(min=0)
