"""The hidden suite of `tensors`: one test for each pitfall, named for it."""

import pytest
import torch

from grader.suite import hint, points


def numbers(count, rng, scale=9.0):
    """`count` positive decimals, different for every submission."""
    return (torch.rand(count, generator=rng) * scale + 0.5).tolist()


def whole_numbers(count, rng):
    """`count` whole numbers from 1 upwards, different for every submission."""
    return torch.randint(1, 60, (count,), generator=rng).tolist()


# make_deliveries -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 5])
@hint("One row per delivery, one column per feature. What shape is a list of N numbers?")
def test_make_deliveries_gives_one_row_per_delivery(agree, rng, count):
    agree("make_deliveries", numbers(count, rng), numbers(count, rng, scale=40.0))


@hint("What type does torch give to a list of whole numbers, and what type do weights have?")
def test_make_deliveries_whole_numbers_become_float32(agree, rng):
    agree("make_deliveries", whole_numbers(4, rng), whole_numbers(4, rng))


@hint("Is each of the two columns converted, whatever the other one holds?")
def test_make_deliveries_whole_miles_beside_decimal_minutes(agree, rng):
    agree("make_deliveries", whole_numbers(3, rng), numbers(3, rng, scale=40.0))


@pytest.mark.parametrize(("distances", "minutes"), [(3, 2), (2, 3), (1, 4)])
@hint("A delivery without a time cannot be learned from. Who should notice first?")
def test_make_deliveries_lists_of_different_length_are_refused(
    agree, student, rng, distances, minutes
):
    student.make_deliveries(
        numbers(2, rng), numbers(2, rng)
    )  # who refuses everything earns nothing
    agree("make_deliveries", numbers(distances, rng), numbers(minutes, rng))


# pixel_count -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(224, 224), (1080, 1920)], ids=["image", "frame"])
@hint("The lesson names both counts. Which of your numbers come from the arguments?")
def test_pixel_count_of_the_lessons_pictures(agree, size):
    agree("pixel_count", *size)


@hint("How many numbers does it take to say which colour one pixel has?")
def test_pixel_count_colour_has_three_numbers_per_pixel(agree):
    agree("pixel_count", 224, 224, 3)
    agree("pixel_count", 1080, 1920, channels=3)


@points(2)
@hint("Pictures come in all sizes, and most are not square.")
def test_pixel_count_of_any_size(agree, rng):
    height, width, channels = (n + 1 for n in whole_numbers(3, rng))
    agree("pixel_count", height, width + height, channels)
    agree("pixel_count", height, width + height)


# describe --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 4, 5)], ids=["table", "pictures"])
@hint("Every tensor knows its shape, type and device. Do you ask it, or do you assume?")
def test_describe_gives_all_five_facts(agree, rng, shape):
    agree("describe", torch.randn(shape, generator=rng))


@pytest.mark.parametrize("dtype", [torch.int64, torch.float64, torch.bool], ids=str)
@hint("Not every tensor holds float32.")
def test_describe_names_the_type_it_is_given(agree, dtype):
    agree("describe", torch.ones(2, 6).to(dtype))


@pytest.mark.parametrize("shape", [(), (0, 3)], ids=["one number", "empty"])
@hint("How many dimensions has a single number, and how many numbers has an empty table?")
def test_describe_a_single_number_and_an_empty_table(agree, shape):
    agree("describe", torch.zeros(shape))


# to_float32 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dtype", [torch.int64, torch.float64, torch.bool, torch.uint8, torch.float16], ids=str
)
@hint("Converting makes a new tensor. Is the one you were given still what it was?")
def test_to_float32_converts_every_type(agree, rng, dtype):
    agree("to_float32", torch.randint(0, 4, (3, 5), generator=rng).to(dtype))


@hint("Only the type may change: neither the shape, nor the order, nor the decimals.")
def test_to_float32_keeps_shape_and_values(agree, rng):
    agree("to_float32", torch.randn(4, 2, 3, generator=rng, dtype=torch.float64).transpose(0, 2))
    agree("to_float32", torch.randn(1, 7, generator=rng, dtype=torch.float64))


@hint("A tensor may hold a single number without rows, or nothing at all.")
def test_to_float32_takes_a_single_number_and_an_empty_tensor(agree):
    agree("to_float32", torch.tensor(7))
    agree("to_float32", torch.zeros(0, 2, dtype=torch.int64))


@hint("What is there to convert in a tensor that is float32 already?")
def test_to_float32_takes_its_own_answer_back(agree, rng):
    whole = torch.randint(-9, 9, (2, 3), generator=rng)
    agree("to_float32", agree("to_float32", whole))


# single_input ----------------------------------------------------------------------------------


@points(2)
@hint("A batch of one: how many rows has it, and how many columns?")
def test_single_input_is_a_batch_of_one(agree, rng):
    for value in numbers(2, rng):
        agree("single_input", value)
    agree("single_input", -numbers(1, rng)[0])


@hint("Which type does torch choose for a whole number, and which do the weights have?")
def test_single_input_a_whole_number_becomes_float32(agree, rng):
    for value in whole_numbers(2, rng):
        agree("single_input", value)


@hint("A layer multiplies the columns of its input by its weights: is there a column?")
def test_single_input_is_accepted_by_a_linear_layer(agree):
    order = agree("single_input", 7)
    # Ours to get right, not the student's: this is what the lesson says such a tensor is for.
    assert torch.nn.Linear(1, 1)(order.cpu()).shape == (1, 1)
