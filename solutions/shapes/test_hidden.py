"""The hidden suite of `shapes`: one test for each pitfall, named for it.

Every number of an input occurs once, or as good as, so that a number in the wrong place is seen.
The pictures that are drawn are fixed and public: a seven on a road sign, as in seven miles.
"""

import pytest
import torch

from grader.suite import hint, points

SIGN = torch.tensor(
    [
        [0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 0],
        [0, 0, 0, 0, 1, 0],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ]
)
TYPES = pytest.mark.parametrize("dtype", [torch.uint8, torch.int64, torch.float64], ids=str)
FOLLOWS = hint("Which data type came in, and which goes out? Nobody asked for a conversion.")
IN_MEMORY = hint("The numbers may lie in memory in another order than you read them. Who minds?")


def pixels(rng, *shape, dtype=torch.float32):
    """Random brightnesses from 1 to 255 of any type; decimals where the type has them."""
    whole = torch.randint(1, 256, shape, generator=rng)
    return (whole + torch.rand(shape, generator=rng, dtype=torch.float64)).to(dtype)


def miles(rng, count):
    """Whole distances from 1 to 9 miles; hours and weather lie elsewhere."""
    return torch.randint(1, 10, (count,), generator=rng)


def hours(rng, count):
    """Whole hours from 10 to 23."""
    return torch.randint(10, 24, (count,), generator=rng)


def part(rng, count):
    """Decimals strictly between 0 and 1, to be lost where a type is whole."""
    return torch.rand(count, generator=rng) * 0.6 + 0.2


def laid_out(values, *shape):
    """A student's numbers as a picture, if there are as many as the picture has."""
    is_picture = isinstance(values, torch.Tensor) and values.numel() == shape[0] * shape[1]
    return values.reshape(shape) if is_picture else None


# flatten_images


@pytest.mark.parametrize(
    "shape",
    [(3, 4, 5), (4, 2, 2), (1, 6, 3), (5, 1, 7), (3, 1, 1)],
    ids=["wide", "square", "single", "line", "dot"],
)
@hint("Which dimension counts the pictures, and what becomes of the two others?")
def test_flatten_images_gives_one_row_per_picture(agree, rng, shape):
    agree("flatten_images", pixels(rng, *shape))


@points(2)
@hint("How many pixels has the lesson's picture? Does your code count them, or do you?")
def test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns(agree, rng):
    agree("flatten_images", pixels(rng, 2, 224, 224, dtype=torch.uint8))


@points(3)
@IN_MEMORY
def test_flatten_images_that_were_transposed(agree, rng):
    agree("flatten_images", pixels(rng, 3, 5, 4).transpose(1, 2))
    agree("flatten_images", pixels(rng, 3, 4, 4).mT)


@points(2)
@IN_MEMORY
def test_flatten_images_that_were_cropped(agree, rng):
    agree("flatten_images", pixels(rng, 4, 6, 7)[::2, 1:4, ::3])


@TYPES
@FOLLOWS
def test_flatten_images_keeps_the_type(agree, rng, dtype):
    agree("flatten_images", pixels(rng, 2, 3, 4, dtype=dtype))


@hint("Break the long row into lines again. Do you still see the sign?")
def test_flatten_images_can_be_put_together_again(student, solution, expect, figure):
    height, width = SIGN.shape
    answer, reference = student.flatten_images(SIGN[None]), solution.flatten_images(SIGN[None])
    picture = figure("Seven miles, and your row broken into lines again", public=True)
    picture.image("the sign", SIGN)
    picture.image("your row, line by line", laid_out(answer, height, width))
    expect(answer, reference)


# nchw_to_nhwc


@points(2)
@pytest.mark.parametrize(
    "shape", [(2, 3, 4, 5), (3, 2, 6, 4), (2, 5, 3, 5)], ids=["wide", "tall", "deep"]
)
@hint("Write down the names of the four dimensions before, and those after. Where does each go?")
def test_nchw_to_nhwc_of_wide_and_tall_pictures(agree, rng, shape):
    agree("nchw_to_nhwc", pixels(rng, *shape))


@points(2)
@pytest.mark.parametrize("shape", [(2, 3, 4, 4), (5, 2, 5, 5)], ids=["square", "five"])
@hint("Here wrong dimensions may have right sizes. Follow one pixel of the first row by hand.")
def test_nchw_to_nhwc_of_square_pictures(agree, rng, shape):
    agree("nchw_to_nhwc", pixels(rng, *shape))


@pytest.mark.parametrize(
    "shape",
    [(1, 3, 5, 4), (2, 1, 4, 3), (2, 3, 1, 5), (3, 2, 5, 1)],
    ids=["single", "grey", "line", "upright_line"],
)
@hint("A single picture is a batch of one, and grey is one channel: a dimension of 1 is one, too.")
def test_nchw_to_nhwc_keeps_dimensions_of_one(agree, rng, shape):
    agree("nchw_to_nhwc", pixels(rng, *shape))


@points(2)
@IN_MEMORY
def test_nchw_to_nhwc_of_views(agree, rng):
    agree("nchw_to_nhwc", pixels(rng, 2, 3, 5, 4).transpose(2, 3))
    agree("nchw_to_nhwc", pixels(rng, 2, 5, 4, 3).permute(0, 3, 1, 2))


@TYPES
@FOLLOWS
def test_nchw_to_nhwc_keeps_the_type(agree, rng, dtype):
    agree("nchw_to_nhwc", pixels(rng, 2, 3, 2, 4, dtype=dtype))


@hint("A seven, a shadow of it, and a plain sheet: do you still see one of them in each channel?")
def test_nchw_to_nhwc_the_channels_can_still_be_seen(student, solution, expect, figure):
    colours = torch.stack([SIGN, 1 - SIGN, torch.arange(48).reshape(8, 6)])[None]
    answer, reference = student.nchw_to_nhwc(colours), solution.nchw_to_nhwc(colours)
    picture = figure("The first channel of a road sign", public=True)
    picture.image("before", colours[0, 0])
    if isinstance(answer, torch.Tensor) and answer.dim() == 4 and answer.numel():
        picture.image("after, in your answer", answer[0, :, :, 0])
    expect(answer, reference)


# stack_features


@points(2)
@pytest.mark.parametrize("count", [3, 5, 1])
@hint("One row per delivery, one column per feature. Where does the new dimension go?")
def test_stack_features_puts_each_feature_into_its_column(agree, rng, count):
    distance, hour = miles(rng, count) + part(rng, count), hours(rng, count) + part(rng, count)
    agree("stack_features", distance, hour, part(rng, count))


@points(2)
@pytest.mark.parametrize("count", [4, 1])
@hint("Nothing here has a decimal point. What type has your table, and what type have weights?")
def test_stack_features_whole_numbers_become_float32(agree, rng, count):
    rain = torch.randint(0, 2, (count,), generator=rng).bool()
    agree("stack_features", miles(rng, count), hours(rng, count), rain)


@points(2)
@hint("Three types go in, and one comes out. Who decides which, you or the first column?")
def test_stack_features_of_mixed_types(agree, rng):
    distance, rain = (
        (miles(rng, 4) + part(rng, 4)).double(),
        torch.tensor([True, False, True, True]),
    )
    agree("stack_features", distance, hours(rng, 4), rain)
    agree("stack_features", miles(rng, 4), hours(rng, 4) + part(rng, 4), rain.to(torch.uint8))
    agree("stack_features", miles(rng, 4), hours(rng, 4), part(rng, 4).double())


@hint("How many bits does a number of your table take, and how many a weight?")
def test_stack_features_of_float64_become_float32(agree, rng):
    distance, hour = miles(rng, 6) + part(rng, 6), hours(rng, 6) + part(rng, 6)
    agree("stack_features", distance.double(), hour.double(), part(rng, 6).double())


@points(2)
@hint("The three are columns of somebody's table. Is that table still what it was?")
def test_stack_features_leaves_columns_of_another_table_alone(agree, rng):
    count = 3
    table = torch.stack([miles(rng, count), hours(rng, count), torch.arange(count) + 30], dim=1)
    agree.twice("stack_features", *table.float().unbind(dim=1))


# split_targets


@points(2)
@pytest.mark.parametrize(
    "shape", [(5, 4), (4, 4), (3, 7), (6, 2)], ids=["lesson", "square", "wide", "narrow"]
)
@hint("Which column holds the answers, and how many are left without it?")
def test_split_targets_takes_the_last_column_out(agree, rng, shape):
    agree("split_targets", pixels(rng, *shape))


@points(2)
@pytest.mark.parametrize("columns", [4, 2])
@hint("One delivery is still one row. How many dimensions has each part of it?")
def test_split_targets_of_a_single_delivery(agree, rng, columns):
    agree("split_targets", pixels(rng, 1, columns))


@TYPES
@FOLLOWS
def test_split_targets_keeps_the_type(agree, rng, dtype):
    agree("split_targets", pixels(rng, 3, 5, dtype=dtype))


@hint("To take something out is not to remove it. Is the table still whole for its owner?")
def test_split_targets_leaves_the_table_alone(agree, rng):
    agree.twice("split_targets", pixels(rng, 5, 6).t())
    agree.twice("split_targets", pixels(rng, 8, 4)[::2, 1:])
