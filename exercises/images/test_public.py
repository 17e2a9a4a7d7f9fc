"""A sample of the tests for `images`: the examples of the docstrings and a little more."""

import pytest
import torch

from grader.suite import hint


@hint("Which data type has room for what lies between 0 and 1?")
def test_normalize_image_of_black_white_and_gray(agree):
    agree("normalize_image", torch.tensor([[0, 51, 255], [102, 20, 3]], dtype=torch.uint8))


@hint("White is 255 in every picture, also where no pixel is white.")
def test_normalize_image_of_a_dark_picture(agree):
    agree("normalize_image", torch.tensor([[10, 40], [20, 5]], dtype=torch.uint8))


@pytest.mark.parametrize("amount", [30, -60])
@hint("What is the new brightness of each pixel? It is a byte again.")
def test_brighten_adds_the_amount(agree, amount):
    agree("brighten", torch.tensor([[100, 120, 140], [200, 61, 90]], dtype=torch.uint8), amount)


@hint("How much room is there in a byte beyond 255, and what comes after it?")
def test_brighten_stops_at_white(agree):
    agree("brighten", torch.tensor([[0, 100, 200], [155, 156, 255]], dtype=torch.uint8), 100)


@hint("An amount below 0 makes the picture darker. How dark can it become?")
def test_brighten_stops_at_black(agree):
    agree("brighten", torch.tensor([[0, 100, 200]], dtype=torch.uint8), -150)


@hint("Which of the three dimensions counts the channels?")
def test_to_gray_of_two_pixels(agree):
    image = torch.tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[0.0, 0.0]]])
    agree("to_gray", image, torch.tensor([0.299, 0.587, 0.114]))


@hint("With 3 × 3 pixels any dimension would fit. Which one do the weights belong to?")
def test_to_gray_of_three_by_three_pixels(agree):
    image = torch.arange(27.0).reshape(3, 3, 3) / 27
    agree("to_gray", image, torch.tensor([0.5, 0.25, 0.25]))


@hint("Each column has a mean of its own. What shape do mean and std have?")
def test_standardize_three_orders(agree):
    agree("standardize", torch.tensor([[2.0, 8.0], [4.0, 12.0], [6.0, 16.0]]))


@hint("As many rows as columns: now a wrong dimension causes no error, only wrong numbers.")
def test_standardize_a_square_table(agree):
    agree("standardize", torch.tensor([[3.0, 9.0], [7.0, 17.0]]))


@hint("How far apart are numbers that are all the same, and what is 0 / 0?")
def test_standardize_a_column_that_never_changes(agree):
    agree("standardize", torch.tensor([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0], [9.0, 5.0]]))
