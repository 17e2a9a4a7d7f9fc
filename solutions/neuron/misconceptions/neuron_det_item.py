"""Weight and bias are turned into plain numbers, and no gradient comes back to them.

Which of your calls gives a number that has forgotten its tensor? Does the formula need it?
"""

function = "neuron"
code = "DET"
fails = ("test_neuron_lets_the_gradient_through",)


def neuron(x, w, b):
    return float(w) * x + float(b)
