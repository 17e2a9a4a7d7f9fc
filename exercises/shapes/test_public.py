"""A sample of the tests for `shapes`: the examples of the docstrings and a little more."""

import torch

from grader.suite import hint


@hint("Which dimension counts the pictures, and what becomes of the two others?")
def test_flatten_images_gives_one_row_per_picture(agree):
    agree("flatten_images", torch.arange(12).reshape(2, 2, 3))


@hint("Which pixel stands next to the first one, when you read the picture as it was given?")
def test_flatten_images_reads_a_transposed_picture_line_by_line(agree):
    agree("flatten_images", torch.arange(12.0).reshape(1, 4, 3).transpose(1, 2))


@hint("Write down the names of the four dimensions before, and those after. Where does each go?")
def test_nchw_to_nhwc_moves_the_channels_to_the_end(agree):
    agree("nchw_to_nhwc", torch.arange(6).reshape(1, 2, 1, 3))


@hint("The shape fits. Now follow one number: is it still the same row, column and channel?")
def test_nchw_to_nhwc_keeps_rows_and_columns_in_place(agree):
    agree("nchw_to_nhwc", torch.arange(24.0).reshape(2, 3, 2, 2))


@hint("How many rows does a table of two deliveries have, and how many columns?")
def test_stack_features_puts_three_types_into_one_table(agree):
    miles = torch.tensor([7.0, 2.5], dtype=torch.float64)
    agree("stack_features", miles, torch.tensor([17, 9]), torch.tensor([True, False]))


@hint("With three deliveries the table is square. Is a row of it still one delivery?")
def test_stack_features_keeps_each_delivery_in_its_row(agree):
    miles, hours = torch.tensor([2.0, 3.0, 4.0]), torch.tensor([8.5, 12.0, 18.25])
    agree("stack_features", miles, hours, torch.tensor([0.0, 0.5, 1.0]))


@hint("The targets are a column, too: how many dimensions have yours?")
def test_split_targets_takes_the_last_column_out(agree):
    agree("split_targets", torch.tensor([[2.0, 17.0, 1.0, 11.9], [3.0, 9.0, 0.0, 15.3]]))


@hint("How many features has this table? Where does your function take that from?")
def test_split_targets_of_a_table_with_one_feature(agree):
    agree("split_targets", torch.tensor([[1.0, 6.96], [2.0, 12.11], [3.0, 16.77], [4.0, 22.21]]))
