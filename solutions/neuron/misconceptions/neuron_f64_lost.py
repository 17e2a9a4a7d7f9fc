"""The answer is float32, whatever came in.

Who asks for double precision wants to keep it. Which of your calls names a data type?
"""

function = "neuron"
code = "F64"
fails = ("test_neuron_keeps_float64",)


def neuron(x, w, b):
    return (w * x + b).float()
