"""The tests you can run yourself. The graders use other data, and more of it."""

import pytest
import torch

from grader.suite import hint


@hint("One row per delivery, one column per feature. Which dimension is still missing?")
def test_make_deliveries_gives_two_columns(agree):
    agree("make_deliveries", [0.5, 1.5, 4.5], [4.0, 7.5, 18.0])


@hint("What type does torch choose for whole numbers, if you do not say?")
def test_make_deliveries_takes_whole_numbers(agree):
    agree("make_deliveries", [1, 4], [9, 21])


@hint("How long is each list?")
def test_make_deliveries_refuses_a_delivery_without_a_time(agree, student):
    student.make_deliveries([1.0, 4.0], [9.0, 21.0])  # complete deliveries are not refused
    agree("make_deliveries", [1.0, 4.0], [9.0])


@pytest.mark.parametrize("size", [(28, 28), (3, 5), (10, 20, 4)], ids=["square", "wide", "deep"])
@hint("Rows, then the pixels of one row, then the numbers of one pixel.")
def test_pixel_count_multiplies_what_it_is_given(agree, size):
    agree("pixel_count", *size)


@hint("Every tensor carries these five facts with it. The docstring lists the keys.")
def test_describe_a_small_table(agree):
    agree("describe", torch.zeros(4, 2))


@pytest.mark.parametrize("dtype", [torch.int32, torch.bool], ids=str)
@hint("Converting makes a new tensor. What has become of the old one?")
def test_to_float32_converts_and_leaves_the_original(agree, dtype):
    agree("to_float32", torch.tensor([[1, 0], [0, 3], [1, 1]]).to(dtype))


@pytest.mark.parametrize("miles", [2.5, 4])
@hint("How many rows has one order, and how many columns? What type are they?")
def test_single_input_is_one_row_and_one_column(agree, miles):
    agree("single_input", miles)
