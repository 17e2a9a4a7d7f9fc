"""The numbers are right, but they are cut off from what they were computed from.

What does `requires_grad` say about your answer? Which call throws the graph away?
"""

function = "neuron_multi"
code = "DET"
fails = ("test_neuron_multi_lets_the_gradient_through",)


def neuron_multi(x, w, b):
    return (x @ w + b).unsqueeze(1).detach()
