"""The hidden tests for `images`: fresh pictures of every size, full frames, and empty spread.

Pictures always hold a dark and a light pixel, so that neither zeros nor the input itself pass for
an answer. Table columns keep their numbers apart, so that no spread is 0 by chance.
"""

import pytest
import torch

from grader.suite import hint, points

SIZES = {"one_pixel": (1, 1), "one_row": (1, 6), "square": (4, 4), "wide": (3, 5)}
every_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
UNTOUCHED = hint("Make a new tensor. Whoever handed you the picture may still need it.")
AT_ONCE = hint("How often does Python itself touch a pixel? Tensor operations take them all.")


def picture(rng, size, low=0, high=255):
    """A grey picture with brightnesses from `low` to `high`, both among them."""
    image = torch.randint(low, high + 1, size, generator=rng, dtype=torch.uint8)
    image.view(-1)[0], image.view(-1)[-1] = low, high
    return image


def whole(rng, low, high):
    """A whole number from `low` to `high`."""
    return int(torch.randint(low, high + 1, (), generator=rng))


def table(rng, rows, columns, dtype=torch.float32):
    """Columns of ever larger numbers; in each, no two are closer than a sixth of its scale."""
    order = torch.rand(rows, columns, generator=rng, dtype=dtype).argsort(dim=0)
    noise = torch.rand(rows, columns, generator=rng, dtype=dtype) / 2
    scale = 2.0 ** torch.arange(columns, dtype=dtype)
    return (order + noise + 1 + whole(rng, 1, 9)) * scale / 3


@pytest.fixture(scope="module")
def frame():
    """One camera frame for everybody. Its numbers are tested on small pictures, here its size."""
    return (torch.arange(1080 * 1920, dtype=torch.int32) % 256).to(torch.uint8).reshape(1080, 1920)


@pytest.fixture(scope="module")
def colour_frame():
    """The same in colour."""
    return torch.linspace(0, 1, 3 * 1080 * 1920).reshape(3, 1080, 1920)


@pytest.fixture
def lamp():
    """A street lamp at dusk, 24 rows of 36 pixels: the same for everybody, and no secret."""
    row, column = torch.arange(24).unsqueeze(1), torch.arange(36)
    distance = (row - 9) ** 2 + (column - 22) ** 2
    return (235 - distance).clamp(min=15).to(torch.uint8)


# normalize_image


@every_size
@hint("Which number becomes 1? And which data type has room for what lies between 0 and 1?")
def test_normalize_image_divides_by_255(agree, rng, size):
    agree("normalize_image", picture(rng, size, low=3, high=254))


@hint("What becomes of the darkest and of the brightest pixel that there can be?")
def test_normalize_image_of_black_and_white(agree):
    agree("normalize_image", torch.tensor([[0, 255], [1, 254], [127, 128]], dtype=torch.uint8))
    agree("normalize_image", torch.full((2, 3), 255, dtype=torch.uint8))
    agree("normalize_image", torch.zeros(2, 3, dtype=torch.uint8))


@hint("White is 255 in every picture, also where no pixel is white or black.")
def test_normalize_image_of_a_dim_picture(agree, rng):
    agree("normalize_image", picture(rng, (5, 3), low=20, high=whole(rng, 90, 150)))


@UNTOUCHED
def test_normalize_image_leaves_the_picture_as_it_was(agree, rng):
    agree("normalize_image", picture(rng, (6, 4)).t())
    agree("normalize_image", picture(rng, (6, 8), high=250)[1:5, 1::2])


@points(3)
@AT_ONCE
def test_normalize_image_stays_vectorised_on_a_full_frame(agree, rng, frame):
    agree("normalize_image", picture(rng, (5, 6)))  # a wrong answer is named on a small one already
    agree.speed("normalize_image", frame)


# brighten


@every_size
@hint("What is the new brightness of a pixel, and which data type does it have?")
def test_brighten_adds_the_amount(agree, rng, size):
    agree("brighten", picture(rng, size, low=80, high=175), whole(rng, 20, 70))
    agree("brighten", picture(rng, size, low=80, high=175), amount=-whole(rng, 20, 70))


@points(2)
@hint("How much room is there in a byte beyond 255, and what comes after it?")
def test_brighten_stops_at_white(agree, rng):
    agree("brighten", picture(rng, (5, 4)), whole(rng, 90, 140))


@points(2)
@hint("A negative amount makes the picture darker. What comes below 0 in a byte?")
def test_brighten_stops_at_black(agree, rng):
    agree("brighten", picture(rng, (4, 5)), -whole(rng, 90, 140))


@pytest.mark.parametrize("sign", [1, -1], ids=["brighter", "darker"])
@hint("Which pixel is the last that still has room, and what happens to the next one?")
def test_brighten_to_exactly_white_and_black(agree, rng, sign):
    amount = whole(rng, 20, 200)
    last = 255 - amount if sign > 0 else amount
    pixels = torch.tensor([last - 1, last, last + 1, last - 2, last + 2])
    agree("brighten", pixels.to(torch.uint8).reshape(1, 5), sign * amount)


@hint("The amount may be anything from -255 to 255. What do both ends make of a picture, and 0?")
def test_brighten_by_everything_and_by_nothing(agree, rng):
    image = picture(rng, (3, 4))
    for amount in (255, -255, 0):
        agree("brighten", image, amount)


@UNTOUCHED
def test_brighten_leaves_the_picture_as_it_was(agree, rng):
    agree("brighten", picture(rng, (6, 4), high=160).t(), 60)
    agree("brighten", picture(rng, (6, 8), low=90)[1:5, 1::2], -60)


@points(3)
@AT_ONCE
def test_brighten_stays_vectorised_on_a_full_frame(agree, rng, frame):
    agree("brighten", picture(rng, (5, 6)), 75)
    agree.speed("brighten", frame, 75)


@hint("Look at the middle of the lamp, where the light is brightest.")
def test_brighten_keeps_the_lamp_alight(student, solution, expect, figure, lamp):
    answer, reference = student.brighten(lamp, 100), solution.brighten(lamp, 100)
    drawn = figure("A street lamp at dusk, brightened by 100", public=True)
    for label, values in (("before", lamp), ("reference", reference), ("yours", answer)):
        drawn.image(label, framed(values))
    expect(answer, reference)


def framed(values):
    """The picture in a frame of black and white, so that all are drawn on one scale of shades."""
    if not isinstance(values, torch.Tensor) or values.dim() != 2 or values.is_complex():
        return values
    drawn = torch.zeros(values.shape[0] + 2, values.shape[1] + 2, device=values.device)
    drawn[1:-1, 1:-1] = values
    drawn[0], drawn[-1] = 255, 255
    return drawn


# to_gray


@every_size
@hint("Which dimension counts the channels, and does it still exist in the answer?")
def test_to_gray_adds_the_weighted_channels(agree, rng, size):
    agree("to_gray", torch.rand(3, *size, generator=rng), torch.rand(3, generator=rng) + 0.2)


@pytest.mark.parametrize("size", [(3, 3), (5, 3), (3, 4)], ids=["both", "wide", "high"])
@points(2)
@hint(
    "Where a picture has three rows or columns, they fit the weights too. Do they belong to them?"
)
def test_to_gray_of_three_rows_or_columns(agree, rng, size):
    weights = torch.tensor([0.1, 0.4, 0.9])[torch.randperm(3, generator=rng)]
    agree("to_gray", torch.rand(3, *size, generator=rng), weights)


@hint("If only one channel counts, what do you see?")
def test_to_gray_of_one_channel_alone(agree, rng):
    image = torch.rand(3, 4, 6, generator=rng)
    for weights in torch.eye(3):
        agree("to_gray", image, weights)


@hint("The weights are used as they are, whatever they add up to. Where do yours come from?")
def test_to_gray_takes_the_weights_as_they_are(agree, rng):
    image = torch.rand(3, 2, 5, generator=rng)
    agree("to_gray", image, torch.rand(3, generator=rng) + 1)
    agree("to_gray", image, torch.rand(3, generator=rng) / 9 - 0.5)


@hint("Which data type came in, and which goes out?")
def test_to_gray_keeps_float64(agree, rng):
    image = torch.rand(3, 4, 5, generator=rng, dtype=torch.float64)
    agree("to_gray", image, torch.rand(3, generator=rng, dtype=torch.float64) + 0.2)


@UNTOUCHED
def test_to_gray_leaves_picture_and_weights_as_they_were(agree, rng):
    channels_last = torch.rand(4, 6, 3, generator=rng)
    agree("to_gray", channels_last.permute(2, 0, 1), torch.rand(6, generator=rng)[::2] + 0.2)


@points(2)
@AT_ONCE
def test_to_gray_stays_vectorised_on_a_full_frame(agree, rng, colour_frame):
    weights = torch.rand(3, generator=rng) + 0.2
    agree("to_gray", torch.rand(3, 5, 6, generator=rng), weights)
    agree.speed("to_gray", colour_frame, weights)


# standardize

TABLES = {"tall": (7, 3), "wide": (3, 5), "one_feature": (6, 1)}


@pytest.mark.parametrize("size", TABLES.values(), ids=TABLES.keys())
@hint("Each column has a mean and a spread of its own. What shape do the two have?")
def test_standardize_measures_each_column_by_itself(agree, rng, size):
    agree("standardize", table(rng, *size))


@hint("As many rows as columns: a wrong dimension causes no error here, only wrong numbers.")
def test_standardize_a_square_table(agree, rng):
    agree("standardize", table(rng, 4, 4))


@hint("By how many do you divide the sum of the squares? The docstring says it.")
def test_standardize_two_rows(agree, rng):
    agree("standardize", table(rng, 2, 3))


@pytest.mark.parametrize("rows", [3, 5], ids=["square", "tall"])
@points(2)
@hint("How far apart are numbers that are all the same, and what is 0 / 0?")
def test_standardize_a_column_that_never_changes(agree, rng, rows):
    x = table(rng, rows, 3)
    x[:, whole(rng, 0, 2)] = whole(rng, 4, 20)  # a whole number: its mean is exact
    agree("standardize", x)


@pytest.mark.parametrize("columns", [1, 4])
@points(2)
@hint("What does torch say of the spread of a single number, and what does the docstring ask for?")
def test_standardize_a_single_row(agree, rng, columns):
    agree("standardize", table(rng, 1, columns))


@hint("Which data type came in, and which goes out?")
def test_standardize_keeps_float64(agree, rng):
    # Whoever adds a tiny number to each std is right as well.
    agree.using(rtol=1e-5, atol=1e-5)("standardize", table(rng, 5, 3, dtype=torch.float64))


@hint("Make new tensors. Whoever handed you the table may still need it.")
def test_standardize_leaves_the_table_as_it_was(agree, rng):
    agree("standardize", table(rng, 4, 6).t())
    agree("standardize", table(rng, 8, 6)[1::2, :3])


@hint("Read the two axes of the picture. In which unit is each column of your answer measured?")
def test_standardize_brings_miles_and_hours_together(student, solution, expect, figure):
    orders = torch.tensor([[2.0, 18.0], [3.0, 11.0], [4.0, 16.0], [5.0, 9.0], [6.0, 20.0]])
    answer, reference = student.standardize(orders), solution.standardize(orders)
    drawn = figure(
        "Five orders, each measured against its own column",
        x="distance, standard deviations from the mean",
        y="hour, standard deviations from the mean",
        public=True,
    )
    drawn.points("reference", "reference", reference[0][:, 0], reference[0][:, 1])
    z = answer[0] if isinstance(answer, tuple | list) and answer else None
    if isinstance(z, torch.Tensor) and z.shape == orders.shape:
        drawn.points("yours", "student", z[:, 0], z[:, 1])
    expect(answer, reference)
