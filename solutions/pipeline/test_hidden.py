"""The hidden suite of `pipeline`: one test for each pitfall, named for it.

A shuffle and first weights may be drawn in many right ways. So `split` is judged by what it keeps
together and apart, `build_model` by what its network answers with the student's own weights, and
both by whether the same seed gives the same again.
"""

import itertools

import pytest
import torch
from torch import nn

from grader.suite import Witness, hint, points

MILES = torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]])
MINUTES = torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]])
LOSSES = [nn.L1Loss, nn.BCEWithLogitsLoss]
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=["absolute", "logits"])


def deliveries(rng, count, dtype=torch.float32):
    """[count, 4]: distance, time of day, weekend (both kinds of day), minutes."""
    table = torch.rand(count, 4, generator=rng, dtype=dtype) * torch.tensor([8.0, 24.0, 1.0, 40.0])
    table[:, 2] = torch.arange(count) % 2
    return (table + torch.tensor([1.0, 0.0, 0.0, 10.0])).to(dtype)


def numbered(rng, count):
    """x [count, 3] with the row's number in front, and y [count, 1] that belongs to it."""
    x = torch.cat(
        [torch.arange(float(count)).unsqueeze(1), torch.randn(count, 2, generator=rng)], 1
    )
    return x, 3 * x[:, :1] + 7


def network(twin, *widths, ends=()):
    """The same small network on both sides."""
    layers = []
    for inputs, outputs in itertools.pairwise(widths):
        layers += [twin(nn.Linear, inputs, outputs), twin(nn.ReLU)]
    return twin(nn.Sequential, *layers[:-1], *(twin(end) for end in ends))


def line(twin, *weights):
    """A single linear layer with these weights, the bias last, in evaluation mode."""
    model = twin(nn.Linear, len(weights) - 1, 1)
    model.local.weight.data = torch.tensor([weights[:-1]])
    model.local.bias.data = torch.tensor([weights[-1]])
    model.local.eval()
    return model


def sgd(twin, model, lr=0.05, **settings):
    return twin(torch.optim.SGD, model, lr=lr, **settings)


def lesson(twin):
    """The lesson's neuron before its first step, with its optimizer, loss and deliveries."""
    neuron = line(twin, 0.0, 0.0)
    neuron.local.train()
    return neuron, sgd(twin, neuron, lr=0.01), twin(nn.MSELoss), MILES, MINUTES


def parts_of(answer, expect):
    """The four parts of a split, once it is sure that these are tables of three columns and one."""
    expect(isinstance(answer, (tuple, list)) and len(answer) == 4, True, of=answer)
    widths = [part.shape[1] if is_table(part) else None for part in answer]
    expect(widths, [3, 1, 3, 1], of=answer)
    expect(len(answer[0]) > 0, True, of=answer)
    return answer


def is_table(part):
    """Whether a part of an answer has rows and columns."""
    return isinstance(part, torch.Tensor) and part.dim() == 2


def weights_of(answer, expect):
    """The weights of a model, once it is sure that it is one."""
    expect(isinstance(answer, tuple) and any(tensor.numel() for tensor in answer), True)
    return answer


def leftovers(model, rng):
    """Gradients that somebody left behind in a model."""
    for parameter in model.local.parameters():
        parameter.grad = torch.randn(parameter.shape, generator=rng) + 3
    return model


# prepare ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 4, 7])
@hint("Four columns, in the order of the docstring. Which of them get a z-score, over which axis?")
def test_prepare_makes_four_columns_in_order(agree, rng, count):
    agree("prepare", deliveries(rng, count))


@points(2)
@hint("One gap spoils a whole row, wherever it is. When do you drop it: before the mean, or after?")
def test_prepare_drops_every_row_with_a_gap(agree, rng):
    table = deliveries(rng, 9)
    table[[1, 2, 4, 7], [0, 1, 2, 3]] = torch.nan
    agree("prepare", table)


@points(2)
@hint("Stand exactly on each of the four hours. Inside or outside? And on a Saturday?")
def test_prepare_rush_hour_begins_and_ends_sharply(agree, rng):
    hours = torch.tensor([7.75, 8.0, 9.75, 10.0, 15.75, 16.0, 18.75, 19.0])
    table = deliveries(rng, 16)
    table[:, 1], table[:, 2] = hours.repeat(2), torch.arange(16) // 8
    agree("prepare", table[torch.randperm(16, generator=rng)])


@hint("How far from their mean is a number that is alone, or the same in every row?")
def test_prepare_of_numbers_without_spread(agree, rng):
    table = deliveries(rng, 4)
    table[:, 0] = 3.5
    agree("prepare", table)
    agree("prepare", table[:1])


@hint("Which type has the table, and which has each thing you made from it?")
def test_prepare_keeps_float64(agree, rng):
    agree("prepare", deliveries(rng, 5, dtype=torch.float64))


@hint("The table is not yours: whoever gave it to you still needs it.")
def test_prepare_leaves_the_table_as_it_was(agree, rng):
    agree("prepare", deliveries(rng, 6).t().contiguous().t())


# split -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fraction", "count"), [(0.75, 8), (0.8, 7), (1.0, 4)])
@hint("How many rows are for training, as an int, and which part comes first?")
def test_split_cuts_off_the_share_that_was_asked(student, expect, rng, fraction, count):
    answer = student.split(*numbered(rng, count), fraction, 3)
    first = int(fraction * count)
    shapes = [[first, 3], [first, 1], [count - first, 3], [count - first, 1]]
    expect([list(part.shape) for part in parts_of(answer, expect)], shapes, of=answer)


@points(2)
@hint("Count the rows of both parts together: is one missing, or there twice?")
def test_split_puts_every_row_into_one_part(student, expect, rng):
    x, y = numbered(rng, 11)
    answer = student.split(x, y, 0.6, 8)
    parts = parts_of(answer, expect)
    rows = torch.cat([parts[0], parts[2]])
    expect(rows[rows[:, 0].argsort()], x.to(rows.device), of=answer)


@points(2)
@hint("Row i of x and row i of y are one delivery. One shuffle or two?")
def test_split_keeps_rows_paired(student, expect, rng):
    x, y = numbered(rng, 12)
    answer = student.split(x, y, 0.5, 5)
    parts = parts_of(answer, expect)
    rows, targets = torch.cat([parts[0], parts[2]]), torch.cat([parts[1], parts[3]])
    expect(list(rows.shape), list(x.shape), of=answer)
    expect(targets, 3 * rows[:, :1] + 7, of=answer)


@hint("The table may be sorted. What has your model then never seen?")
def test_split_shuffles_before_it_cuts(student, expect, rng):
    answer = student.split(*numbered(rng, 40), 0.5, 2)
    numbers = parts_of(answer, expect)[0][:, 0]
    expect(bool((numbers >= 20).any() and (numbers < 20).any()), True, of=answer)


@pytest.mark.parametrize("seed", [0, 17])
@hint(
    "The same question twice, and something else was drawn in between. What decides your shuffle?"
)
def test_split_same_seed_same_rows(student, expect, rng, seed):
    x, y = numbered(rng, 20)
    first = parts_of(student.split(x, y, 0.5, seed), expect)
    answer = student.split(x, y, 0.5, seed)
    expect(answer, tuple(first), of=answer)


@hint("What has `seed` to do with your shuffle?")
def test_split_another_seed_another_shuffle(student, expect, rng):
    x, y = numbered(rng, 20)
    first = parts_of(student.split(x, y, 0.5, 1), expect)
    answer = student.split(x, y, 0.5, 2)
    is_same = torch.equal(torch.cat(list(first[:2]), 1), torch.cat(list(answer[:2]), 1))
    expect(is_same, False, of=answer)


@points(2)
@hint("Others draw from torch's global generator, too. How would they notice your shuffle?")
def test_split_leaves_the_global_generator_alone(agree, expect, rng):
    x, y = numbered(rng, 10)
    wide = torch.cat([x, y], 1)  # views: who shuffles in place shuffles this table
    parts_of(agree.generator("split", wide[:, :3], wide[:, 3:], 0.5, seed=4), expect)


@hint("Which types go in, and which come out?")
def test_split_keeps_types(student, expect, rng):
    x, y = numbered(rng, 10)
    answer = student.split(x.double(), y.long(), 0.4, seed=6)
    types = [torch.float64, torch.int64] * 2
    expect([part.dtype for part in parts_of(answer, expect)], types, of=answer)


# build_model -----------------------------------------------------------------------------------


@points(2)
@pytest.mark.parametrize("sizes", [[4, 8, 3], [3, 5, 4, 6], [5, 5, 5]], ids=str)
@hint("Write down the layers for these sizes. Where is a bend, where is none, and why?")
def test_build_model_has_a_relu_between_linear_layers_only(agree, sizes):
    agree("build_model", sizes, 9)


@hint("Two numbers, one layer. What is left of your loop?")
def test_build_model_of_a_single_layer(agree):
    agree("build_model", [3, 7], 1)


@pytest.mark.parametrize("seed", [0, 23])
@hint("The same seed twice, and something else was drawn in between. What decides your weights?")
def test_build_model_same_seed_same_weights(student, expect, seed):
    first = weights_of(student.build_model([2, 6, 1], seed), expect)
    expect(student.build_model([2, 6, 1], seed), first)


@hint("What has `seed` to do with the first weights?")
def test_build_model_another_seed_other_weights(student, expect):
    first = weights_of(student.build_model([4, 6, 2], 5), expect)
    other = weights_of(student.build_model([4, 6, 2], 6), expect)
    expect(all(torch.equal(*pair) for pair in zip(first, other, strict=True)), False, of=other)


@points(2)
@hint("Layers draw their weights from torch's global generator. Who puts it back?")
def test_build_model_leaves_the_global_generator_alone(agree):
    agree.generator("build_model", [4, 5, 1], seed=12)


# train_step ------------------------------------------------------------------------------------


@hint("Predict, measure, find the direction, step. When is the loss measured?")
def test_train_step_first_step_of_the_lessons_neuron(agree, twin):
    agree("train_step", *lesson(twin))


@pytest.mark.parametrize("count", [1, 7])
@hint("Which model is trained, on which rows, by which optimizer? All of them are arguments.")
def test_train_step_of_any_network(agree, twin, rng, count):
    model = network(twin, 3, 6, 1)
    x, y = torch.randn(3, count, generator=rng).t(), torch.randn(count, 1, generator=rng)
    agree("train_step", model, sgd(twin, model), twin(nn.MSELoss), x, y)


@points(3)
@hint("backward() adds to what is there. What is there when your function begins?")
def test_train_step_does_not_use_gradients_of_somebody_else(agree, twin, rng):
    model = leftovers(network(twin, 2, 4, 1), rng)
    x, y = torch.randn(5, 2, generator=rng), torch.randn(5, 1, generator=rng)
    agree("train_step", model, sgd(twin, model), twin(nn.MSELoss), x, y)


@points(2)
@hint("The first step is right and the second is not? Then something is left over from the first.")
def test_train_step_second_step(agree, twin, rng):
    model = network(twin, 2, 1)
    x, y = torch.randn(4, 2, generator=rng), torch.randn(4, 1, generator=rng)
    agree.twice("train_step", model, sgd(twin, model, momentum=0.5), twin(nn.MSELoss), x, y)


@every_loss
@hint("The error is measured by what you are given, and it is told the prediction first.")
def test_train_step_uses_the_loss_it_is_given(agree, twin, rng, loss):
    model = network(twin, 3, 1)
    x, y = torch.randn(6, 3, generator=rng), torch.rand(6, 1, generator=rng)
    agree("train_step", model, sgd(twin, model), twin(loss), x, y)


@hint("Who takes the step?")
def test_train_step_leaves_the_step_to_the_optimizer(agree, twin, rng):
    model = network(twin, 4, 3, 1)
    adam = twin(torch.optim.Adam, model, lr=0.02)
    x, y = torch.randn(8, 4, generator=rng), torch.randn(8, 1, generator=rng)
    agree("train_step", model, adam, twin(nn.MSELoss), x, y)


# fit -------------------------------------------------------------------------------------------


@hint("No epochs, no steps, nothing measured. One epoch, one of each.")
def test_fit_without_epochs_changes_nothing(agree, twin):
    agree("fit", *lesson(twin), 0)
    agree("fit", *lesson(twin), 1)  # who never does anything earns nothing


@points(2)
@hint("Follow the lesson's neuron for two steps. When is each loss measured, and what is cleared?")
def test_fit_two_exact_epochs_of_the_lessons_neuron(agree, twin):
    agree("fit", *lesson(twin), epochs=2)


@pytest.mark.parametrize(("count", "epochs"), [(1, 1), (6, 3)])
@hint("One number per epoch, from the model, the rows and the epochs that you are given.")
def test_fit_of_any_network(agree, twin, rng, count, epochs):
    model = network(twin, 3, 5, 1)
    x, y = torch.randn(count, 3, generator=rng), torch.randn(count, 1, generator=rng)
    agree("fit", model, sgd(twin, model, lr=0.02), twin(nn.MSELoss), x, y, epochs)


@every_loss
@hint("The error is measured by what you are given, and it is told the prediction first.")
def test_fit_uses_the_loss_it_is_given(agree, twin, rng, loss):
    model = network(twin, 2, 1)
    x, y = torch.randn(6, 2, generator=rng), torch.rand(6, 1, generator=rng)
    agree("fit", model, sgd(twin, model), twin(loss), x, y, 2)


@points(2)
@hint("A new training has a new record. What outlives a call of your function?")
def test_fit_second_training_has_a_record_of_its_own(agree, twin, rng):
    model = leftovers(network(twin, 2, 1), rng)
    x, y = torch.randn(4, 2, generator=rng), torch.randn(4, 1, generator=rng)
    agree.twice("fit", model, sgd(twin, model), twin(nn.MSELoss), x, y, 1)


@hint("Does the curve fall, and does it flatten out?")
def test_fit_makes_the_loss_fall(student, solution, expect, figure, twin):
    neuron = line(twin, 0.0, 0.0)
    optimizer = sgd(twin, neuron, lr=0.2)
    given = (neuron, optimizer, twin(nn.MSELoss), (MILES - 4) / 1.5, MINUTES, 25)
    answer, reference = student.fit(*given), solution.fit(*given)
    picture = figure("Loss, epoch by epoch", x="Epoch", y="Loss, minutes²", public=True)
    picture.curve("reference", "reference", list(range(25)), reference)
    if isinstance(answer, list) and answer and all(isinstance(loss, float) for loss in answer):
        picture.curve("yours", "student", list(range(len(answer))), answer)
    expect(answer, reference)


# predict_minutes -------------------------------------------------------------------------------


@hint("The same columns, the same scale: what is 7 miles on the scale of the training data?")
def test_predict_minutes_of_the_order_at_seven_miles(agree, twin):
    model = line(twin, 5.15, 0.5, -1.0, 6.0, 18.76)
    stats = {"mean": torch.tensor([[4.0, 14.0]]), "std": torch.tensor([[1.5, 4.0]])}
    orders = order(7.0, 12.5), order(7.0, 17.0), order(7.0, 17.0, 1.0)
    agree.each("predict_minutes", *((model, raw, stats) for raw in orders))


@points(2)
@pytest.mark.parametrize("is_weekend", [0.0, 1.0])
@hint("Whose mean and whose spread bring the new order to scale? And what does your model answer?")
def test_predict_minutes_of_any_network_and_order(agree, twin, rng, is_weekend):
    model = network(twin, 4, 6, 1)
    model.local.eval()
    distance, hour = (torch.rand(2, generator=rng) * torch.tensor([8.0, 6.0]) + 1).tolist()
    agree("predict_minutes", model, order(distance, hour + 10, is_weekend), scale(rng))


@points(2)
@hint("Stand exactly on each of the four hours, as in `prepare`. And on a Saturday?")
def test_predict_minutes_rush_hour_begins_and_ends_sharply(agree, twin, rng):
    model, stats = line(twin, 2.0, 0.1, -3.0, 6.0, 20.0), scale(rng)
    hours = (7.75, 8.0, 9.75, 10.0, 15.75, 16.0, 18.75, 19.0, 22.0)
    orders = [order(5.0, hour) for hour in hours] + [order(5.0, h, 1.0) for h in (8.5, 17.5)]
    agree.each("predict_minutes", *((model, raw, stats) for raw in orders))


@hint("A scale without spread: by what do you divide?")
def test_predict_minutes_on_a_scale_without_spread(agree, twin, rng):
    stats = scale(rng)
    stats["std"][0, 1] = 0.0
    agree("predict_minutes", line(twin, 2.0, 1.5, -3.0, 6.0, 20.0), order(3.0, 13.0), stats)


def order(distance, hour, is_weekend=0.0):
    """f32[1, 3]: one order."""
    return torch.tensor([[distance, hour, is_weekend]])


def scale(rng):
    """Statistics of a training that nobody has seen."""
    mean = torch.rand(1, 2, generator=rng) * torch.tensor([4.0, 8.0]) + torch.tensor([3.0, 9.0])
    return {"mean": mean, "std": torch.rand(1, 2, generator=rng) + torch.tensor([1.5, 3.0])}


# evaluate --------------------------------------------------------------------------------------


@points(2)
@pytest.mark.parametrize("count", [1, 6])
@hint("Two means over all rows: of the squares, and of the distances from zero.")
def test_evaluate_measures_both_errors(agree, twin, rng, count):
    x, y = torch.randn(3, count, generator=rng).t(), 5 * torch.randn(count, 1, generator=rng)
    agree("evaluate", network(twin, 3, 4, 1), x, y)


@hint("Ask the same model twice. Why should its answer depend on luck?")
def test_evaluate_measures_in_evaluation_mode(agree, twin, rng):
    model = network(twin, 16, 1)
    forgetful = twin(nn.Sequential, twin(nn.Dropout, 0.5), model)
    agree("evaluate", forgetful, torch.randn(8, 16, generator=rng), torch.ones(8, 1))


@pytest.mark.parametrize("is_training", [True, False], ids=["training", "evaluation"])
@hint("In which mode was the model when it came? Would its owner notice that you have measured?")
def test_evaluate_restores_the_mode(agree, twin, rng, is_training):
    model = twin(nn.Sequential, twin(Witness), twin(nn.Linear, 2, 1))
    model.local.train(is_training)
    agree("evaluate", model, torch.randn(4, 2, generator=rng), torch.randn(4, 1, generator=rng))


@hint("Nothing is learnt here. What does torch write down all the same, unless you tell it?")
def test_evaluate_builds_no_graph(agree, twin, rng):
    model = network(twin, 2, 1, ends=(Witness,))
    model.local.eval()
    agree("evaluate", model, torch.randn(5, 2, generator=rng), torch.randn(5, 1, generator=rng))
