"""`view` refuses pictures whose pixels do not lie in memory in reading order.

A transposed or cropped picture shares the memory of the one it was made from. `view` can only look
at memory as it lies. Which of its relatives copies where it has to?
"""

function = "flatten_images"
code = "RSH"
fails = (
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
)


def flatten_images(images):
    return images.view(images.shape[0], -1)
