"""The hidden tests for `neuron`: fresh weights, every shape, gradients and large tensors.

All random numbers are between 0.5 and 2 in size and of either sign, so that no weight and no bias
is lost among zeros. Squares are asked for on purpose: they hide what is wrong with a shape.
"""

import pytest
import torch

from grader.suite import hint, points

FLOWS = hint(
    "Did you leave the world of tensors on the way, or copy a parameter? Follow each of the "
    "inputs to the answer: calculus has to come back the same way."
)
FOLLOWS = hint("Which data type came in, and which goes out?")
UNTOUCHED = hint("Make a new tensor. Whoever handed you the old one may still need it.")
VECTORISED = hint("How often does Python itself take up a number? One product takes them all.")


def signed(rng, *shape, dtype=torch.float32):
    """Random numbers between 0.5 and 2 in size, of either sign."""
    size = torch.rand(shape, generator=rng, dtype=dtype) * 1.5 + 0.5
    return torch.where(torch.rand(shape, generator=rng) < 0.5, -size, size)


def two_layers(rng, inputs, hidden, outputs, dtype=torch.float32):
    """Weights and biases of a layer and of another behind it."""
    shapes = ((hidden, inputs), (hidden,), (outputs, hidden), (outputs,))
    return tuple(signed(rng, *shape, dtype=dtype) for shape in shapes)


@pytest.fixture(scope="module")
def many():
    """As many numbers as a full-HD frame has pixels; halves, so that every sum of them is exact."""
    generator = torch.Generator().manual_seed(1080)
    return torch.randint(0, 3, (1080 * 1920,), generator=generator) / 2


# neuron


@pytest.mark.parametrize("count", [1, 6])
@hint("Weight times input, plus bias, for each row. What shape does a prediction have?")
def test_neuron_is_a_straight_line(agree, rng, count):
    agree("neuron", signed(rng, count, 1), signed(rng), signed(rng))


@hint("What does a line say where there is no input at all?")
def test_neuron_at_zero_miles_says_the_bias(agree, rng):
    agree("neuron", torch.zeros(3, 1), signed(rng), signed(rng))


@hint("The weight acts on the input alone. Does twice the way cost twice the minutes per mile?")
def test_neuron_two_ways_take_as_long_as_both_together(agree, expect, rng):
    w, b = signed(rng), signed(rng)
    here, there = signed(rng, 5, 1), signed(rng, 5, 1)
    together = agree("neuron", here + there, w, b)
    expect(together + b, agree("neuron", here, w, b) + agree("neuron", there, w, b))


@hint("Weight and bias may be plain numbers. What do you ask of them that only a tensor can do?")
def test_neuron_takes_plain_numbers_too(agree, rng):
    agree("neuron", signed(rng, 4, 1), signed(rng).item(), signed(rng).item())


@FOLLOWS
def test_neuron_keeps_float64(agree, rng):
    agree("neuron", *(signed(rng, *s, dtype=torch.float64) for s in ((5, 1), (), ())))


@UNTOUCHED
def test_neuron_leaves_its_input_as_it_was(agree, rng):
    agree("neuron", signed(rng, 5, 3)[:, 1:2], signed(rng), signed(rng))


@points(2)
@FLOWS
def test_neuron_lets_the_gradient_through(agree, rng):
    agree.gradient("neuron", signed(rng, 4, 1), signed(rng), signed(rng))


@hint("Look at the picture: is it the slope that is wrong, or the height?")
def test_neuron_draws_the_lectures_line(student, solution, expect, figure):
    miles, (w, b) = torch.linspace(0, 8, 33).unsqueeze(1), (3.43, 5.04)
    answer, reference = student.neuron(miles, w, b), solution.neuron(miles, w, b)
    picture = figure(
        "The lecture's neuron among its deliveries",
        x="distance, miles",
        y="time, minutes",
        public=True,
    )
    picture.points("deliveries", "data", [2, 3, 4, 5, 6], [11.9, 15.3, 18.8, 22.2, 25.6])
    picture.curve("the promise", "limit", [0.0, 8.0], [30.0, 30.0])
    picture.curve("reference", "reference", miles, reference)
    picture.curve("yours", "student", miles, answer)
    expect(answer, reference)


# neuron_multi


@hint("Distance, time of day, weather: each has its own weight, and the bias comes once.")
def test_neuron_multi_of_the_lessons_three_inputs(agree, rng):
    orders = torch.tensor([[7.0, 17.5, 1.0], [3.0, 9.0, 0.0], [4.5, 12.0, 0.0], [7.0, 20.0, 1.0]])
    agree("neuron_multi", orders, signed(rng, 3), signed(rng))


@pytest.mark.parametrize("shape", [(1, 5), (3, 4), (5, 2), (4, 1)], ids=str)
@hint("One number per row, in a column. Which dimension has to disappear, and which to appear?")
def test_neuron_multi_gives_one_prediction_per_row(agree, rng, shape):
    agree("neuron_multi", signed(rng, *shape), signed(rng, shape[1]), signed(rng))


@points(2)
@hint("With as many orders as features every wrong turn fits. Which weight goes with which column?")
def test_neuron_multi_of_as_many_orders_as_features(agree, rng):
    agree("neuron_multi", signed(rng, 4, 4), signed(rng, 4), signed(rng))


@hint("The bias may be a plain number. What do you ask of it that only a tensor can do?")
def test_neuron_multi_takes_a_plain_number_as_bias(agree, rng):
    agree("neuron_multi", signed(rng, 3, 2), signed(rng, 2), signed(rng).item())


@FOLLOWS
def test_neuron_multi_keeps_float64(agree, rng):
    agree("neuron_multi", *(signed(rng, *s, dtype=torch.float64) for s in ((4, 3), (3,), ())))


@UNTOUCHED
def test_neuron_multi_leaves_its_inputs_as_they_were(agree, rng):
    agree("neuron_multi", signed(rng, 3, 5).t(), signed(rng, 6)[::2], signed(rng))


@points(2)
@FLOWS
def test_neuron_multi_lets_the_gradient_through(agree, rng):
    agree.gradient("neuron_multi", signed(rng, 4, 3), signed(rng, 3), signed(rng))


@points(2)
@VECTORISED
def test_neuron_multi_stays_vectorised_over_many_orders(agree, rng, many):
    agree("neuron_multi", signed(rng, 4, 3), signed(rng, 3), signed(rng))  # first the right answer
    agree.speed("neuron_multi", many.view(-1, 10), many[:10] - 0.5, torch.tensor(2.0))


@VECTORISED
def test_neuron_multi_stays_vectorised_over_many_features(agree, rng, many):
    agree("neuron_multi", signed(rng, 3, 4), signed(rng, 4), signed(rng))  # first the right answer
    row, *_, weights = many.view(3, 1, -1)
    agree.speed("neuron_multi", row, weights.squeeze() - 0.5, torch.tensor(2.0))


# layer


@pytest.mark.parametrize("sizes", [(1, 4, 3), (5, 3, 2), (2, 3, 6), (4, 1, 3), (4, 3, 1)], ids=str)
@hint("Each neuron is a row of `w`. Do the right numbers meet, or do only the shapes fit?")
def test_layer_every_neuron_looks_at_every_order(agree, rng, sizes):
    count, inputs, outputs = sizes
    agree("layer", signed(rng, count, inputs), signed(rng, outputs, inputs), signed(rng, outputs))


@points(2)
@pytest.mark.parametrize("count", [3, 5])
@hint("A square `w` fits either way round. Which way is right: by rows or by columns?")
def test_layer_of_as_many_neurons_as_inputs(agree, rng, count):
    agree("layer", signed(rng, count, 3), signed(rng, 3, 3), signed(rng, 3))


@hint("A bias belongs to a neuron, not to an order. Along which dimension do the neurons lie?")
def test_layer_of_as_many_orders_as_neurons(agree, rng):
    agree("layer", signed(rng, 4, 2), signed(rng, 4, 2), signed(rng, 4))


@hint("With all inputs at 0 only one thing is left to say, and each neuron says its own.")
def test_layer_without_input_says_its_biases(agree, rng):
    agree("layer", torch.zeros(3, 2), signed(rng, 4, 2), signed(rng, 4))


@FOLLOWS
def test_layer_keeps_float64(agree, rng):
    agree("layer", *(signed(rng, *s, dtype=torch.float64) for s in ((4, 3), (2, 3), (2,))))


@UNTOUCHED
def test_layer_leaves_its_inputs_as_they_were(agree, rng):
    agree("layer", signed(rng, 3, 5).t(), signed(rng, 3, 2).t(), signed(rng, 4)[::2])


@points(3)
@FLOWS
def test_layer_lets_the_gradient_through(agree, rng):
    agree.gradient("layer", signed(rng, 4, 3), signed(rng, 2, 3), signed(rng, 2))


# count_params


@hint("Draw the lesson's network and count layer by layer, each neuron with all that it has.")
def test_count_params_of_the_lessons_network(agree):
    agree("count_params", [4, 64, 32, 1])


@points(2)
@hint("Count one neuron first: what does it have for each input, and what once for itself?")
def test_count_params_of_a_single_layer(agree, rng):
    inputs, neurons = torch.randperm(90, generator=rng)[:2].add(5).tolist()
    agree("count_params", [inputs, neurons])
    agree("count_params", [neurons, inputs])


@points(2)
@pytest.mark.parametrize("depth", [3, 4, 6])
@hint("Each layer's outputs are the next one's inputs. Is any layer left out, or counted twice?")
def test_count_params_of_any_network(agree, rng, depth):
    agree("count_params", torch.randperm(60, generator=rng)[:depth].add(3).tolist())


@hint("A layer of one neuron is still a layer, and so is one that looks at a single input.")
def test_count_params_of_a_chain_of_single_neurons(agree):
    agree("count_params", [1, 1])
    agree("count_params", [1, 1, 1, 1])


@hint("Every pixel is an input, and every neuron has a weight for each of them.")
def test_count_params_of_a_network_that_looks_at_a_picture(agree):
    agree("count_params", [224 * 224, 16, 2])


@hint("Whoever handed you the list still needs it. And what would you say when asked again?")
def test_count_params_leaves_the_list_as_it_was(agree, rng):
    agree.twice("count_params", torch.randperm(40, generator=rng)[:4].add(2).tolist())


# compose_linear


@pytest.mark.parametrize("sizes", [(3, 4, 2), (2, 5, 4), (4, 2, 3), (1, 3, 2)], ids=str)
@hint("Write both layers down for one x, multiply out, and sort by what has an x and what has not.")
def test_compose_linear_two_layers_are_one(agree, rng, sizes):
    agree("compose_linear", *two_layers(rng, *sizes))


@points(2)
@hint("Square matrices can be multiplied in either order, and the order matters. Which acts first?")
def test_compose_linear_of_square_layers(agree, rng):
    agree("compose_linear", *two_layers(rng, 3, 3, 3))


@hint("A single number in the middle is a narrow place, but nothing is lost on the way to it.")
def test_compose_linear_through_a_single_neuron(agree, rng):
    agree("compose_linear", *two_layers(rng, 3, 1, 2))
    agree("compose_linear", *two_layers(rng, 1, 1, 1))


@points(2)
@hint("Let x be 0. What does the first layer say then, and what does the second make of it?")
def test_compose_linear_first_bias_passes_the_second_layer(agree, rng):
    w1, b1, w2, b2 = two_layers(rng, 2, 3, 3)
    agree("compose_linear", w1, b1, w2, b2)
    agree("compose_linear", w1, b1, w2, torch.zeros_like(b2))


@hint("For every x the one layer must say what the two say.")
def test_compose_linear_answers_as_both_layers_do(agree, solution, expect, rng):
    layers = two_layers(rng, 2, 4, 3)
    w, b = agree("compose_linear", *layers)
    x = signed(rng, 5, 2)
    both = solution.layer(solution.layer(x, *layers[:2]), *layers[2:])
    expect(solution.layer(x, w, b), both)


@FOLLOWS
def test_compose_linear_keeps_float64(agree, rng):
    agree("compose_linear", *two_layers(rng, 3, 2, 4, dtype=torch.float64))


@UNTOUCHED
def test_compose_linear_leaves_its_inputs_as_they_were(agree, rng):
    w1, b1, w2, b2 = two_layers(rng, 3, 3, 3)
    agree("compose_linear", w1.t(), b1, w2.t(), b2)


# can_deliver


@pytest.fixture
def decide(agree):
    """Asks first about an order that anybody would take, then about those that matter.

    An answer of yes or no tells little: whoever mixes up the two is told apart by this.
    """

    def ask(*orders, **limit):
        agree("can_deliver", 2.0, 3.0, 1.0)
        for order in orders:
            agree("can_deliver", *order, **limit)

    return ask


@points(2)
@hint("The same order on two lines. Which of your numbers come from the arguments?")
def test_can_deliver_the_order_at_seven_miles(decide):
    decide((7, 3.43, 5.04), (7, 5.041, 1.91))


@points(2)
@hint("The promise is kept up to the last moment. What does the docstring say about that moment?")
def test_can_deliver_exactly_at_the_limit_is_on_time(decide):
    decide((7.0, 3.5, 5.5), (7.0, 4.5, 5.5))
    decide((4.0, 5.0, 4.0), (6.0, 5.0, 4.0), limit=24.0)


@hint("Half a minute too late is too late. Did you round?")
def test_can_deliver_counts_fractions_of_a_minute(decide):
    decide((7.0, 3.5, 5.1), limit=29.75)
    decide((7.0, 3.5, 5.75))


@hint("Not every company promises the same. What does your answer compare with?")
def test_can_deliver_follows_the_limit_it_is_given(decide):
    decide((5.0, 5.0, 2.0), limit=20.0)
    decide((8.0, 4.0, 5.0), limit=45.0)


@hint("What does every order cost before anybody moves? It may also be less than nothing.")
def test_can_deliver_takes_the_bias_into_account(decide):
    decide((7.0, 5.0, -8.0), (4.0, 5.0, 12.0))


@hint("Another neuron, another order. Which of your numbers come from the arguments?")
def test_can_deliver_any_order_on_any_line(decide, rng):
    w, b = (torch.rand(2, generator=rng) * 4 + 1).tolist()
    early, late = (torch.rand(2, generator=rng) * 4 + 1).tolist()
    decide(((30 - early - b) / w, w, b), ((30 + late - b) / w, w, b))
